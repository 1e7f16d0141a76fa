import Analytics
import Store

/// A firm's whole months, and what they let expect.
struct OutlookStudy: Sendable {
  let end: CalendarMonth
  /// Every month from the first with a purchase to the last whole one.
  let past: [MonthTotal]
  /// Why nothing can be expected, where that is so.
  let outlook: Result<SalesOutlook, SalesOutlook.Problem>
  /// Nil where everybody began on the record, as far as can be told.
  let truncatedStart: TruncatedStart?

  /// - Parameters:
  ///   - totals: up to the last whole month.
  ///   - firstPurchases: day number of each customer's first purchase.
  init(_ totals: [MonthTotal], until end: CalendarMonth, firstPurchases: [Int]) {
    // Nothing was sold in a month that has no orders.
    let history = MonthlyHistory(totals + [MonthTotal(month: end, purchases: 0, sales: 0)])
    let byMonth = Dictionary(totals.map { ($0.month, $0) }, uniquingKeysWith: { first, _ in first })
    self.end = end
    past = (0..<history.count).reversed().map { back in
      let month = end.advanced(by: -back)
      return byMonth[month] ?? MonthTotal(month: month, purchases: 0, sales: 0)
    }
    do { outlook = .success(try SalesOutlook(history)) } catch { outlook = .failure(error) }
    truncatedStart = firstPurchases.min().flatMap { StartCheck(firstPurchases: firstPurchases, firstDay: $0).start }
  }

  static func read(until end: CalendarMonth, _ access: Access, in tx: Transaction) throws -> OutlookStudy {
    let first: [(day: String, customers: Int64)] = try tx.map(
      """
      SELECT first_on, count(*) FROM customer_total
      WHERE first_on > '' AND first_on < \(Day(number: end.firstDay + end.days))
        AND \(Totals.areSomebodys) AND \(access.totals)
      GROUP BY first_on
      """
    ) { (try $0[0], $0.integer(1)) }
    let days = first.flatMap { day, count in
      Day(day).map { repeatElement($0.number, count: Int(count)) } ?? repeatElement(0, count: 0)
    }
    return OutlookStudy(try MonthlySales.read(until: end, access, in: tx), until: end, firstPurchases: days)
  }
}

/// Studies looked at lately.
final class OutlookShelf: Sendable {
  private struct Key: Hashable {
    let end: CalendarMonth
    let sight: Access.Sight
  }

  private let kept = Shelves<Key, OrderVersion, OutlookStudy>(most: 40) { _ in 1 }

  /// Nil where the firm has no orders.
  /// - Parameter asked: the last day that counts; nil for as far as orders reach. Today is not over yet.
  func study(asOf asked: Day?, _ access: Access, today: Day, in tx: Transaction) throws -> OutlookStudy? {
    let span = try OrderSpan.find(today: today, in: tx)
    guard let last = span.last else { return nil }
    let open = asked.map { min($0.adding(days: 1), today) } ?? today
    let end = MonthlySales.lastWholeMonth(before: open, lastOrder: last)
    return try kept.content(Key(end: end, sight: access.sight), of: .find(span, in: tx)) {
      try .read(until: end, access, in: tx)
    }
  }
}
