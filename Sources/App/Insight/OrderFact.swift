import Store

/// One order, or one line of one, as a file has it.
struct OrderFact: Equatable, Sendable {
  /// Who bought: the customer's number, or name where there is none.
  let customer: String
  let name: String
  let day: Day
  /// Minor units.
  let amount: Int64
  let cost: Int64
  let quantity: Quantity
  /// The order's number; empty where nobody knows it.
  let number: String

  init(
    customer: String, name: String = "", day: Day, amount: Int64, cost: Int64 = 0,
    quantity: Quantity = Quantity(thousandths: 0), number: String = ""
  ) {
    self.number = number
    self.customer = customer
    self.name = name
    self.day = day
    self.amount = amount
    self.cost = cost
    self.quantity = quantity
  }

  var isReturn: Bool { amount < 0 || quantity.thousandths < 0 }
}

/// The customers of a file of orders and what they did; a customer's id is its place in `customers`.
struct FiledPurchases: Sendable {
  let customers: [CustomerLabel]
  let columns: PurchaseColumns
  let asOf: Day

  /// The same rules as in ``PurchaseColumns/fromOrders(by:asOf:window:_:in:)``. Customers are put in the order
  /// of their numbers, so that the order of the file does not decide between equal values.
  init(_ orders: [OrderFact], _ parameters: AnalysisParameters, today: Day) {
    let days = orders.lazy.map(\.day)
    let asOf = parameters.asOf ?? days.filter { $0 <= today }.max() ?? today
    let first = parameters.window.map { asOf.number - $0 } ?? .min
    var tallies: [String: Tally] = [:]
    for order in orders where order.day <= asOf && order.day.number > first {
      tallies[order.customer, default: Tally()].add(order, parameters.by)
    }
    let sorted = tallies.sorted { $0.key < $1.key }
    self.asOf = asOf
    customers = sorted.map { CustomerLabel(id: $0.key, name: $0.value.name) }
    columns = sorted.enumerated().reduce(into: PurchaseColumns()) { columns, entry in
      let tally = entry.element.value
      columns.append(
        id: Int64(entry.offset), occasions: tally.days.count, lastDay: tally.days.max() ?? 0,
        value: tally.value)
    }
  }

  private struct Tally {
    var name = ""
    var days: Set<Int> = []
    var value: Int64 = 0

    mutating func add(_ order: OrderFact, _ measure: AnalysisParameters.Measure) {
      if name.isEmpty { name = order.name }
      if !order.isReturn { days.insert(order.day.number) }
      value = value.clampedPlus(
        measure.value(quantity: order.quantity.thousandths, amount: order.amount, cost: order.cost))
    }
  }
}

extension Analysis {
  /// Analyses orders without a database.
  /// - Returns: the analysis, and whom its ids stand for.
  static func run(
    _ parameters: AnalysisParameters, orders: [OrderFact], today: Day
  ) -> (analysis: Analysis, customers: [CustomerLabel]) {
    let filed = FiledPurchases(orders, parameters, today: today)
    return (Analysis(parameters, asOf: filed.asOf, filed.columns), filed.customers)
  }
}
