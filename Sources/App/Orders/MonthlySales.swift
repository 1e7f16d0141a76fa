import Analytics
import Store

/// What was bought and sold month by month, walk-in customers included; returns take from sales and are no purchases.
enum MonthlySales {
  /// The last month of which everything is known: it is over before a day, and either there are orders after it or its
  /// last week has some. Orders that end in the middle of a month are those of a file that ends there.
  /// - Parameters:
  ///   - open: the first day of which not everything is known yet.
  ///   - lastOrder: of the firm.
  static func lastWholeMonth(before open: Day, lastOrder: Day) -> CalendarMonth {
    let ordered = CalendarMonth(containing: lastOrder.number)
    let isWhole = ordered.firstDay + ordered.days - lastOrder.number <= 7
    let over = CalendarMonth(containing: open.number).advanced(by: -1)
    return min(over, isWhole ? ordered : ordered.advanced(by: -1))
  }

  /// Up to the end of a month, rising; months without any order are left out.
  static func read(until end: CalendarMonth, _ access: Access, in tx: Transaction) throws -> [MonthTotal] {
    try access.seesEverybody ? kept(until: end, in: tx) : counted(until: end, access, in: tx)
  }

  /// Of the whole firm, from what is kept of each day: only orders that are no purchases are read one by one.
  static func kept(until end: CalendarMonth, in tx: Transaction) throws -> [MonthTotal] {
    let past = isPast(end)
    return try months(
      """
      SELECT ordered_on, order_count AS purchases, amount FROM order_day WHERE \(past)
      UNION ALL SELECT ordered_on, -1, 0 FROM sales_order WHERE \(Order.isReturnRow) AND \(past)
      UNION ALL SELECT ordered_on, -1, 0 FROM sales_order
        WHERE counterpart_id IS NOT NULL AND NOT \(Order.isReturnRow) AND \(past)
      """, in: tx)
  }

  /// Of the customers who may be seen, from their orders.
  static func counted(until end: CalendarMonth, _ access: Access, in tx: Transaction) throws -> [MonthTotal] {
    try months(
      """
      SELECT ordered_on, CASE WHEN \(Order.isPurchase) THEN 1 ELSE 0 END AS purchases, base_amount AS amount
      FROM sales_order WHERE \(isPast(end)) AND customer_id IN (SELECT id FROM customer WHERE \(access.customers))
      """, in: tx)
  }

  private static func isPast(_ end: CalendarMonth) -> SQL { "ordered_on < \(Day(number: end.firstDay + end.days))" }

  private static func months(_ rows: SQL, in tx: Transaction) throws -> [MonthTotal] {
    try tx.map(
      """
      SELECT substr(ordered_on, 1, 7) AS month, \(SQL.total("purchases")), \(SQL.total("amount"))
      FROM (\(rows)) AS counted GROUP BY substr(ordered_on, 1, 7) ORDER BY month
      """
    ) { row in
      let month: String = try row[0]
      return MonthTotal(
        month: CalendarMonth(containing: Day(month + "-01")?.number ?? 0), purchases: Int(row.integer(1)),
        sales: row.integer(2))
    }
  }
}
