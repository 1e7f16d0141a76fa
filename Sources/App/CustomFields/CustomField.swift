import Foundation
import Store

/// A field of customers that the firm made for itself; its values are texts.
struct CustomField: Record, Identifiable, Equatable {
  typealias ID = Store.ID<CustomField>

  static let table = "customer_field"
  static let nameLimit = 40
  static let valueLimit = 1_000
  /// As many as a form can show.
  static let most = 100

  let id: ID
  var name: String
  let createdAt: Instant
  let createdBy: User.ID?
  /// Nil while it has the name it was made with.
  var updatedAt: Instant?
  var updatedBy: User.ID?

  var version: Instant { updatedAt ?? createdAt }

  /// Whether it goes by a name, however that is spelt: two fields of such names could not be told apart.
  func isNamed(_ other: String) -> Bool { Self.key(name) == Self.key(other) }

  static func key(_ name: String) -> String { name.halfWidth.lowercased().trimmed }
}

/// What a customer has in the firm's own fields. Those of a field that is no more mean nothing.
struct FieldValues: Equatable, Sendable {
  /// By the field's id; without the empty ones.
  private var texts: [String: String] = [:]

  var isEmpty: Bool { texts.isEmpty }

  subscript(_ field: CustomField.ID) -> String {
    get { texts[field.description] ?? "" }
    set { texts[field.description] = newValue.isEmpty ? nil : newValue }
  }

  /// Those of some fields, in their order.
  func filled(of fields: [CustomField]) -> [(name: String, value: String)] {
    fields.map { ($0.name, self[$0.id]) }.filter { !$0.1.isEmpty }
  }

  /// Customers with something in a field. Nothing else in the column reads like a key.
  static func holding(_ field: CustomField.ID) -> SQL { "customer.more LIKE \("%\"\(field)\":%")" }
}

extension FieldValues: Codable {
  init(from decoder: any Decoder) throws { texts = try decoder.singleValueContainer().decode([String: String].self) }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(texts)
  }
}

extension KeyedDecodingContainer {
  /// Customers kept as JSON before there were such fields have none.
  func decode(_ type: FieldValues.Type, forKey key: Key) throws -> FieldValues {
    try decodeIfPresent(type, forKey: key) ?? FieldValues()
  }
}

/// A column holds JSON; that of nearly all customers is read without parsing.
extension FieldValues: Bindable {
  private static let none = "{}"

  var value: Value {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard !isEmpty, let json = try? encoder.encode(texts) else { return .text(Self.none) }
    return .text(String(decoding: json, as: UTF8.self))
  }

  init?(value: Value) {
    guard case .text(let json) = value else { return nil }
    if json == Self.none { return }
    guard let texts = try? JSONDecoder().decode([String: String].self, from: Data(json.utf8)) else { return nil }
    self.texts = texts
  }
}
