import Store

/// Orders that were wholly taken back soon after: neither they nor their returns are an occasion to buy, and their amounts
/// are none. `counterpart_id` of each is the other. Walk-in customers are left out: they have no occasions.
enum WholeReturns {
  /// Pairs the returns of some customers anew.
  /// - Parameter orders: on `customer_id`.
  /// - Returns: customers of whom other orders are paired than before.
  static func pair(where orders: SQL, in tx: Transaction) throws -> Set<Customer.ID> {
    var old: [Int64: Int64] = [:]
    var customers: [Int64: Customer.ID] = [:]
    try tx.each(
      "SELECT id, counterpart_id, customer_id FROM sales_order WHERE counterpart_id IS NOT NULL AND \(orders)"
    ) { row in
      old[row.integer(0)] = row.integer(1)
      customers[row.integer(0)] = try row[2]
    }
    let new = try pairs(where: orders, &customers, in: tx)
    let changed = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
    guard !changed.isEmpty else { return [] }
    try write(changed.map { ($0, new[$0]) }, in: tx)
    return Set(changed.compactMap { customers[$0] })
  }

  /// Customer by customer: their returns, and what they bought in those days for such an amount.
  private static func pairs(
    where orders: SQL, _ customers: inout [Int64: Customer.ID], in tx: Transaction
  ) throws -> [Int64: Int64] {
    let days = try tx.ask(Settings.stored).returnDays
    var pairs: [Int64: Int64] = [:]
    var entries: [ReturnPairs.Entry] = []
    var customer: Int64?
    func close() {
      if entries.contains(where: { $0.amount > 0 }) {
        pairs.merge(ReturnPairs.find(entries, within: days)) { first, _ in first }
      }
      entries.removeAll(keepingCapacity: true)
    }
    let returns: SQL = """
      \(.walk("sales_order", by: "sales_order_returned_by_customer"))
      WHERE \(Order.isReturnRow) AND amount < 0 AND \(orders)
        AND customer_id NOT IN (SELECT id FROM customer WHERE kind = 'walk_in')
      """
    try tx.each(
      """
      SELECT customer_id, id, ordered_on, amount, currency, outside_id FROM \(returns)
      UNION ALL
      SELECT bought.customer_id, bought.id, bought.ordered_on, bought.amount, bought.currency, bought.outside_id
      FROM (SELECT customer_id, min(ordered_on) AS first, max(ordered_on) AS last FROM \(returns) GROUP BY customer_id) AS span
      CROSS JOIN sales_order AS bought
      WHERE bought.customer_id = span.customer_id AND bought.ordered_on <= span.last
        AND bought.ordered_on >= \(.days(days, before: "span.first")) AND bought.amount > 0 AND bought.quantity >= 0
        AND EXISTS (SELECT 1 FROM sales_order AS back WHERE back.customer_id = bought.customer_id
          AND back.amount = -bought.amount AND (back.amount < 0 OR back.quantity < 0))
      ORDER BY 1
      """
    ) { row in
      if row.integer(0) != customer { close() }
      customer = row.integer(0)
      customers[row.integer(1)] = try row[0]
      let (day, number): (String, String?) = (try row[2], try row[5])
      entries.append(
        ReturnPairs.Entry(
          id: row.integer(1), day: Day(day)?.number ?? 0, amount: row.integer(3), currency: try row[4],
          number: number ?? ""))
    }
    close()
    return pairs
  }

  private static func write(_ pairs: [(order: Int64, counterpart: Int64?)], in tx: Transaction) throws {
    try tx.run("CREATE TEMPORARY TABLE IF NOT EXISTS paired_order (order_id BIGINT NOT NULL, counterpart BIGINT)")
    try tx.run(.empty("paired_order"))
    try tx.append(
      to: "paired_order", columns: ["order_id", "counterpart"],
      rows: pairs.lazy.map { [.integer($0.order), $0.counterpart.map { .integer($0) } ?? .null] })
    try tx.run(
      """
      UPDATE sales_order SET counterpart_id = paired_order.counterpart FROM paired_order
      WHERE sales_order.id = paired_order.order_id
      """)
  }
}

extension [OrderFact] {
  /// Without those that were wholly taken back, and their returns.
  func withoutWholeReturns(within days: Int) -> [OrderFact] {
    let byCustomer = Dictionary(grouping: indices, by: { self[$0].customer })
    var gone: Set<Int64> = []
    for places in byCustomer.values where places.contains(where: { self[$0].amount < 0 }) {
      let entries = places.filter { self[$0].amount < 0 || !self[$0].isReturn }.map { place in
        ReturnPairs.Entry(
          id: Int64(place), day: self[place].day.number, amount: self[place].amount, currency: "",
          number: self[place].number)
      }
      gone.formUnion(ReturnPairs.find(entries, within: days).keys)
    }
    return gone.isEmpty ? self : indices.filter { !gone.contains(Int64($0)) }.map { self[$0] }
  }
}
