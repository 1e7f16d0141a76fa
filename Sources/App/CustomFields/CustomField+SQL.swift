import Store

extension CustomField {
  /// The oldest first.
  static var all: Question<[CustomField]> { .all("SELECT * FROM customer_field ORDER BY id") }

  static func find(_ id: ID, in tx: Transaction) throws -> CustomField? {
    try tx.first("SELECT * FROM customer_field WHERE id = \(id)")
  }

  /// Customers that have something in it. Looks at all of them.
  static func holders(of id: ID, _ access: Access, in tx: Transaction) throws -> Int {
    try tx.value("SELECT count(*) FROM customer WHERE \(FieldValues.holding(id)) AND \(access.customers)") ?? 0
  }

  static func isUsed(_ id: ID, in tx: Transaction) throws -> Bool {
    try tx.exists("SELECT 1 FROM customer WHERE \(FieldValues.holding(id))")
  }

  /// Takes its values from some of the customers that have any after a given one.
  /// - Returns: the last of these customers; nil when none is left.
  static func drop(
    _ id: ID, after last: Customer.ID, limit: Int, in tx: Transaction
  ) throws -> Customer.ID? {
    // Nobody else writes them meanwhile.
    let held: SQL = tx.engine == .postgres ? " FOR UPDATE" : .nothing
    let rows: [(Customer.ID, FieldValues)] = try tx.map(
      "SELECT id, more FROM customer WHERE id > \(last) AND \(FieldValues.holding(id)) ORDER BY id LIMIT \(limit)\(held)"
    ) { (try $0[0], try $0[1]) }
    for (customer, values) in rows {
      var values = values
      values[id] = ""
      // Nobody has edited the customer: imports that changed it can still be taken back.
      try tx.run("UPDATE customer SET more = \(values) WHERE id = \(customer)")
    }
    try Customer.index(rows.map(\.0), in: tx)
    return rows.last?.0
  }
}
