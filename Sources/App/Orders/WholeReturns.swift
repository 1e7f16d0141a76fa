import Store

/// Orders that were wholly taken back soon after: neither they nor their returns are an occasion to buy, and their amounts
/// are none. `counterpart_id` of each is the other.
enum WholeReturns {
  /// A return, and the purchases that may be what it takes back, the latest first.
  struct Candidate: Equatable, Sendable {
    let id: Int64
    let number: String
    var purchases: [(id: Int64, number: String)] = []

    static func == (a: Self, b: Self) -> Bool { a.id == b.id }
  }

  /// Which purchase each return takes back: the one whose number it has, else the latest that nobody took back.
  /// - Parameter returns: the first that came back first.
  static func pairs(_ returns: [Candidate]) -> [Int64: Int64] {
    var pairs: [Int64: Int64] = [:]
    var taken: Set<Int64> = []
    func pair(_ back: Candidate, where fits: (String) -> Bool) {
      guard pairs[back.id] == nil,
        let purchase = back.purchases.first(where: { !taken.contains($0.id) && fits($0.number) })
      else { return }
      pairs[back.id] = purchase.id
      taken.insert(purchase.id)
    }
    for back in returns where !back.number.isEmpty { pair(back) { "\($0)-R" == back.number } }
    for back in returns { pair(back) { _ in true } }
    return pairs
  }

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
    var new: [Int64: Int64] = [:]
    for (back, purchase) in pairs(try candidates(where: orders, &customers, in: tx)) {
      (new[back], new[purchase]) = (purchase, back)
    }
    let changed = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
    guard !changed.isEmpty else { return [] }
    try write(changed.map { ($0, new[$0]) }, in: tx)
    return Set(changed.compactMap { customers[$0] })
  }

  private static func candidates(
    where orders: SQL, _ customers: inout [Int64: Customer.ID], in tx: Transaction
  ) throws -> [Candidate] {
    let days = try tx.ask(Settings.stored).returnDays
    var found: [Candidate] = []
    try tx.each(
      """
      SELECT back.id, back.customer_id, coalesce(back.outside_id, ''), bought.id, coalesce(bought.outside_id, '')
      FROM (SELECT * FROM \(.walk("sales_order", by: "sales_order_returned_by_customer"))
        WHERE \(Order.isReturnRow) AND \(orders)) AS back
      CROSS JOIN sales_order AS bought
      WHERE back.amount < 0 AND bought.customer_id = back.customer_id AND bought.ordered_on <= back.ordered_on
        AND bought.ordered_on >= \(.days(days, before: "back.ordered_on")) AND bought.amount = -back.amount
        AND bought.currency = back.currency AND bought.quantity >= 0
      ORDER BY back.ordered_on, back.id, bought.ordered_on DESC, bought.id DESC
      """
    ) { row in
      let (back, purchase) = (row.integer(0), row.integer(3))
      if found.last?.id != back { found.append(Candidate(id: back, number: try row[2])) }
      found[found.count - 1].purchases.append((purchase, try row[4]))
      customers[back] = try row[1]
      customers[purchase] = try row[1]
    }
    return found
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
    var gone: Set<Int> = []
    for places in byCustomer.values where places.contains(where: { self[$0].amount < 0 }) {
      let later = places.sorted { (self[$0].day, $0) > (self[$1].day, $1) }
      let returns = later.reversed().filter { self[$0].amount < 0 }.map { back in
        WholeReturns.Candidate(
          id: Int64(back), number: self[back].number,
          purchases: later.filter { place in
            let (bought, returned) = (self[place], self[back])
            return !bought.isReturn && bought.amount == -returned.amount && bought.day <= returned.day
              && bought.day >= returned.day.adding(days: -days)
          }.map { (Int64($0), self[$0].number) })
      }
      for (back, purchase) in WholeReturns.pairs(returns) { gone.formUnion([Int(back), Int(purchase)]) }
    }
    return gone.isEmpty ? self : indices.filter { !gone.contains($0) }.map { self[$0] }
  }
}
