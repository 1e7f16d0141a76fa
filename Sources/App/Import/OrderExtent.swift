import Store
import Web

/// What all orders of a file come to without their signs, and the largest of them: where a telephone number was taken for an
/// amount, or a decimal mark for one of thousands, it shows here.
struct OrderExtent: Codable, Equatable, Sendable {
  /// One of the sums.
  struct Measure: Codable, Equatable, Sendable {
    private(set) var sum: Int64 = 0
    private(set) var largest: Int64 = 0
    /// Of the file, where the largest begins.
    private(set) var line = 0

    init() {}

    init(_ number: Int64, line: Int) {
      let size = Int64(clamping: number.magnitude)
      (sum, largest, self.line) = (size, size, line)
    }

    static func += (a: inout Self, b: Self) {
      a.sum = a.sum.clampedPlus(b.sum)
      if b.largest > a.largest { (a.largest, a.line) = (b.largest, b.line) }
    }
  }

  private(set) var amount = Measure()
  private(set) var cost = Measure()
  private(set) var quantity = Measure()

  /// A thousand of the largest orders there can be: of yuan, more than the whole world earns in a year. Ninety such files
  /// still add up in 64 bits.
  static let amountLimit = 1_000 * OrderDraft.amountLimit
  static let quantityLimit = 1_000 * OrderDraft.quantityLimit

  init() {}

  /// - Parameters:
  ///   - amount: in the firm's currency, as the cost.
  ///   - line: where the order begins.
  init(amount: Int64, cost: Int64, quantity: Int64, line: Int) {
    self.amount = Measure(amount, line: line)
    self.cost = Measure(cost, line: line)
    self.quantity = Measure(quantity, line: line)
  }

  static func + (a: Self, b: Self) -> Self {
    var sum = a
    sum.amount += b.amount
    sum.cost += b.cost
    sum.quantity += b.quantity
    return sum
  }

  /// Which sums cannot be meant, and what to look at.
  func doubts(in currency: String) -> [Word] {
    func money(_ number: Int64) -> String { Money(number, currency).description }
    func pieces(_ number: Int64) -> String { Figures.decimal(number, places: 3, trimmed: true) }
    let measures = [
      (OrderField.amount, amount, Self.amountLimit, money), (.cost, cost, Self.amountLimit, money),
      (.quantity, quantity, Self.quantityLimit, pieces),
    ]
    return measures.filter { _, measure, limit, _ in measure.sum > limit }.map { field, measure, _, text in
      ImportWords.implausible(
        ImportWords.field(field.rawValue), sum: text(measure.sum), line: measure.line, largest: text(measure.largest))
    }
  }
}

extension OrderAssembly {
  /// What is wrong with an order that is larger than any that is typed can be.
  func excess(of order: FiledOrder) -> ImportProblem? {
    func isTooLarge(_ amount: Int64) -> Bool {
      max(amount.magnitude, base(amount, order).magnitude) > OrderDraft.amountLimit.magnitude
    }
    func problem(_ field: OrderField, _ value: String) -> ImportProblem {
      ImportProblem(.numberTooLarge, line: order.line, column: "field:\(field.rawValue)", value: value)
    }
    if isTooLarge(order.amount) { return problem(.amount, Money(order.amount, order.currency).decimal) }
    if isTooLarge(order.cost) { return problem(.cost, Money(order.cost, order.currency).decimal) }
    guard order.quantity.magnitude > OrderDraft.quantityLimit.magnitude else { return nil }
    return problem(.quantity, Quantity(thousandths: order.quantity).description)
  }

  /// In the firm's currency; the largest number where it cannot be counted.
  private func base(_ amount: Int64, _ order: FiledOrder) -> Int64 {
    settings.convert(amount, from: order.currency) ?? .max
  }

  func extent(of order: FiledOrder) -> OrderExtent {
    OrderExtent(
      amount: base(order.amount, order), cost: base(order.cost, order), quantity: order.quantity, line: order.line)
  }
}
