import Analytics
import Store

extension Totals {
  /// Gives new customers their row of totals, without an order.
  static func begin(_ customers: [Customer.ID], in tx: Transaction) throws {
    try tx.append(to: "customer_total", columns: ["customer_id"], rows: customers.lazy.map { [$0.value] })
  }

  /// Counts the orders of these customers anew and writes the totals to their rows. Called in the transaction
  /// of every change of orders, so the totals cannot drift; on all customers it is the full recount.
  static func recount(_ customers: [Customer.ID], in tx: Transaction) throws {
    guard !customers.isEmpty else { return }
    try hold("customer_id IN \(in: customers)", in: tx)
    _ = try WholeReturns.pair(where: "customer_id IN \(in: customers)", in: tx)
    try sumUp(customers, in: tx)
  }

  /// Finds the new orders that were wholly taken back, and the returns among them, and counts anew whose they are.
  /// - Parameter orders: in the order of their customers' ids.
  static func settleReturns(of orders: some Sequence<Order>, in tx: Transaction) throws {
    var buyers: [Customer.ID] = []
    for order in orders where buyers.last != order.customerId { buyers.append(order.customerId) }
    // Few ever gave anything back.
    let returning: [Customer.ID] = try tx.values(
      """
      SELECT DISTINCT customer_id FROM \(.walk("sales_order", by: "sales_order_returned_by_customer"))
      WHERE \(Order.isReturnRow) AND customer_id IN \(in: buyers)
      """)
    guard !returning.isEmpty else { return }
    let paired = try WholeReturns.pair(where: "customer_id IN \(in: returning)", in: tx)
    try sumUp(paired.union(try saturated(of: returning, in: tx)).sorted(), in: tx)
  }

  /// Whose sums stand at an end of 64 bits: what is added to these tells no more what they were made of.
  private static func saturated(of customers: [Customer.ID], in tx: Transaction) throws -> [Customer.ID] {
    let isAtEnd = (["quantity", "amount", "cost", "first_amount"] as [SQL]).map { sum in
      "\(sum) IN (\(Int64.max), \(Int64.min))" as SQL
    }
    return try tx.values(
      """
      SELECT customer_id FROM customer_total
      WHERE customer_id IN \(in: customers) AND (\(isAtEnd.joined(" OR ")))
      """)
  }

  private static func sumUp(_ customers: [Customer.ID], in tx: Transaction) throws {
    guard !customers.isEmpty else { return }
    try recount("customer_total.customer_id IN \(in: customers)", orders: "customer_id IN \(in: customers)", in: tx)
  }

  /// The same for every customer, and what all orders add up to.
  static func recountAll(in tx: Transaction) throws {
    try beginMissing(in: tx)
    try hold("1 = 1", in: tx)
    _ = try WholeReturns.pair(where: "1 = 1", in: tx)
    try recount("1 = 1", orders: "1 = 1", in: tx)
    try SalesLedger.recountAll(in: tx)
  }

  /// The same in portions, so that others can write in between; it may be broken off and begun again.
  static func recountAll(
    _ db: Database, progress: (_ done: Int, _ total: Int) async throws -> Void = { _, _ in }
  ) async throws {
    try await db.write { tx in try beginMissing(in: tx) }
    let customers: [Customer.ID] = try await db.read { tx in
      try tx.values("SELECT customer_id FROM customer_total ORDER BY customer_id")
    }
    for start in stride(from: 0, to: customers.count, by: portion) {
      let part = Array(customers[start..<min(start + portion, customers.count)])
      try await db.write { tx in try recount(part, in: tx) }
      try await progress(start + part.count, customers.count)
      try Task.checkCancellation()
    }
    try await db.write { tx in try SalesLedger.recountAll(in: tx) }
  }

  /// Customers counted in one transaction.
  private static let portion = 5_000

