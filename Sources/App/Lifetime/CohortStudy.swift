import Analytics
import Store
import Web

/// The periods by which cohorts are formed.
public enum CohortPeriod: String, Codable, CaseIterable, Sendable {
  case month, quarter

  private var months: Int { self == .month ? 1 : 3 }

  /// First days of the last `count` periods up to that of a day, and the day after.
  func boundaries(upTo day: Day, count: Int) -> [Day] {
    let last = (day.month - 1) / months * months + 1
    let start = Day(year: day.year, month: last, day: 1) ?? day
    return (0...count).map { self.day(after: start, periods: $0 - count + 1) }
  }

  /// The first day of the period so many after the one that begins on a day.
  func day(after start: Day, periods: Int) -> Day {
    let month = start.year * 12 + start.month - 1 + periods * months
    return Day(year: month / 12, month: month % 12 + 1, day: 1) ?? start
  }

  /// `2026-03` or `2026-Q1`.
  func name(of start: Day) -> String {
    switch self {
    case .month: "\(start.year)-\(start.month < 10 ? "0" : "")\(start.month)"
    case .quarter: "\(start.year)-Q\((start.month + 2) / 3)"
    }
  }
}

/// Customers by the period of their first purchase, and how soon they come back.
struct CohortStudy: Sendable {
  let period: CohortPeriod
  let asOf: Day
  let triangle: CohortTriangle
  let repeats: RepeatRate

  /// Cohorts that are followed.
  static func mostPeriods(_ period: CohortPeriod) -> Int { period == .month ? 24 : 16 }

  /// - Parameter purchases: all of those who began within the periods, by customer and day.
  init(_ purchases: [CohortTriangle.Purchase], by period: CohortPeriod, asOf: Day) {
    self.period = period
    self.asOf = asOf
    let bounds = period.boundaries(upTo: asOf, count: Self.mostPeriods(period))
    triangle = CohortTriangle(purchases, boundaries: bounds.map(\.number), asOf: asOf.number)
    repeats = RepeatRate(Self.starts(of: purchases), asOf: asOf.number)
  }

  private static func starts(of purchases: [CohortTriangle.Purchase]) -> [RepeatRate.Start] {
    var starts: [RepeatRate.Start] = []
    var (customer, isOpen): (Int64?, Bool) = (nil, false)
    for purchase in purchases {
      if purchase.customer != customer {
        starts.append(RepeatRate.Start(first: purchase.day, second: nil))
        (customer, isOpen) = (purchase.customer, true)
      } else if isOpen, let last = starts.last, purchase.day > last.first {
        starts[starts.count - 1] = RepeatRate.Start(first: last.first, second: purchase.day)
        isOpen = false
      }
    }
    return starts
  }
}

extension CohortStudy {
  /// - Parameter filter: narrows those who are followed.
  static func read(
    by period: CohortPeriod, asOf day: Day, of filter: CustomerFilter, _ access: Access, today: Day, in tx: Transaction
  ) throws -> CohortStudy {
    let first = period.boundaries(upTo: day, count: mostPeriods(period)).first ?? day
    let some: SQL =
      filter.isNarrow ? filter.condition("customer_total.customer_id", access, today: today) : access.totals
    let purchases = try tx.map(
      """
      SELECT customer_total.customer_id, ordered_on, base_amount FROM customer_total CROSS JOIN sales_order
      WHERE sales_order.customer_id = customer_total.customer_id AND first_on >= \(first) AND ordered_on <= \(day)
        AND \(Order.isPurchaseRow) AND \(Totals.areSomebodys) AND \(some)
      ORDER BY customer_total.customer_id, ordered_on
      """
    ) { row in
      let ordered: String = try row[1]
      return CohortTriangle.Purchase(
        customer: row.integer(0), day: Day(ordered)?.number ?? 0, amount: row.integer(2))
    }
    return CohortStudy(purchases, by: period, asOf: day)
  }

  static func filed(_ facts: [OrderFact], by period: CohortPeriod, asOf: Day?, today: Day) -> CohortStudy {
    let day = asOf ?? facts.lazy.map(\.day).filter { $0 <= today }.max() ?? today
    let byCustomer = Dictionary(grouping: facts.filter { !$0.isReturn && $0.day <= day }, by: \.customer)
    let purchases = byCustomer.sorted { $0.key < $1.key }.enumerated().flatMap { place, entry in
      entry.value.sorted { $0.day < $1.day }.map {
        CohortTriangle.Purchase(customer: Int64(place), day: $0.day.number, amount: $0.amount)
      }
    }
    return CohortStudy(purchases, by: period, asOf: day)
  }
}

/// Studies of everybody looked at lately. Who is meant otherwise may change without any order.
final class CohortShelf: Sendable {
  private struct Key: Hashable {
    let period: CohortPeriod
    let day: Day
    let sight: Access.Sight
  }

  private let kept = Shelves<Key, OrderVersion, CohortStudy>(most: 40) { _ in 1 }

  func study(
    by period: CohortPeriod, asOf asked: Day?, of filter: CustomerFilter, _ access: Access, today: Day,
    in tx: Transaction
  ) throws -> CohortStudy {
    let span = try OrderSpan.find(today: today, in: tx)
    let day = min(asked ?? span.last ?? today, today)
    func read() throws -> CohortStudy {
      try .read(by: period, asOf: day, of: filter, access, today: today, in: tx)
    }
    guard !filter.isNarrow else { return try read() }
    return try kept.content(Key(period: period, day: day, sight: access.sight), of: .find(span, in: tx), make: read)
  }
}
