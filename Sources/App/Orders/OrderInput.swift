import Store
import Web

/// An order as somebody typed it, in a form or as JSON.
struct OrderInput: Versioned, Equatable {
  var customerId: Customer.ID?
  /// The customer's name, number or id, where the id above is not theirs.
  var customer: String?
  var orderedOn: String?
  var number: String?
  /// ISO 4217; the firm's where it is left out.
  var currency: String?
  /// Goods came back: quantities and amounts are written without a sign and count against the customer.
  var isReturn: Bool?
  var lines: [OrderLineInput]?
  /// For orders without lines; with lines these follow from them.
  var quantity: String?
  var amount: String?
  var cost: String?
  var note: String?
  /// When the order was last changed as far as the writer knows.
  var version: Instant?

  static let lineLimit = 1_000
  /// A form can carry no more.
  static let formLineLimit = 300

  init() {}

  /// What a form shows of an order that is there.
  init(_ order: Order, lines: [OrderLine]) {
    let isBack = order.amount < 0 || (order.amount == 0 && order.quantity.thousandths < 0)
    let sign: Int64 = isBack ? -1 : 1
    customerId = order.customerId
    orderedOn = order.orderedOn.description
    number = order.givenNumber
    currency = order.currency
    isReturn = isBack
    note = order.note
    version = order.updatedAt
    self.lines = lines.map { OrderLineInput($0, sign: sign, currency: order.currency) }
    guard lines.isEmpty else { return }
    quantity = Quantity(thousandths: order.quantity.thousandths.times(sign)).description
    amount = Money(order.amount.times(sign), order.currency).decimal
    cost = Money(order.cost.times(sign), order.currency).decimal
  }

  var writtenLines: [OrderLineInput] { (lines ?? []).filter { !$0.isBlank } }
}

/// One product of an order as somebody typed it.
struct OrderLineInput: Codable, Equatable, Sendable {
  var productId: Product.ID?
  /// The product's name or code, or any text for what is no product of the firm.
  var product: String?
  /// One where it is left out.
  var quantity: String?
  /// The product's own price where both this and the amount are left out.
  var unitPrice: String?
  /// Quantity times price where it is left out.
  var amount: String?
  /// The product's own cost where it is left out.
  var cost: String?

  init() {}

  init(_ line: OrderLine, sign: Int64, currency: String) {
    productId = line.productId
    product = line.productName
    quantity = Quantity(thousandths: line.quantity.thousandths.times(sign)).description
    cost = Money(line.cost.times(sign), currency).decimal
    unitPrice = UnitPrice(of: line.amount, line.quantity, in: currency)?.description
    if unitPrice == nil { amount = Money(line.amount.times(sign), currency).decimal }
  }

  var isBlank: Bool {
    [product, quantity, unitPrice, amount, cost].allSatisfy { ($0 ?? "").allSatisfy(\.isWhitespace) }
      && productId == nil
  }
}

extension Int64 {
  /// Itself, or the same with the other sign, held within 64 bits.
  func times(_ sign: Int64) -> Int64 { sign < 0 ? Int64(0).clampedMinus(self) : self }
}
