import Store
import Web

/// The records an import has changed, as they were and as they are, in the order it came to them.
struct ImportChangeList: Codable, Equatable, Sendable {
  let id: Import.ID
  let fileName: String
  let records: [ChangedRecord]
  /// Where the next of them begin; nil at the end.
  let next: Int64?

  static let limit = 50

  static func read(
    _ id: Import.ID, from position: Int64, _ access: Access, in tx: Transaction
  ) throws -> ImportChangeList {
    let record = try Import.found(id, access, in: tx)
    var changes: [ImportChange] = try tx.all(
      """
      SELECT position, kind, record_id, last_id, records, before, kept FROM import_change
      WHERE import_id = \(id) AND position >= \(position) AND before IS NOT NULL
        AND kind IN ('customer', 'contact', 'order')
      ORDER BY position LIMIT \(limit + 1)
      """)
    let next = changes.count > limit ? changes.removeLast().position : nil
    let present = try PresentRecords(changes, in: tx)
    return ImportChangeList(
      id: id, fileName: record.fileName,
      records: try changes.compactMap { try present.changed($0, by: record.startedAt) }.filter { !$0.values.isEmpty },
      next: next)
  }
}

/// What changed records say now.
private struct PresentRecords {
  private var customers: [Int64: Customer] = [:]
  private var contacts: [Int64: Contact] = [:]
  private var orders: [Int64: OrderImage] = [:]
  private var names = NamesOfIDs()

  init(_ changes: [ImportChange], in tx: Transaction) throws {
    func ids(_ kind: ImportChange.Kind) -> [Int64] { changes.filter { $0.kind == kind }.map(\.recordId) }
    for customer: Customer in try tx.all("SELECT * FROM customer WHERE id IN \(in: ids(.customer))") {
      customers[customer.id.raw] = customer
    }
    for contact: Contact in try tx.all("SELECT * FROM contact WHERE id IN \(in: ids(.contact))") {
      contacts[contact.id.raw] = contact
    }
    let lines: [OrderLine] = try tx.all(
      "SELECT * FROM sales_order_line WHERE order_id IN \(in: ids(.order)) ORDER BY order_id, position, id")
    let byOrder = Dictionary(grouping: lines, by: \.orderId)
    for order: Order in try tx.all("SELECT * FROM sales_order WHERE id IN \(in: ids(.order))") {
      orders[order.id.raw] = OrderImage(order: order, lines: byOrder[order.id] ?? [])
    }
    let before = try changes.filter { $0.kind == .customer }.compactMap { try $0.earlier(as: Customer.self) }
    let ordersBefore = try changes.filter { $0.kind == .order }.compactMap { try $0.earlier(as: OrderImage.self) }
    names = try NamesOfIDs(before + customers.values, ordersBefore + orders.values, in: tx)
    names.fields = try tx.ask(CustomField.all)
  }

  /// Nil when the record is gone.
  func changed(_ change: ImportChange, by stamp: Instant?) throws -> ChangedRecord? {
    switch change.kind {
    case .customer:
      guard let now = customers[change.recordId], let before: Customer = try change.earlier() else { return nil }
      return ChangedRecord(before, now, names).edited(now.updatedAt != stamp)
    case .contact:
      guard let now = contacts[change.recordId], let before: Contact = try change.earlier() else { return nil }
      return ChangedRecord(before, now).edited(now.updatedAt != stamp)
    case .order:
      guard let now = orders[change.recordId], let before: OrderImage = try change.earlier() else { return nil }
      return ChangedRecord(before, now, names).edited(now.order.updatedAt != stamp)
    case .product, .field, .tag, .tagging: return nil
    }
  }
}

extension ChangedRecord {
  fileprivate func edited(_ isEdited: Bool) -> ChangedRecord {
    var record = self
    record.isEditedSince = isEdited
    return record
  }
}