  private static func beginMissing(in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO customer_total (customer_id) SELECT id FROM customer
      WHERE NOT EXISTS (SELECT 1 FROM customer_total WHERE customer_total.customer_id = customer.id)
      """)
  }

  /// Those whose totals nobody is writing, and nobody else writes until the transaction ends.
  static func free(of customers: [Int64], in tx: Transaction) throws -> Set<Int64> {
    Set(try tx.values("SELECT customer_id FROM customer_total WHERE customer_id IN \(in: customers)\(.skipLocked)"))
  }

  /// Waits for others who are writing orders of the same customers. A statement that waited for their totals in its midst
  /// would write what it had counted before theirs were there. SQLite has one writer at a time.
  private static func hold(_ customers: SQL, in tx: Transaction) throws {
    guard tx.engine == .postgres else { return }
    try tx.each("SELECT customer_id FROM customer_total WHERE \(customers) ORDER BY customer_id FOR UPDATE") { _ in }
  }

  private static func recount(_ customers: SQL, orders: SQL, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE customer_total SET
        order_count = sums.order_count, purchase_days = sums.purchase_days, quantity = sums.quantity,
        amount = sums.amount, cost = sums.cost, first_on = sums.first_on, last_on = sums.last_on,
        first_amount = sums.first_amount
      FROM (\(sums(where: orders))) AS sums
      WHERE sums.customer_id = customer_total.customer_id AND \(customers)
      """)
    try tx.run(
      """
      UPDATE customer_total SET order_count = 0, purchase_days = 0, quantity = 0, amount = 0, cost = 0,
        first_on = '', last_on = '', first_amount = 0
      WHERE order_count > 0 AND \(customers)
        AND NOT EXISTS (SELECT 1 FROM sales_order WHERE sales_order.customer_id = customer_total.customer_id)
      """)
  }

  /// That totals are of a class, or of none yet.
  /// - Parameter first: whether they may be found by it, and not only held to it.
  static func isOf(_ valueClass: ValueClass?, first: Bool = true) -> SQL {
    let column: SQL = "customer_total.value_class"
    return "\(first ? column : .notFirst(column)) = \(valueClass?.rawValue ?? "")"
  }

  /// Of which every row fulfils one. The index of amounts begins with the class, so that each class has their order.
  static let classes = [isOf(nil)] + ValueClass.allCases.map { isOf($0) }

  /// The ids of the largest, and their amounts.
  /// - Parameters:
  ///   - rows: totals in the order of ``classes`` and amounts, see ``SQL/walk(_:by:)``.
  ///   - condition: what else must hold.
  static func largest(_ count: Int, from rows: SQL, where condition: SQL = "1 = 1") -> SQL {
    .merged(
      classes.map { "SELECT customer_id, amount FROM \(rows) WHERE \($0) AND \(condition)" },
      "ORDER BY 2 DESC, 1 DESC", limit: count)
  }

  /// That totals are somebody's: walk-in customers are left out.
  static let areSomebodys: SQL =
    "customer_total.customer_id NOT IN (SELECT walk_in.id FROM customer AS walk_in WHERE walk_in.kind = 'walk_in')"

  /// What orders add up to by customer.
  static func sums(where orders: SQL) -> SQL {
    """
    SELECT customer_id, count(*) AS order_count,
      count(DISTINCT CASE WHEN \(Order.isPurchase) THEN ordered_on END) AS purchase_days,
      \(SQL.total("quantity")) AS quantity, \(SQL.total("base_amount")) AS amount,
      \(SQL.total("base_cost")) AS cost,
      coalesce(min(began), '') AS first_on,
      coalesce(max(CASE WHEN \(Order.isPurchase) THEN ordered_on END), '') AS last_on,
      \(SQL.total("CASE WHEN ordered_on = began AND \(Order.isPurchase) THEN base_amount ELSE 0 END")) AS first_amount
    FROM (
      SELECT *, min(CASE WHEN \(Order.isPurchase) THEN ordered_on END) OVER (PARTITION BY customer_id) AS began
      FROM sales_order WHERE \(orders)
    ) AS counted GROUP BY customer_id
    """
  }
}
