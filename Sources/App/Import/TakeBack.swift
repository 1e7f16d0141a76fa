import Store

/// Undoes some changes of an import within one transaction.
struct TakeBack {
  /// When the import wrote: records written later were changed since.
  let stamp: Instant
  /// Changes that were not undone, with the reason.
  private var kept: [ImportChange] = []
  /// Customers whose orders changed, and those to be found by other words.
  private var buyers: Set<Int64> = []
  private var renamed: Set<Int64> = []

  init(stamp: Instant) { self.stamp = stamp }

  /// - Parameter changes: the last first. What refers to a record was written after it.
  mutating func all(_ changes: [ImportChange], in tx: Transaction) throws {
    func of(_ kind: ImportChange.Kind) -> [ImportChange] { changes.filter { $0.kind == kind } }
    try orders(try of(.order).flatMap { try each($0, in: tx) }, in: tx)
    try taggings(of(.tagging), in: tx)
    try contacts(of(.contact), in: tx)
    try customers(of(.customer), in: tx)
    try tags(of(.tag), in: tx)
    try fields(of(.field), in: tx)
    try products(of(.product), in: tx)
    try Totals.recount(buyers.sorted().map(Customer.ID.init), in: tx)
    try Customer.index(renamed.sorted().map(Customer.ID.init), in: tx)
  }

  /// Forgets what was undone and notes what was not.
  func settle(_ changes: [ImportChange], of id: Import.ID, in tx: Transaction) throws {
    try tx.run("DELETE FROM import_change WHERE import_id = \(id) AND position IN \(in: changes.map(\.position))")
    try tx.append(to: "import_change", columns: ImportChange.columns, rows: kept.lazy.map { $0.values(of: id) })
  }

  private mutating func keep(_ changes: [ImportChange], _ reason: ImportChange.Reason) {
    kept += changes.map { change in
      var change = change
      change.kept = reason
      return change
    }
  }

  /// The orders that one change stands for, as far as they are still there.
  private func each(_ change: ImportChange, in tx: Transaction) throws -> [ImportChange] {
    guard let lastId = change.lastId else { return [change] }
    let ids: [Int64] = try tx.values(
      "SELECT id FROM sales_order WHERE id BETWEEN \(change.recordId) AND \(lastId) AND created_at = \(stamp) ORDER BY id"
    )
    return ids.enumerated().map { offset, id in
      ImportChange(position: change.position + Int64(offset), kind: .order, recordId: id)
    }
  }

  /// Leaves out what is gone, and keeps what was written since. The rest nobody else writes from here on.
  private mutating func untouched(
    _ changes: [ImportChange], table: SQL, in tx: Transaction
  ) throws -> [ImportChange] {
    var written: [Int64: Instant] = [:]
    let ids = changes.map(\.recordId)
    guard !ids.isEmpty else { return [] }
    try tx.each("SELECT id, updated_at FROM \(table) WHERE id IN \(in: ids) ORDER BY id\(.locking(table))") {
      written[try $0[0]] = try $0[1]
    }
    keep(changes.filter { written[$0.recordId].map { $0 != stamp } ?? false }, .edited)
    return changes.filter { written[$0.recordId] == stamp }
  }

  /// Keeps those that something else refers to.
  private mutating func free(
    _ changes: [ImportChange], unless reason: ImportChange.Reason, _ column: SQL, _ table: SQL, in tx: Transaction
  ) throws -> [ImportChange] {
    let ids = changes.map(\.recordId)
    guard !ids.isEmpty else { return [] }
    let used: Set<Int64> = Set(
      try tx.values("SELECT DISTINCT \(column) FROM \(table) WHERE \(column) IN \(in: ids)"))
    keep(changes.filter { used.contains($0.recordId) }, reason)
    return changes.filter { !used.contains($0.recordId) }
  }

