/// The shape of a `Codable` type as JSON Schema (2020-12), found by letting the type decode itself from a
/// probe, so that it cannot differ from what is sent.
public indirect enum Schema: Sendable, Equatable {
  case text(format: String? = nil, pattern: String? = nil, of: [String]? = nil)
  case integer
  case number
  case boolean
  case list(Schema)
  case map(Schema)
  case object([Property])
  case anything

  public struct Property: Sendable, Equatable {
    let name: String
    let schema: Schema
    let isRequired: Bool
  }

  public init<Model: Decodable>(of type: Model.Type) { self = SchemaProbe.schema(of: type, depth: 0) }

  var properties: [Property] { if case .object(let properties) = self { properties } else { [] } }
}

/// A type that says its own schema because its JSON is not what its properties suggest.
public protocol SchemaDescribed {
  static var schema: Schema { get }
}

extension Word: SchemaDescribed {
  public static var schema: Schema {
    .object(["zh", "en"].map { Schema.Property(name: $0, schema: .text(), isRequired: true) })
  }
}

extension Problems: SchemaDescribed {
  public static var schema: Schema {
    .object([.init(name: "fields", schema: .map(Word.schema), isRequired: true)])
  }
}

extension Schema: Encodable {
  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .text(let format, let pattern, let names):
      try container.encode("string", forKey: Key("type"))
      try container.encodeIfPresent(format, forKey: Key("format"))
      try container.encodeIfPresent(pattern, forKey: Key("pattern"))
      try container.encodeIfPresent(names, forKey: Key("enum"))
    case .integer: try container.encode("integer", forKey: Key("type"))
    case .number: try container.encode("number", forKey: Key("type"))
    case .boolean: try container.encode("boolean", forKey: Key("type"))
    case .list(let element):
      try container.encode("array", forKey: Key("type"))
      try container.encode(element, forKey: Key("items"))
    case .map(let element):
      try container.encode("object", forKey: Key("type"))
      try container.encode(element, forKey: Key("additionalProperties"))
    case .object(let properties):
      try container.encode("object", forKey: Key("type"))
      var nested = container.nestedContainer(keyedBy: Key.self, forKey: Key("properties"))
      for property in properties { try nested.encode(property.schema, forKey: Key(property.name)) }
      let required = properties.filter(\.isRequired).map(\.name)
      if !required.isEmpty { try container.encode(required, forKey: Key("required")) }
    case .anything: break
    }
  }
}

extension Schema {
  /// An object all of whose properties are always there.
  public static func record(_ properties: [(name: String, schema: Schema)]) -> Schema {
    .object(properties.map { Property(name: $0.name, schema: $0.schema, isRequired: true) })
  }
}
