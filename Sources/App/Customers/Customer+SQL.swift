import Store

extension SQL {
  /// Rows of ``ValuedCustomer``.
  static let customersWithTotals: SQL =
    "customer JOIN customer_total ON customer_total.customer_id = customer.id"
}

extension Customer {
  /// Adds customers, who have no orders yet.
  static func add(_ customers: [Customer], in tx: Transaction) throws {
    try tx.insert(all: customers)
    try Totals.begin(customers.map(\.id), in: tx)
  }

  static func find(_ id: ID, _ access: Access, in tx: Transaction) throws -> Customer? {
    try tx.first("SELECT customer.* FROM customer WHERE id = \(id) AND \(access.customers)")
  }

  static func valued(_ id: ID, _ access: Access) -> Question<ValuedCustomer?> {
    .first("SELECT * FROM \(SQL.customersWithTotals) WHERE id = \(id) AND \(access.customers)")
  }

  /// Customers with the same phone or the same name: perhaps the same one.
  static func lookalikes(
    name: String, phones: [String], except id: ID?, _ access: Access, in tx: Transaction
  ) throws -> [Customer] {
    var same: [SQL] = name.isEmpty ? [] : ["customer.sort_name = \(Pinyin.sortKey(name))"]
    for phone in phones.prefix(4) {
      guard let query = SearchQuery(phone) else { continue }
      same.append("customer.id IN \(SQL.matching(query))")
    }
    guard !same.isEmpty else { return [] }
    return try tx.all(
      """
      SELECT customer.* FROM \(SQL.customersWithTotals) WHERE (\(same.joined(" OR "))) AND id <> \(id?.raw ?? 0)
      AND \(access.customers) ORDER BY amount DESC, id LIMIT 5
      """)
  }

  /// Removes a customer without orders, with its contacts, tags and notes.
  /// - Returns: false when orders are in the way.
  func remove(in tx: Transaction) throws -> Bool {
    guard try !tx.exists("SELECT 1 FROM sales_order WHERE customer_id = \(id)") else { return false }
    try tx.unindex([id.raw])
    return try tx.delete(Customer.self, id)
  }

  /// The name of who looks after a customer.
  static func owner(of id: ID) -> Question<String?> {
    .value(
      "SELECT app_user.name FROM customer JOIN app_user ON app_user.id = customer.owner_id WHERE customer.id = \(id)")
  }

  /// Sums of the months in which anything was ordered, by `YYYY-MM`.
  static func months(of id: ID, since month: String) -> Question<[String: Int64]> {
    Question<[(String, Int64)]>.map(
      """
      SELECT substr(ordered_on, 1, 7), \(SQL.total("base_amount")) FROM sales_order
      WHERE customer_id = \(id) AND ordered_on >= \(month) GROUP BY substr(ordered_on, 1, 7)
      """
    ) { (try $0[0], try $0[1]) }
    .then { Dictionary($0, uniquingKeysWith: +) }
  }
}
