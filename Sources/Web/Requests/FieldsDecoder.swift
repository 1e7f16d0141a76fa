import Foundation

/// Makes a `Decodable` value from fields. `lines[0][amount]` nests, a name given more than once is a list,
/// an empty text is nil where the value is optional.
struct FieldsDecoder {
  /// - Throws: ``Problems`` naming the field that does not fit.
  static func decode<Wanted: Decodable>(_ type: Wanted.Type, from fields: Fields) throws -> Wanted {
    try Wanted(from: NodeDecoder(node: .tree(of: fields), codingPath: []))
  }
}

/// Fields as a tree.
private indirect enum Node {
  case texts([String])
  case object([String: Node])

  static func tree(of fields: Fields) -> Node {
    fields.pairs.reduce(Node.object([:])) { tree, pair in
      tree.adding(pair.value, at: path(pair.name)[...])
    }
  }

  /// `lines[0][amount]` → lines, 0, amount; at most eight deep.
  private static func path(_ name: String) -> [String] {
    name.split(separator: "[").prefix(8).map { String($0.hasSuffix("]") ? $0.dropLast() : $0) }
  }

  private func adding(_ value: String, at path: ArraySlice<String>) -> Node {
    guard let name = path.first else {
      if case .texts(let texts) = self { return .texts(texts + [value]) }
      return .texts([value])
    }
    var children: [String: Node] = [:]
    if case .object(let present) = self { children = present }
    children[name] = (children[name] ?? (path.count == 1 ? .texts([]) : .object([:]))).adding(
      value, at: path.dropFirst())
    return .object(children)
  }

  var text: String? { if case .texts(let texts) = self { texts.last } else { nil } }
  var isBlank: Bool { if case .texts(let texts) = self { texts.allSatisfy(\.isEmpty) } else { false } }

  var list: [Node] {
    switch self {
    case .texts(let texts): texts.filter { !$0.isEmpty }.map { .texts([$0]) }
    case .object(let children):
      children.compactMap { key, node in Int(key).map { ($0, node) } }.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}

private struct NodeDecoder: Decoder {
  let node: Node
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let children) = node else { throw Problems(at: codingPath, Problems.unreadable) }
    return KeyedDecodingContainer(Keyed<Key>(children: children, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer { Listed(nodes: node.list, codingPath: codingPath) }
  func singleValueContainer() -> any SingleValueDecodingContainer { Single(node: node, codingPath: codingPath) }
}

private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let children: [String: Node]
  let codingPath: [any CodingKey]
  var allKeys: [Key] { children.keys.compactMap(Key.init(stringValue:)) }

  func contains(_ key: Key) -> Bool { children[key.wireName] != nil }
  func decodeNil(forKey key: Key) -> Bool { children[key.wireName]?.isBlank ?? true }

  func decode<Wanted: Decodable>(_ type: Wanted.Type, forKey key: Key) throws -> Wanted {
    let path = codingPath + [key]
    let node = children[key.wireName] ?? .texts([])
    return try Single(node: node, codingPath: path).decode(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try decoder(key).container(keyedBy: type) }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    decoder(key).unkeyedContainer()
  }
  func superDecoder() throws -> any Decoder { NodeDecoder(node: .object(children), codingPath: codingPath) }
  func superDecoder(forKey key: Key) throws -> any Decoder { decoder(key) }

  private func decoder(_ key: Key) -> NodeDecoder {
    NodeDecoder(node: children[key.wireName] ?? .texts([]), codingPath: codingPath + [key])
  }
}

private struct Listed: UnkeyedDecodingContainer {
  let nodes: [Node]
  let codingPath: [any CodingKey]
  var currentIndex = 0
  var count: Int? { nodes.count }
  var isAtEnd: Bool { currentIndex >= nodes.count }

  init(nodes: [Node], codingPath: [any CodingKey]) {
    self.nodes = nodes
    self.codingPath = codingPath
  }

  private mutating func next() throws -> NodeDecoder {
    guard !isAtEnd else { throw Problems(at: codingPath, Problems.missing) }
    defer { currentIndex += 1 }
    return NodeDecoder(node: nodes[currentIndex], codingPath: codingPath + [Place(intValue: currentIndex)])
  }

  mutating func decodeNil() -> Bool { false }
  mutating func decode<Wanted: Decodable>(_ type: Wanted.Type) throws -> Wanted {
    let decoder = try next()
    return try Single(node: decoder.node, codingPath: decoder.codingPath).decode(type)
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> { try next().container(keyedBy: type) }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
  mutating func superDecoder() throws -> any Decoder { try next() }
}

/// A place in a list, as part of the name of a field.
private struct Place: CodingKey {
  let number: Int
  var stringValue: String { "\(number)" }
  var intValue: Int? { number }

  init(intValue: Int) { number = intValue }
  init?(stringValue: String) { return nil }
}

private struct Single: SingleValueDecodingContainer {
  let node: Node
  let codingPath: [any CodingKey]

  func decodeNil() -> Bool { node.isBlank }

  func decode<Wanted: Decodable>(_ type: Wanted.Type) throws -> Wanted {
    if let scalar = type as? any LosslessStringConvertible.Type, Self.isScalar(type) {
      let seen = (node.text ?? "").unicodeScalars.filter { !$0.isInvisibleMark }
      let text = String(String.UnicodeScalarView(seen)).trimmingCharacters(in: .whitespacesAndNewlines)
      if type == String.self, let raw = (node.text ?? "") as? Wanted { return raw }
      if type == Bool.self, let flag = Spelling.yes.contains(text) as? Wanted {
        guard text.isEmpty || Spelling.flags.contains(text) else { throw Problems(at: codingPath, Problems.unreadable) }
        return flag
      }
      guard !text.isEmpty else { throw Problems(at: codingPath, Problems.missing) }
      guard let value = scalar.init(text) as? Wanted else { throw Problems(at: codingPath, Problems.unreadable) }
      return value
    }
    do {
      return try Wanted(from: NodeDecoder(node: node, codingPath: codingPath))
    } catch is DecodingError {
      throw Problems(at: codingPath, node.isBlank ? Problems.missing : Problems.unreadable)
    }
  }

  private static func isScalar(_ type: any Any.Type) -> Bool {
    type == String.self || type == Bool.self || type == Double.self || type is any FixedWidthInteger.Type
  }
}

/// How yes and no are written in fields.
enum Spelling {
  static let yes = ["on", "true", "1", "yes"]
  static let flags = yes + ["off", "false", "0", "no"]
}
