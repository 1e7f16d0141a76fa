import Foundation

/// Takes an `Encodable` value apart into columns and values.
final class RowEncoder: Encoder {
  typealias Cell = (column: String, value: Value)

  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]
  private var cells: [Cell] = []

  /// Every property in order, also those that are nil.
  static func cells(of value: some Encodable) throws -> [Cell] {
    let encoder = RowEncoder()
    try value.encode(to: encoder)
    return encoder.cells
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Cells<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { Refusal(what: "a list") }
  func singleValueContainer() -> any SingleValueEncodingContainer { Refusal(what: "a single value") }

  private struct Cells<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: RowEncoder
    let codingPath: [any CodingKey] = []

    private func put(_ value: Value, _ key: Key) { encoder.cells.append((key.stringValue.snakeCased, value)) }

    private func putIfPresent(_ given: (some Bindable)?, _ key: Key) { put(given?.value ?? .null, key) }

    mutating func encodeNil(forKey key: Key) { put(.null, key) }

    mutating func encode<Given: Encodable>(_ given: Given, forKey key: Key) throws {
      if let bindable = given as? any Bindable { return put(bindable.value, key) }
      let json = JSONEncoder()
      json.outputFormatting = .sortedKeys
      put(.text(String(decoding: try json.encode(given), as: UTF8.self)), key)
    }

    mutating func encodeIfPresent<Given: Encodable>(_ given: Given?, forKey key: Key) throws {
      if let given { try encode(given, forKey: key) } else { put(.null, key) }
    }

    mutating func encodeIfPresent(_ given: Bool?, forKey key: Key) throws { putIfPresent(given, key) }
    mutating func encodeIfPresent(_ given: String?, forKey key: Key) throws { putIfPresent(given, key) }
    mutating func encodeIfPresent(_ given: Double?, forKey key: Key) throws { putIfPresent(given, key) }
    mutating func encodeIfPresent(_ given: Float?, forKey key: Key) throws { putIfPresent(given, key) }
    mutating func encodeIfPresent(_ given: Int?, forKey key: Key) throws { putIfPresent(given, key) }
    mutating func encodeIfPresent(_ given: Int8?, forKey key: Key) throws { putIfPresent(given, key) }
    mutating func encodeIfPresent(_ given: Int16?, forKey key: Key) throws { putIfPresent(given, key) }
    mutating func encodeIfPresent(_ given: Int32?, forKey key: Key) throws { putIfPresent(given, key) }
    mutating func encodeIfPresent(_ given: Int64?, forKey key: Key) throws { putIfPresent(given, key) }
    mutating func encodeIfPresent(_ given: UInt8?, forKey key: Key) throws { putIfPresent(given, key) }
    mutating func encodeIfPresent(_ given: UInt16?, forKey key: Key) throws { putIfPresent(given, key) }
    mutating func encodeIfPresent(_ given: UInt32?, forKey key: Key) throws { putIfPresent(given, key) }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { KeyedEncodingContainer(Cells<Nested>(encoder: encoder)) }
    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      Refusal(what: "a nested list")
    }
    mutating func superEncoder() -> any Encoder { encoder }
    mutating func superEncoder(forKey key: Key) -> any Encoder { encoder }
  }
}

/// A record is flat; anything else is refused with a message instead of a trap.
private struct Refusal: UnkeyedEncodingContainer, SingleValueEncodingContainer {
  let what: String
  let codingPath: [any CodingKey] = []
  var count: Int { 0 }

  private var error: StoreError { .column("*", "a row cannot be written from \(what)") }

  mutating func encodeNil() throws { throw error }
  mutating func encode(_ given: some Encodable) throws { throw error }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> { RowEncoder().container(keyedBy: type) }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
  mutating func superEncoder() -> any Encoder { RowEncoder() }
}
