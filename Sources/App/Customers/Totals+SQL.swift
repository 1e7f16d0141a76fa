import Store

extension Totals {
  /// Counts the orders of these customers anew and writes the totals to their rows. Called in the transaction
  /// of every change of orders, so the totals cannot drift; on all customers it is the full recount.
  static func recount(_ customers: [Customer.ID], in tx: Transaction) throws {
    try recount("customer.id IN \(in: customers)", orders: "customer_id IN \(in: customers)", in: tx)
  }

  /// The same for every customer.
  static func recountAll(in tx: Transaction) throws { try recount("1 = 1", orders: "1 = 1", in: tx) }

  private static func recount(_ customers: SQL, orders: SQL, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE customer SET
        order_count = sums.order_count, purchase_days = sums.purchase_days, quantity = sums.quantity,
        amount = sums.amount, cost = sums.cost, first_on = sums.first_on, last_on = sums.last_on
      FROM (
        SELECT customer_id, count(*) AS order_count,
          count(DISTINCT CASE WHEN \(Order.isPurchase) THEN ordered_on END) AS purchase_days,
          \(SQL.total("quantity")) AS quantity, \(SQL.total("base_amount")) AS amount,
          \(SQL.total("base_cost")) AS cost,
          coalesce(min(CASE WHEN \(Order.isPurchase) THEN ordered_on END), '') AS first_on,
          coalesce(max(CASE WHEN \(Order.isPurchase) THEN ordered_on END), '') AS last_on
        FROM sales_order WHERE \(orders) GROUP BY customer_id
      ) AS sums
      WHERE sums.customer_id = customer.id AND \(customers)
      """)
    try tx.run(
      """
      UPDATE customer SET order_count = 0, purchase_days = 0, quantity = 0, amount = 0, cost = 0,
        first_on = '', last_on = ''
      WHERE order_count > 0 AND \(customers)
        AND NOT EXISTS (SELECT 1 FROM sales_order WHERE customer_id = customer.id)
      """)
  }
}