  private mutating func orders(_ changes: [ImportChange], in tx: Transaction) throws {
    let changes = try untouched(changes, table: "sales_order", in: tx)
    guard !changes.isEmpty else { return }
    let made = changes.filter { $0.before == nil }.map { Order.ID(raw: $0.recordId) }
    var images = try changes.compactMap { try $0.earlier(as: OrderImage.self) }
    let customers: Set<Customer.ID> = Set(
      try tx.values("SELECT id FROM customer WHERE id IN \(in: images.map(\.order.customerId))"))
    let homeless = Set(images.map(\.order).filter { !customers.contains($0.customerId) }.map(\.id.raw))
    keep(changes.filter { homeless.contains($0.recordId) }, .inUse)
    images.removeAll { homeless.contains($0.order.id.raw) }
    let old = try SalesLedger.takeOut(made + images.map(\.order.id), in: tx)
    try tx.run("DELETE FROM sales_order WHERE id IN \(in: made)")
    images = try images.filter { image in
      guard try tx.update(image.order) else { return false }
      try tx.run("DELETE FROM sales_order_line WHERE order_id = \(image.order.id)")
      try tx.insert(all: image.lines)
      return true
    }
    try SalesLedger.add(images.map(\.order), in: tx)
    buyers.formUnion((old + images.map(\.order)).map(\.customerId.raw))
  }

  private func taggings(_ changes: [ImportChange], in tx: Transaction) throws {
    for change in changes {
      guard let tagging = try change.earlier(as: ImportPlan.Tagging.self) else { continue }
      try Tag.take(tagging.tag, off: tagging.customer, in: tx)
    }
  }

  private mutating func contacts(_ changes: [ImportChange], in tx: Transaction) throws {
    let changes = try untouched(changes, table: "contact", in: tx)
    let ids = changes.map(\.recordId)
    renamed.formUnion(try tx.values("SELECT DISTINCT customer_id FROM contact WHERE id IN \(in: ids)", as: Int64.self))
    let made = changes.filter { $0.before == nil }.map(\.recordId)
    try tx.run("DELETE FROM contact WHERE id IN \(in: made)")
    for change in changes { if let before = try change.earlier(as: Contact.self) { try tx.update(before) } }
  }

  private mutating func customers(_ changes: [ImportChange], in tx: Transaction) throws {
    let changes = try untouched(changes, table: "customer", in: tx)
    for change in changes {
      guard let before = try change.earlier(as: Customer.self) else { continue }
      try tx.update(before)
      renamed.insert(change.recordId)
    }
    var made = changes.filter { $0.before == nil }
    made = try free(made, unless: .hasOrders, "customer_id", "sales_order", in: tx)
    made = try free(made, unless: .hasNotes, "customer_id", "note", in: tx)
    made = try free(made, unless: .hasContacts, "customer_id", "contact", in: tx)
    let ids = made.map(\.recordId)
    try tx.run("DELETE FROM customer WHERE id IN \(in: ids)")
    try tx.unindex(ids)
    buyers.subtract(ids)
    renamed.subtract(ids)
  }

  private mutating func tags(_ changes: [ImportChange], in tx: Transaction) throws {
    let ids = try free(changes, unless: .inUse, "tag_id", "customer_tag", in: tx).map(\.recordId)
    try tx.run("DELETE FROM tag WHERE id IN \(in: ids)")
  }

  private mutating func fields(_ changes: [ImportChange], in tx: Transaction) throws {
    for change in changes {
      let id = CustomField.ID(raw: change.recordId)
      if try CustomField.isUsed(id, in: tx) { keep([change], .inUse) } else { try tx.delete(CustomField.self, id) }
    }
  }

  private mutating func products(_ changes: [ImportChange], in tx: Transaction) throws {
    let untouched = try untouched(changes, table: "product", in: tx)
    let ids = try free(untouched, unless: .inUse, "product_id", "sales_order_line", in: tx).map(\.recordId)
    try tx.run("DELETE FROM product WHERE id IN \(in: ids)")
    try tx.unindex(ids)
  }
}
