import Analytics
import Store

/// The purchase days of some customers, for what totals do not tell: gaps, and what came after a day.
struct PurchaseSample: Sendable {
  private(set) var customers: [Int32] = []
  private(set) var days: [Int32] = []
  private(set) var amounts: [Int64] = []
  private(set) var count = 0
  /// Of the customers, in the order of their numbers.
  private(set) var ids: [Int64] = []

  /// So many are enough to judge a model by: what chance does to their sum is far less than what models differ by.
  static let most = 30_000

  init() {}

  /// Orders of each customer, without returns.
  init(_ customers: [[OrderFact]]) {
    ids = customers.indices.map(Int64.init)
    for orders in customers {
      for order in orders { add(day: order.day, amount: order.amount) }
      count += 1
    }
  }

  /// Of the customer that is being counted.
  private mutating func add(day: Day, amount: Int64) {
    customers.append(Int32(count))
    days.append(Int32(day.number))
    amounts.append(amount)
  }

  /// Everybody, or every so many-th of the buyers, by id.
  static func read(of buyers: Int, asOf day: Day, in tx: Transaction) throws -> PurchaseSample {
    try read(
      of: """
        SELECT customer_id AS id FROM customer_total WHERE \(Totals.areSomebodys) AND \(some("customer_id", of: buyers))
        """, asOf: day, in: tx)
  }

  /// Of at most so many of the customers that fulfil a condition, by id.
  /// - Parameter customers: on rows of `customer`.
  static func read(where customers: SQL, asOf day: Day, in tx: Transaction) throws -> PurchaseSample {
    let wanted: SQL = """
      \(SQL.customersWithTotals)
      WHERE \(customers) AND customer.kind <> \(Customer.Kind.walkIn) AND first_on <> '' AND first_on <= \(day)
      """
    let buyers = try tx.value("SELECT count(*) FROM \(wanted)", as: Int.self) ?? 0
    return try read(of: "SELECT id FROM \(wanted) AND \(some("id", of: buyers))", asOf: day, in: tx)
  }

  private static func some(_ id: SQL, of buyers: Int) -> SQL {
    let step = (buyers + most - 1) / most
    return step > 1 ? "\(id) % \(step) = 0" : "1 = 1"
  }

  /// Customer by customer: of very many, theirs are few among all orders.
  private static func read(of customers: SQL, asOf day: Day, in tx: Transaction) throws -> PurchaseSample {
    var sample = PurchaseSample()
    var last: Int64?
    try tx.each(
      """
      SELECT wanted.id, ordered_on, base_amount FROM (\(customers)) AS wanted CROSS JOIN sales_order
      WHERE sales_order.customer_id = wanted.id AND ordered_on <= \(day) AND \(Order.isPurchaseRow)
      ORDER BY wanted.id, ordered_on
      """
    ) { row in
      let (id, day): (Int64, String) = (row.integer(0), try row[1])
      if let last, id != last { sample.count += 1 }
      if id != last { sample.ids.append(id) }
      last = id
      sample.add(day: Day(day) ?? Day(number: 0), amount: row.integer(2))
    }
    if last != nil { sample.count += 1 }
    return sample
  }

  /// What was known at the end of a day.
  func until(_ day: Day) -> PurchaseSample {
    var earlier = PurchaseSample()
    for place in days.indices where days[place] <= day.number {
      earlier.customers.append(customers[place])
      earlier.days.append(days[place])
      earlier.amounts.append(amounts[place])
    }
    (earlier.count, earlier.ids) = (count, ids)
    return earlier
  }

  /// The days of each customer who had bought by a day.
  func purchaseDays(until day: Day) -> [Int64: PurchaseDays] {
    var found: [Int64: PurchaseDays] = [:]
    var start = 0
    while start < customers.count {
      let end = customers[start...].firstIndex { $0 != customers[start] } ?? customers.count
      let seen = (start..<end).filter { days[$0] <= day.number }
      if !seen.isEmpty {
        found[ids[Int(customers[start])]] = PurchaseDays(
          days: seen.map { Int(days[$0]) }, amounts: seen.map { amounts[$0] })
      }
      start = end
    }
    return found
  }

  /// Whether it holds everybody who bought.
  func isComplete(of buyers: Int) -> Bool { buyers <= Self.most }

  var rows: PurchaseRows { PurchaseRows(count: count, customers: customers, days: days, amounts: amounts) }

  /// The gaps of each customer.
  func gaps(asOf day: Day) -> [PurchaseGaps] {
    var gaps: [PurchaseGaps] = []
    var start = 0
    while start < customers.count {
      let end = customers[start...].firstIndex { $0 != customers[start] } ?? customers.count
      if let found = PurchaseGaps(purchaseDays: days[start..<end].map(Int.init), asOf: day.number) {
        gaps.append(found)
      }
      start = end
    }
    return gaps
  }
}

extension Judgement {
  /// The last year, or the last third of a shorter history, is held out.
  init?(_ kind: PurchaseModelKind, _ sample: PurchaseSample, asOf day: Day) {
    guard let first = sample.days.min() else { return nil }
    let held = min((day.number - Int(first)) / 3, 364)
    guard held >= Self.leastDays else { return nil }
    self.init(kind, sample, until: day.adding(days: -held), end: day)
  }

  /// Nil where nothing can be fitted to the time before.
  init?(_ kind: PurchaseModelKind, _ sample: PurchaseSample, until: Day, end: Day) {
    guard let statistics = sample.rows.statistics(until: until.number, end: end.number) else { return nil }
    if PurchaseModelKind.baselines.contains(kind) {
      let before = until.number - (end.number - until.number)
      guard let earlier = sample.rows.statistics(until: before, end: until.number) else { return nil }
      self.init(PurchaseFit(baseline: kind, from: earlier), statistics, until: until, end: end)
    } else {
      guard let fit = try? PurchaseFit(kind, to: statistics.histories.map(\.history)) else { return nil }
      self.init(fit, statistics, until: until, end: end)
    }
  }

  private init(_ fit: PurchaseFit, _ statistics: PurchaseStatistics, until: Day, end: Day) {
    self.init(
      kind: fit.kind, until: until, end: end, customers: statistics.histories.count,
      holdout: HoldoutReport(statistics, model: fit.model), tracking: Tracking(statistics, model: fit.model), fit: fit)
  }

  /// The same fit, which was made to everybody, judged by what some of them did. Nil where none of them had bought
  /// before, or the fit was not kept.
  func ofSome(_ sample: PurchaseSample) -> Judgement? {
    guard let fit, let statistics = sample.rows.statistics(until: until.number, end: end.number),
      !statistics.histories.isEmpty
    else { return nil }
    return Judgement(fit, statistics, until: until, end: end)
  }

  /// Less time held out says little.
  private static let leastDays = 28
}
