import Foundation

/// Makes a `Decodable` value from one row, columns found by name.
struct RowDecoder: Decoder {
  let row: Row
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  init(_ row: Row) { self.row = row }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Cells<Key>(row: row))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw mismatch("a list") }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw mismatch("a single value") }

  private func mismatch(_ what: String) -> StoreError { .column("*", "a row cannot be read as \(what)") }

  private struct Cells<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let row: Row
    let codingPath: [any CodingKey] = []
    var allKeys: [Key] { row.rows.columns.names.compactMap(Key.init(stringValue:)) }

    private func cell(_ key: Key) -> Value? {
      row.rows.columns.position(of: key.stringValue).map(row.rows.value(at:))
    }

    func contains(_ key: Key) -> Bool { cell(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { cell(key) == nil || cell(key) == .null }

    func decode<Wanted: Decodable>(_ type: Wanted.Type, forKey key: Key) throws -> Wanted {
      guard let value = cell(key) else { throw error(key, "is not in the answer") }
      if let bindable = row.rows.columns.bindable(type) {
        guard let wanted = bindable.init(value: value) as? Wanted else {
          throw error(key, "\(value) is not a \(type)")
        }
        return wanted
      }
      guard case .text(let json) = value else { throw error(key, "\(value) is not JSON") }
      return try JSONDecoder().decode(type, from: Data(json.utf8))
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try bound(key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try bound(key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try bound(key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try bound(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try bound(key) }

    private func bound<Wanted: Bindable>(_ key: Key) throws -> Wanted {
      guard let value = cell(key) else { throw error(key, "is not in the answer") }
      guard let wanted = Wanted(value: value) else { throw error(key, "\(value) is not a \(Wanted.self)") }
      return wanted
    }

    private func error(_ key: Key, _ what: String) -> StoreError { .column(key.stringValue.snakeCased, what) }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw nested(key) }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw nested(key) }
    func superDecoder() throws -> any Decoder { throw StoreError.column("*", "records have no super class") }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw nested(key) }

    private func nested(_ key: Key) -> StoreError {
      .column(key.stringValue, "nested values are kept as JSON")
    }
  }
}
