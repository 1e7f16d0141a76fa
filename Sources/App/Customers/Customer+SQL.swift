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

  /// With the name of who looks after it.
  static func valued(_ id: ID, _ access: Access) -> Question<(ValuedCustomer, owner: String)?> {
    Question<[(ValuedCustomer, owner: String)]>.map(
      """
      SELECT (SELECT name FROM app_user WHERE app_user.id = owner_id) AS owner_name, customer.*, customer_total.*
      FROM \(SQL.customersWithTotals) WHERE customer.id = \(id) AND \(access.customers)
      """
    ) { row in
      let owner: String? = try row[0]
      return (try row.record(), owner ?? "")
    }
    .then(\.first)
  }

  /// Customers with the same phone or the same name: perhaps the same one.
  static func lookalikes(
    name: String, phones: [PhoneNumber], except id: ID?, _ access: Access, in tx: Transaction
  ) throws -> [Customer] {
    var same: [SQL] = name.isEmpty ? [] : ["customer.sort_name IN \(in: Pinyin.sortKeys(name))"]
    for phone in phones.prefix(4) {
      guard let query = SearchQuery(of: phone.key) else { continue }
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
}
