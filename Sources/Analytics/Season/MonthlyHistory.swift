/// What a firm sold in a whole calendar month.
public struct MonthTotal: Hashable, Sendable {
  public let month: CalendarMonth
  /// Purchase occasions; a negative number counts as none.
  public let purchases: Int
  /// Minor units, below zero where more was given back than sold.
  public let sales: Int64

  public init(month: CalendarMonth, purchases: Int, sales: Int64) {
    self.month = month
    self.purchases = purchases
    self.sales = sales
  }
}

/// A firm's whole months, one after the other, beginning with the first in which anything was bought.
public struct MonthlyHistory: Equatable, Sendable {
  let purchases: MonthlySeries
  let sales: MonthlySeries

  /// Months kept; what lies further back is a typing error or of no use.
  public static let mostMonths = 600

  /// In any order. Totals of the same month are added; a month left out between others is one without purchases.
  /// The month that is still running must not be among them. O(n log n).
  public init(_ totals: [MonthTotal]) {
    let sorted = totals.sorted { $0.month < $1.month }
    let last = sorted.last?.month
    let recent = sorted.drop { total in
      total.purchases <= 0 || last.map { $0.months(since: total.month) >= Self.mostMonths } ?? true
    }
    guard let first = recent.first?.month, let last else {
      (purchases, sales) = (.none, .none)
      return
    }
    var bought = [Double](repeating: 0, count: last.months(since: first) + 1)
    var sold = bought
    for total in recent {
      bought[total.month.months(since: first)] += Double(max(total.purchases, 0))
      sold[total.month.months(since: first)] += Double(total.sales)
    }
    // Below half a purchase or a fiftieth of a usual month, how many times more or less says nothing.
    let usual = sold.reduce(0) { $0 + abs($1) } / Double(sold.count)
    purchases = MonthlySeries(start: first, values: bought, least: 0.5)
    sales = MonthlySeries(start: first, values: sold, least: max(usual / 50, 1))
  }

  /// Whole months from the first with purchases to the last.
  public var count: Int { purchases.values.count }

  /// The month after the last; nil without any.
  public var next: CalendarMonth? { count > 0 ? purchases.month(count) : nil }
}

/// One quantity by calendar month.
struct MonthlySeries: Equatable, Sendable {
  let start: CalendarMonth
  let values: [Double]
  /// The least that a logarithm is taken of.
  let least: Double

  static let none = MonthlySeries(start: CalendarMonth(containing: 0), values: [], least: 1)

  func month(_ index: Int) -> CalendarMonth { start.advanced(by: index) }

  func days(_ index: Int) -> Double { Double(month(index).days) }

  /// What was known after so many months.
  func prefix(_ count: Int) -> MonthlySeries {
    MonthlySeries(start: start, values: Array(values.prefix(count)), least: least)
  }
}
