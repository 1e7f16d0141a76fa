/// What one customer bought by the end of the calibration, and how often afterwards.
public struct CustomerPurchases: Equatable, Sendable {
  /// Day numbers; 0 while there are no occasions.
  public fileprivate(set) var firstDay: Int32 = 0
  public fileprivate(set) var lastDay: Int32 = 0
  /// Days with purchases up to the calibration's end; 0 for who had not bought yet.
  public fileprivate(set) var occasions: Int32 = 0
  /// Amount of all occasions but the first, in minor units; held at the ends of 64 bits.
  public fileprivate(set) var repeatSpend: Int64 = 0
  /// Days with purchases in a time as long as the holdout, just before it.
  public fileprivate(set) var recentOccasions: Int32 = 0
  /// Days with purchases after the calibration's end, up to the holdout's.
  public fileprivate(set) var holdoutOccasions: Int32 = 0

  /// As of the calibration's end; nil for who had not bought yet.
  public func history(asOf day: Int, season: SeasonProfile = .flat) -> PurchaseHistory? {
    PurchaseHistory(
      purchaseDays: Int(occasions), firstDay: Int(firstDay), lastDay: Int(lastDay), asOf: day,
      recent: Int(recentOccasions), season: season)
  }

  /// Repeat occasions and what was spent on them. The first is left out as in the literature: it is no repeat purchase
  /// and often unlike them.
  public var spend: SpendHistory { SpendHistory(occasions: max(Int(occasions) - 1, 0), total: Double(repeatSpend)) }
}

/// Purchase statistics of all customers, from their transactions.
public struct PurchaseStatistics: Equatable, Sendable {
  /// By customer index; those who had not bought by the calibration's end have no occasions.
  public let customers: [CustomerPurchases]
  /// Repeat occasions on each day from `firstDay` to the holdout's end, of customers who first bought by the
  /// calibration's end.
  public let repeatsByDay: [Int]
  /// The earliest first purchase.
  public let firstDay: Int
  public let calibrationEnd: Int
  public let holdoutEnd: Int

  public enum InputError: Error, Equatable, CustomStringConvertible {
    case columnsDiffer
    case customerOutOfRange(row: Int)
    case periodTooLong

    public var description: String {
      switch self {
      case .columnsDiffer: "Customers, days and amounts must have the same number of rows."
      case .customerOutOfRange(let row): "Row \(row) names a customer that does not exist."
      case .periodTooLong: "From the first purchase to the last day are more than 2,000 years."
      }
    }
  }

  /// Joins same-day purchases (amounts are added) and cuts off at the calibration's end; later purchases up to the
  /// holdout's end are counted apart, and those after it ignored. Rows in any order.
  ///
  /// O(n + customers), and O(k log k) for a customer with k rows out of order; 4 bytes a row besides the input, none
  /// if it comes sorted by customer.
  ///
  /// - Parameters:
  ///   - customerCount: Customers are numbered from 0 to one below it.
  ///   - customers, days, amounts: One row a transaction; day numbers of any calendar, minor units.
  /// - Throws: `InputError`.
  public init(
    customerCount: Int, customers: [Int32], days: [Int32], amounts: [Int64], calibrationEnd: Int, holdoutEnd: Int? = nil
  ) throws(InputError) {
    let customerCount = max(customerCount, 0)
    guard customers.count == days.count, days.count == amounts.count, customers.count < Int(Int32.max) else {
      throw .columnsDiffer
    }
    if let row = customers.firstIndex(where: { $0 < 0 || $0 >= customerCount }) { throw .customerOutOfRange(row: row) }
    let end = max(holdoutEnd ?? calibrationEnd, calibrationEnd)
    let start = days.lazy.map(Int.init).filter { $0 <= calibrationEnd }.min() ?? calibrationEnd
    let (length, overflow) = end.subtractingReportingOverflow(start)
    guard !overflow, length < 366 * 2000 else { throw .periodTooLong }

    var tally = OccasionTally(start: start, calibrationEnd: calibrationEnd, end: end)
    let rows = RowsByCustomer(customers, customerCount: customerCount)
    self.customers = (0..<customerCount).map { customer in
      tally.purchases(rows: rows.rows(of: customer), days: days, amounts: amounts)
    }
    repeatsByDay = tally.repeatsByDay
    firstDay = start
    self.calibrationEnd = calibrationEnd
    self.holdoutEnd = end
  }

