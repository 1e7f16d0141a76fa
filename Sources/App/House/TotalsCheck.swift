import Store

/// Compares the totals kept for customers with what their orders add up to.
enum TotalsCheck {
  /// A customer whose totals are not those of its orders.
  struct Difference: Codable, Equatable, Sendable {
    let id: Customer.ID
    let name: String
    let keptAmount: Int64
    let countedAmount: Int64
  }

  /// Those who differ, the first by id; none is as it must be.
  static func differences(limit: Int, in tx: Transaction) throws -> [Difference] {
    try tx.all(
      """
      SELECT customer.id, customer.name, coalesce(kept.amount, 0) AS kept_amount,
        coalesce(sums.amount, 0) AS counted_amount
      FROM customer LEFT JOIN customer_total AS kept ON kept.customer_id = customer.id
        LEFT JOIN (\(counted)) AS sums ON sums.customer_id = customer.id
      WHERE kept.customer_id IS NULL OR kept.order_count <> coalesce(sums.order_count, 0)
        OR kept.purchase_days <> coalesce(sums.purchase_days, 0)
        OR kept.quantity <> coalesce(sums.quantity, 0)
        OR kept.amount <> coalesce(sums.amount, 0)
        OR kept.cost <> coalesce(sums.cost, 0)
        OR kept.first_on <> coalesce(sums.first_on, '')
        OR kept.last_on <> coalesce(sums.last_on, '')
        OR kept.first_amount <> coalesce(\(firstAmount), 0)
        OR customer.id IN (\(mispaired))
      ORDER BY customer.id LIMIT \(limit)
      """)
  }

  private static let firstAmount: SQL = """
    (SELECT \(SQL.total("base_amount")) FROM sales_order WHERE sales_order.customer_id = customer.id
      AND sales_order.ordered_on = sums.first_on AND quantity >= 0 AND amount >= 0 AND counterpart_id IS NULL)
    """

  private static let isBought: SQL = "quantity >= 0 AND amount >= 0 AND counterpart_id IS NULL"

  /// Whose orders name another as taken back, or as taking them back, that is not their contrary.
  private static let mispaired: SQL = """
    SELECT paired.customer_id FROM sales_order AS paired LEFT JOIN sales_order AS other ON other.id = paired.counterpart_id
    WHERE paired.counterpart_id IS NOT NULL AND (other.counterpart_id IS NULL OR other.counterpart_id <> paired.id
      OR other.amount <> \(SQL.minus("0", "paired.amount")) OR other.customer_id <> paired.customer_id)
    """

  /// Written apart from the statement that keeps the totals, so that a mistake there shows here.
  private static var counted: SQL {
    """
    SELECT customer_id, count(*) AS order_count,
      count(DISTINCT CASE WHEN \(isBought) THEN ordered_on END) AS purchase_days,
      \(SQL.total("quantity")) AS quantity, \(SQL.total("base_amount")) AS amount,
      \(SQL.total("base_cost")) AS cost,
      min(CASE WHEN \(isBought) THEN ordered_on END) AS first_on,
      max(CASE WHEN \(isBought) THEN ordered_on END) AS last_on
    FROM sales_order GROUP BY customer_id
    """
  }
}
