import Foundation
import Store

/// One record an import has written, and what it was before; or many orders that it made one after the other.
struct ImportChange: Codable, Equatable, Sendable {
  enum Kind: String, Codable, CaseIterable, Sendable, Bindable {
    case product, field, tag, customer, contact, tagging, order
  }

  /// Why a record stayed when its import was undone.
  enum Reason: String, Codable, CaseIterable, Sendable, Bindable {
    case edited, hasOrders = "has_orders", hasNotes = "has_notes", hasContacts = "has_contacts", inUse = "in_use"
  }

  /// Of the first record.
  let position: Int64
  let kind: Kind
  let recordId: Int64
  /// The last of `records` orders; nil for a single record.
  var lastId: Int64?
  var records = 1
  /// JSON of the record as it was, nil when the import made it.
  var before: String?
  var kept: Reason?

  /// As many orders as one change stands for at most.
  static let mostOrders = 1_000

  /// As the columns of `import_change`.
  static let columns = ["import_id", "position", "kind", "record_id", "last_id", "records", "before", "kept"]

  func values(of id: Import.ID) -> [Value] {
    [
      id.value, position.value, kind.value, recordId.value, lastId?.value ?? .null, records.value,
      before?.value ?? .null, kept?.value ?? .null,
    ]
  }

  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// What the record was before.
  func earlier<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value? {
    try before.map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
  }
}

extension ImportPlan {
  /// Everything the plan writes, for undoing it. What refers to a record comes after it.
  func changes(from position: Int64) throws -> [ImportChange] {
    var changes: [ImportChange] = []
    var next = position
    func note(
      _ kind: ImportChange.Kind, _ record: Int64, lastId: Int64? = nil, records: Int = 1, _ before: String? = nil
    ) {
      changes.append(
        ImportChange(
          position: next, kind: kind, recordId: record, lastId: lastId, records: records, before: before))
      next += Int64(records)
    }
    for product in products { note(.product, product.id.raw) }
    for field in fields { note(.field, field.id.raw) }
    for tag in tags { note(.tag, tag.id.raw) }
    for customer in customers { note(.customer, customer.id.raw) }
    for change in changedCustomers { note(.customer, change.after.id.raw, try ImportChange.json(change.before)) }
    for contact in contacts { note(.contact, contact.id.raw) }
    for change in changedContacts { note(.contact, change.after.id.raw, try ImportChange.json(change.before)) }
    for tagging in taggings { note(.tagging, tagging.customer.raw, try ImportChange.json(tagging)) }
    for start in stride(from: 0, to: orders.count, by: ImportChange.mostOrders) {
      let made = orders[start..<min(start + ImportChange.mostOrders, orders.count)]
      // Ids are given in rising order.
      guard let first = made.first, let last = made.last else { continue }
      note(.order, first.order.id.raw, lastId: last.order.id.raw, records: made.count)
    }
    for change in changedOrders { note(.order, change.after.order.id.raw, try ImportChange.json(change.before)) }
    return changes
  }
}
