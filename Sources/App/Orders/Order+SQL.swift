import Store

extension Order {
  static func find(_ id: ID, _ access: Access, in tx: Transaction) throws -> Order? {
    try tx.first(
      """
      SELECT sales_order.* FROM sales_order JOIN customer ON customer.id = sales_order.customer_id
      WHERE sales_order.id = \(id) AND \(access.customers)
      """)
  }

  func lines(in tx: Transaction) throws -> [OrderLine] {
    try tx.all("SELECT * FROM sales_order_line WHERE order_id = \(id) ORDER BY position, id")
  }

  /// The import that brought it, if one did that may be seen: an import writes all its orders as of the time it was started.
  func origin(_ access: Access, in tx: Transaction) throws -> OrderView.Origin? {
    try tx.first(
      """
      SELECT id AS import_id, file_name FROM import
      WHERE started_at = \(createdAt) AND kind = 'orders' AND \(access.imports)
      """)
  }

  /// Writes a new order with its lines, and its customer's totals with it.
  func insert(with lines: [OrderLine], in tx: Transaction) throws {
    try tx.insert(self)
    try tx.insert(all: lines)
    try SalesLedger.add([self], in: tx)
    try Totals.recount([customerId], in: tx)
  }

  /// Writes an order anew with these lines in place of its old ones.
  func update(with lines: [OrderLine], in tx: Transaction) throws {
    let old = try SalesLedger.takeOut([id], in: tx)
    guard try tx.update(self) else { throw StoreError.conflict("the order was deleted") }
    try tx.run("DELETE FROM sales_order_line WHERE order_id = \(id)")
    try tx.insert(all: lines)
    try SalesLedger.add([self], in: tx)
    try Totals.recount([customerId] + old.map(\.customerId), in: tx)
  }

  func delete(in tx: Transaction) throws {
    let old = try SalesLedger.takeOut([id], in: tx)
    try tx.delete(Order.self, id)
    try Totals.recount(old.map(\.customerId), in: tx)
  }
}
