import Analytics
import Store

/// What a customer's orders add up to, as the models of value need it. Plain numbers: there can be a million of them.
struct Buyer: Equatable, Sendable {
  let id: Int64
  /// Days with at least one order that is not a return.
  let purchaseDays: Int
  /// Numbers of the first and last of them.
  let firstDay: Int
  let lastDay: Int
  /// Net of returns, minor units.
  let amount: Int64
  let margin: Int64
  /// What was bought on the first of the days.
  let firstAmount: Int64
  /// Days with a purchase of late, in the time that the forecast “as often as before” counts; 0 for the others.
  var recent = 0

  /// Nil where the totals do not fit together, as of somebody who buys only later.
  func history(asOf day: Day, in season: SeasonProfile) -> PurchaseHistory? {
    PurchaseHistory(
      purchaseDays: purchaseDays, firstDay: firstDay, lastDay: lastDay, asOf: day.number,
      recent: min(recent, purchaseDays), season: season)
  }

  /// Repeat purchases: the first is often unlike them, and left out as in the literature.
  var repeatSpend: SpendHistory {
    SpendHistory(occasions: max(purchaseDays - 1, 0), total: Double(amount.clampedMinus(firstAmount)))
  }

  /// What is known of this customer's spending: of one who bought once, that purchase.
  var spend: SpendHistory {
    purchaseDays > 1 ? repeatSpend : SpendHistory(occasions: purchaseDays, total: Double(amount))
  }

  /// Margin over amount, −1…1; nil without an amount.
  var marginRate: Double? { amount > 0 ? min(max(Double(margin) / Double(amount), -1), 1) : nil }
}

extension Buyer {
  /// Everybody who bought until a day, ids rising. From the totals where no order is younger, else from the orders.
  /// - Parameter recentDays: in so many days before what they bought of late is counted; nil where nobody asks.
  static func all(
    asOf day: Day, newest: Day?, recentDays: Int? = nil, _ access: Access, in tx: Transaction
  ) throws -> [Buyer] {
    var buyers =
      try newest.map { $0 <= day } ?? true ? fromTotals(access, in: tx) : fromOrders(asOf: day, access, in: tx)
    if let recentDays { try buyers.countRecent(days: recentDays, asOf: day, in: tx) }
    return buyers
  }

  private static func fromTotals(_ access: Access, in tx: Transaction) throws -> [Buyer] {
    try read(
      """
      SELECT customer_id, purchase_days, first_on, last_on, amount, cost, first_amount FROM customer_total
      WHERE purchase_days > 0 AND \(Totals.areSomebodys) AND \(access.totals) ORDER BY customer_id
      """, in: tx)
  }

  private static func fromOrders(asOf day: Day, _ access: Access, in tx: Transaction) throws -> [Buyer] {
    try read(
      """
      SELECT customer.id, sums.purchase_days, sums.first_on, sums.last_on, sums.amount, sums.cost, sums.first_amount
      FROM (\(Totals.sums(where: "ordered_on <= \(day)"))) AS sums
      JOIN customer ON customer.id = sums.customer_id
      WHERE sums.purchase_days > 0 AND customer.kind <> \(Customer.Kind.walkIn) AND \(access.customers) ORDER BY customer.id
      """, in: tx)
  }

  private static func read(_ sql: SQL, in tx: Transaction) throws -> [Buyer] {
    var buyers: [Buyer] = []
    try tx.each(sql) { row in
      let (first, last): (String, String) = (try row[2], try row[3])
      let (amount, cost) = (row.integer(4), row.integer(5))
      buyers.append(
        Buyer(
          id: row.integer(0), purchaseDays: Int(row.integer(1)), firstDay: Day(first)?.number ?? 0,
          lastDay: Day(last)?.number ?? 0, amount: amount, margin: amount.clampedMinus(cost),
          firstAmount: row.integer(6)))
    }
    return buyers
  }
}

extension [Buyer] {
  /// - Parameter days: before the as-of day, with it.
  mutating func countRecent(days: Int, asOf day: Day, in tx: Transaction) throws {
    var counts: [Int64: Int] = [:]
    try tx.each(
      """
      SELECT customer_id, count(DISTINCT ordered_on) FROM sales_order
      WHERE ordered_on > \(day.adding(days: -days)) AND ordered_on <= \(day) AND \(Order.isPurchaseRow) GROUP BY customer_id
      """
    ) { row in counts[row.integer(0)] = Int(row.integer(1)) }
    for place in indices { self[place].recent = counts[self[place].id] ?? 0 }
  }
}