  /// Histories of those who had bought by the calibration's end, with their customer index.
  public var histories: [(customer: Int, history: PurchaseHistory)] { histories(in: .flat) }

  /// The same in the time of a season.
  func histories(in season: SeasonProfile) -> [(customer: Int, history: PurchaseHistory)] {
    customers.indices.compactMap { customer in
      customers[customer].history(asOf: calibrationEnd, season: season).map { (customer, $0) }
    }
  }
}

/// Rows grouped by customer, by counting.
private struct RowsByCustomer {
  private var starts: [Int32]
  /// Empty where rows come in order of customers.
  private var order: [Int32] = []

  init(_ customers: [Int32], customerCount: Int) {
    starts = [Int32](repeating: 0, count: customerCount + 1)
    var sorted = true
    var before: Int32 = 0
    for customer in customers {
      starts[Int(customer) + 1] += 1
      if customer < before { sorted = false }
      before = customer
    }
    for customer in 0..<customerCount { starts[customer + 1] += starts[customer] }
    if sorted { return }
    order = [Int32](repeating: 0, count: customers.count)
    var next = starts
    for (row, customer) in customers.enumerated() {
      order[Int(next[Int(customer)])] = Int32(row)
      next[Int(customer)] += 1
    }
  }

  func rows(of customer: Int) -> some Collection<Int> {
    (Int(starts[customer])..<Int(starts[customer + 1])).lazy.map { order.isEmpty ? $0 : Int(order[$0]) }
  }
}

/// Goes through the days of one customer after the other.
private struct OccasionTally {
  let start: Int
  let calibrationEnd: Int
  let end: Int
  /// The last day before what counts as of late.
  private var recentStart: Int { calibrationEnd - (end - calibrationEnd) }
  var repeatsByDay: [Int]
  private var occasions: [(day: Int32, amount: Int64)] = []

  init(start: Int, calibrationEnd: Int, end: Int) {
    self.start = start
    self.calibrationEnd = calibrationEnd
    self.end = end
    repeatsByDay = [Int](repeating: 0, count: end - start + 1)
  }

  mutating func purchases(rows: some Collection<Int>, days: [Int32], amounts: [Int64]) -> CustomerPurchases {
    occasions.removeAll(keepingCapacity: true)
    var sorted = true
    for row in rows {
      if let last = occasions.last, last.day > days[row] { sorted = false }
      occasions.append((days[row], amounts[row]))
    }
    if !sorted { occasions.sort { $0.day < $1.day } }

    var purchases = CustomerPurchases()
    var lastDay: Int32?
    for (day, amount) in occasions {
      let isNewDay = day != lastDay
      lastDay = day
      if Int(day) <= calibrationEnd {
        if isNewDay { purchases.addOccasion(on: day) }
        if isNewDay, Int(day) > recentStart { purchases.recentOccasions += 1 }
        if purchases.occasions > 1 { purchases.repeatSpend = purchases.repeatSpend.addingHeld(amount) }
      } else if isNewDay, purchases.occasions > 0, Int(day) <= end {
        purchases.holdoutOccasions += 1
      } else {
        continue
      }
      if isNewDay, day != purchases.firstDay { repeatsByDay[Int(day) - start] += 1 }
    }
    return purchases
  }
}

extension CustomerPurchases {
  fileprivate mutating func addOccasion(on day: Int32) {
    if occasions == 0 { firstDay = day }
    lastDay = day
    occasions += 1
  }
}

extension Int64 {
  /// The sum, or the greatest or least number where it does not fit.
  fileprivate func addingHeld(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other > 0 ? .max : .min) : sum
  }
}
