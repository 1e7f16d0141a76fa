import Store
import Web

/// One order with its lines, as its page shows it.
struct OrderView: Codable, Equatable, Sendable, Tagged {
  struct Line: Codable, Equatable, Sendable {
    let productId: Product.ID?
    let name: String
    /// The product's own; empty where it has none.
    let code: String
    let quantity: Quantity
    /// Where the amount is a price times the quantity.
    let unitPrice: String?
    let amount: Money
    let cost: Money
  }

  struct Origin: Codable, Equatable, Sendable {
    let importId: ID<Import>
    let fileName: String
  }

  let id: Order.ID
  let number: String
  let customer: NamedCustomer
  let orderedOn: Day
  let isReturn: Bool
  let quantity: Quantity
  let amount: Money
  let cost: Money
  let margin: Money
  /// In the firm's currency, where the order is in another.
  let baseAmount: Money?
  let note: String
  let lines: [Line]
  /// What it was wholly taken back by, or what it takes back whole: neither is an occasion to buy.
  let counterpart: Counterpart?
  /// The system it came from; empty where none was named.
  let source: String
  /// The import that brought it.
  let origin: Origin?
  let createdAt: Instant
  let createdBy: String
  let updatedAt: Instant
  let updatedBy: String

  var tag: String? { updatedAt.description }

  struct Counterpart: Codable, Equatable, Sendable {
    let id: Order.ID
    let number: String

    static func of(_ order: Order.ID, in tx: Transaction) throws -> Counterpart? {
      try tx.map(
        """
        SELECT other.id, other.outside_id FROM sales_order JOIN sales_order AS other ON other.id = sales_order.counterpart_id
        WHERE sales_order.id = \(order)
        """
      ) { row in
        let id: Order.ID = try row[0]
        return Counterpart(id: id, number: Order.number(try row[1], id))
      }.first
    }
  }

  static func read(_ id: Order.ID, _ access: Access, currency: String, in tx: Transaction) throws
    -> OrderView?
  {
    guard let order = try Order.find(id, access, in: tx),
      let customer = try Customer.find(order.customerId, access, in: tx)
    else { return nil }
    let lines = try order.lines(in: tx)
    let codes = try Product.codes(of: lines.compactMap(\.productId), in: tx)
    let names = try User.names(of: [order.createdBy, order.updatedBy].compactMap(\.self), in: tx)
    func money(_ minor: Int64) -> Money { Money(minor, order.currency) }
    return OrderView(
      id: id, number: order.number, customer: NamedCustomer(id: customer.id, name: customer.name),
      orderedOn: order.orderedOn, isReturn: order.isReturn, quantity: order.quantity,
      amount: money(order.amount),
      cost: money(order.cost),
      margin: money(order.amount.subtractingReportingOverflow(order.cost).partialValue),
      baseAmount: order.currency == currency ? nil : Money(order.baseAmount, currency), note: order.note,
      lines: lines.map { line in
        Line(
          productId: line.productId, name: line.productName, code: line.productId.flatMap { codes[$0] } ?? "",
          quantity: line.quantity,
          unitPrice: UnitPrice(of: line.amount, line.quantity, in: order.currency)?.description,
          amount: money(line.amount), cost: money(line.cost))
      },
      counterpart: try Counterpart.of(id, in: tx), source: order.outsideSource,
      origin: try order.origin(access, in: tx),
      createdAt: order.createdAt,
      createdBy: order.createdBy.flatMap { names[$0] } ?? "",
      updatedAt: order.updatedAt, updatedBy: order.updatedBy.flatMap { names[$0] } ?? "")
  }
}
