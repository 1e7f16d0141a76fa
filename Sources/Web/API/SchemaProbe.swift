/// A decoder that gives every property something harmless and writes down what was asked for.
final class SchemaProbe: Decoder {
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]
  fileprivate let depth: Int
  fileprivate(set) var found: Schema = .anything

  private init(depth: Int) { self.depth = depth }

  static func schema<Model: Decodable>(of type: Model.Type, depth: Int) -> Schema {
    probe(type, depth: depth).schema
  }

  /// The schema of a type, and a value of it where one could be made.
  fileprivate static func probe<Model: Decodable>(_ type: Model.Type, depth: Int) -> (schema: Schema, value: Model?) {
    if let leaf = leaf(type) { return (leaf.schema, leaf.value as? Model) }
    let probe = SchemaProbe(depth: depth)
    let value = depth < 12 ? try? Model(from: probe) : nil
    if let described = type as? any SchemaDescribed.Type { return (described.schema, value) }
    if let cases = (type as? any CaseIterable.Type).map(names(of:)), !cases.isEmpty {
      return (.text(of: cases), (type as? any CaseIterable.Type)?.first as? Model)
    }
    return (probe.found, value)
  }

  private static func leaf(_ type: any Any.Type) -> (schema: Schema, value: Any)? {
    switch type {
    case is String.Type: (.text(), "")
    case is Bool.Type: (.boolean, false)
    case is Double.Type: (.number, 0.0)
    case is Int.Type: (.integer, 0)
    case is Int64.Type: (.integer, Int64(0))
    case is Int32.Type: (.integer, Int32(0))
    case is UInt8.Type: (.integer, UInt8(0))
    default: nil
    }
  }

  /// The raw names of an enumeration of texts.
  private static func names(of type: any CaseIterable.Type) -> [String] {
    func names<Cases: CaseIterable>(_ type: Cases.Type) -> [String] {
      type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    }
    return names(type)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    if case .object = found {} else { found = .object([]) }
    return KeyedDecodingContainer(Keys<Key>(probe: self))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer { Elements(probe: self) }
  func singleValueContainer() -> any SingleValueDecodingContainer { One(probe: self) }

  fileprivate func note(_ name: String, _ schema: Schema, isRequired: Bool) {
    guard case .object(let properties) = found else { return }
    found = .object(properties + [.init(name: name, schema: schema, isRequired: isRequired)])
  }
}

extension CaseIterable {
  fileprivate static var first: Self? { allCases.first }
}

private struct NoSample: Error {}

private struct Keys<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let probe: SchemaProbe
  var codingPath: [any CodingKey] { [] }
  /// One unnamed key tells dictionaries, which ask for all keys, from structures, which ask by name.
  var allKeys: [Key] { Key(stringValue: "").map { [$0] } ?? [] }

  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) -> Bool { false }

  func decode<Model: Decodable>(_ type: Model.Type, forKey key: Key) throws -> Model {
    try sample(type, key, isRequired: true)
  }

  func decodeIfPresent<Model: Decodable>(_ type: Model.Type, forKey key: Key) throws -> Model? {
    try? sample(type, key, isRequired: false)
  }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try sample(type, key, isRequired: false)
  }
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try sample(type, key, isRequired: false) }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try sample(type, key, isRequired: false)
  }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try sample(type, key, isRequired: false) }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
    try sample(type, key, isRequired: false)
  }

  private func sample<Model: Decodable>(_ type: Model.Type, _ key: Key, isRequired: Bool) throws -> Model {
    let (schema, value) = SchemaProbe.probe(type, depth: probe.depth + 1)
    if key.stringValue.isEmpty {
      probe.found = .map(schema)
    } else {
      probe.note(key.wireName, schema, isRequired: isRequired)
    }
    guard let value else { throw NoSample() }
    return value
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { throw NoSample() }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw NoSample() }
  func superDecoder() throws -> any Decoder { throw NoSample() }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw NoSample() }
}

private struct Elements: UnkeyedDecodingContainer {
  let probe: SchemaProbe
  var codingPath: [any CodingKey] { [] }
  var count: Int? { 1 }
  var currentIndex = 0
  var isAtEnd: Bool { currentIndex > 0 }

  init(probe: SchemaProbe) { self.probe = probe }

  mutating func decodeNil() -> Bool { false }
  mutating func decode<Model: Decodable>(_ type: Model.Type) throws -> Model {
    currentIndex += 1
    let (schema, value) = SchemaProbe.probe(type, depth: probe.depth + 1)
    probe.found = .list(schema)
    guard let value else { throw NoSample() }
    return value
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> { throw NoSample() }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NoSample() }
  mutating func superDecoder() throws -> any Decoder { throw NoSample() }
}

private struct One: SingleValueDecodingContainer {
  let probe: SchemaProbe
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { false }
  func decode<Model: Decodable>(_ type: Model.Type) throws -> Model {
    let (schema, value) = SchemaProbe.probe(type, depth: probe.depth + 1)
    probe.found = schema
    guard let value else { throw NoSample() }
    return value
  }
}
