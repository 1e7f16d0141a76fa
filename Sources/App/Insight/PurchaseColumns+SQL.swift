import Store

/// The days between which the firm has orders. Returns count too.
struct OrderSpan: Equatable, Sendable {
  let newest: Day?
  /// The last one that is not after today.
  let last: Day?

  /// A date of the firm, not of a customer: it is the same whoever asks.
  static func find(today: Day, in tx: Transaction) throws -> OrderSpan {
    let (newest, last) = try tx.ask(
      Question<Day?>.value("SELECT max(ordered_on) FROM sales_order"), Question<Day?>.value(last(today: today)))
    return OrderSpan(newest: newest, last: last)
  }

  static func last(today: Day) -> SQL { "SELECT max(ordered_on) FROM sales_order WHERE ordered_on <= \(today)" }
}

extension PurchaseColumns {
  /// From the totals of customers, which know of all orders and no dates between.
  static func fromTotals(
    by measure: AnalysisParameters.Measure, _ access: Access, in tx: Transaction
  ) throws -> PurchaseColumns {
    try read(
      """
      SELECT customer_id, purchase_days, last_on, \(measure.columns) FROM customer_total
      WHERE order_count > 0 AND \(Totals.areSomebodys) AND \(access.totals) ORDER BY customer_id
      """, by: measure, in: tx)
  }

  /// From the orders themselves, of the days in `asOf − window < day ≤ asOf`.
  static func fromOrders(
    by measure: AnalysisParameters.Measure, asOf: Day, window: Int?, _ access: Access, in tx: Transaction
  ) throws -> PurchaseColumns {
    let since: SQL = window.map { "ordered_on > \(asOf.adding(days: -$0)) AND" } ?? ""
    return try read(
      """
      SELECT customer.id, sums.days, sums.last_on, \(measure.columns)
      FROM (
        SELECT customer_id, count(DISTINCT CASE WHEN \(Order.isPurchase) THEN ordered_on END) AS days,
          coalesce(max(CASE WHEN \(Order.isPurchase) THEN ordered_on END), '') AS last_on,
          \(counted("quantity")) AS quantity, \(counted("base_amount")) AS amount,
          \(counted("base_cost")) AS cost
        FROM sales_order WHERE \(since) ordered_on <= \(asOf) GROUP BY customer_id
      ) AS sums
      JOIN customer ON customer.id = sums.customer_id
      WHERE customer.kind <> \(Customer.Kind.walkIn) AND \(access.customers) ORDER BY customer.id
      """, by: measure, in: tx)
  }

  /// A sum without orders that were wholly taken back, of which a window may hold one without the other.
  private static func counted(_ column: SQL) -> SQL {
    SQL.total("CASE WHEN counterpart_id IS NULL THEN \(column) ELSE 0 END")
  }

  private static func read(
    _ sql: SQL, by measure: AnalysisParameters.Measure, in tx: Transaction
  ) throws -> PurchaseColumns {
    var columns = PurchaseColumns()
    try tx.each(sql) { row in
      let day: String = try row[2]
      columns.append(
        id: row.integer(0), occasions: Int(row.integer(1)), lastDay: Day(day)?.number ?? 0,
        value: measure == .margin ? row.integer(3).clampedMinus(row.integer(4)) : row.integer(3))
    }
    return columns
  }
}

extension AnalysisParameters.Measure {
  /// What it is made from: very many rows are read, so nothing else is.
  fileprivate var columns: SQL {
    switch self {
    case .amount: "amount"
    case .margin: "amount, cost"
    case .quantity: "quantity"
    }
  }
}
