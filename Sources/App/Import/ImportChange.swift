import Foundation
import Store

/// One record an import has written, and what it was before.
struct ImportChange: Codable, Equatable, Sendable {
  enum Kind: String, Codable, CaseIterable, Sendable, Bindable {
    case product, tag, customer, contact, tagging, order
  }

  /// Why a record stayed when its import was undone.
  enum Reason: String, Codable, CaseIterable, Sendable, Bindable {
    case edited, hasOrders = "has_orders", hasNotes = "has_notes", hasContacts = "has_contacts", inUse = "in_use"
  }

  let position: Int64
  let kind: Kind
  let recordId: Int64
  /// JSON of the record as it was, nil when the import made it.
  let before: String?

  /// As the columns of `import_change`.
  static let columns = ["import_id", "position", "kind", "record_id", "before"]

  static func json(_ value: some Encodable) throws -> Value {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return .text(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// What the record was before.
  func earlier<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value? {
    try before.map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
  }
}

extension ImportPlan {
  /// Everything the plan writes, for undoing it. What refers to a record comes after it.
  func changes(of id: Import.ID, from position: Int64) throws -> [[Value]] {
    var rows: [[Value]] = []
    func note(_ kind: ImportChange.Kind, _ record: Int64, _ before: Value = .null) {
      rows.append([id.value, .integer(position + Int64(rows.count)), kind.value, .integer(record), before])
    }
    for product in products { note(.product, product.id.raw) }
    for tag in tags { note(.tag, tag.id.raw) }
    for customer in customers { note(.customer, customer.id.raw) }
    for change in changedCustomers { note(.customer, change.after.id.raw, try ImportChange.json(change.before)) }
    for contact in contacts { note(.contact, contact.id.raw) }
    for change in changedContacts { note(.contact, change.after.id.raw, try ImportChange.json(change.before)) }
    for tagging in taggings { note(.tagging, tagging.customer.raw, try ImportChange.json(tagging)) }
    for order in orders { note(.order, order.order.id.raw) }
    for change in changedOrders { note(.order, change.after.order.id.raw, try ImportChange.json(change.before)) }
    return rows
  }
}
