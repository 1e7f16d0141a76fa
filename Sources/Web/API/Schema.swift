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
  case orNull(Schema)
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

extension Schema {
  /// As JSON Schema writes it.
  var json: JSON {
    switch self {
    case .text(let format, let pattern, let names):
      var text: [String: JSON] = ["type": "string"]
      text["format"] = format.map(JSON.text)
      text["pattern"] = pattern.map(JSON.text)
      text["enum"] = names.map { .list($0.map(JSON.text)) }
      return .object(text)
    case .integer: return ["type": "integer"]
    case .number: return ["type": "number"]
    case .boolean: return ["type": "boolean"]
    case .list(let element): return ["type": "array", "items": element.json]
    case .map(let element): return ["type": "object", "additionalProperties": element.json]
    case .object(let properties):
      let required = properties.filter(\.isRequired).map { JSON.text($0.name) }
      var object: [String: JSON] = [
        "type": "object",
        "properties": .object(Dictionary(properties.map { ($0.name, $0.schema.json) }, uniquingKeysWith: { $1 })),
      ]
      if !required.isEmpty { object["required"] = .list(required) }
      return .object(object)
    case .orNull(let schema): return ["anyOf": [schema.json, ["type": "null"]]]
    case .anything: return [:]
    }
  }

  /// The same as it may be sent: what may be left out may as well be null.
  var sent: Schema {
    switch self {
    case .list(let element): .list(element.sent)
    case .map(let element): .map(element.sent)
    case .object(let properties):
      .object(
        properties.map {
          let schema = $0.schema.sent
          return Property(
            name: $0.name, schema: $0.isRequired ? schema : .orNull(schema), isRequired: $0.isRequired)
        })
    default: self
    }
  }
}

extension Schema {
  /// An object all of whose properties are always there.
  public static func record(_ properties: [(name: String, schema: Schema)]) -> Schema {
    .object(properties.map { Property(name: $0.name, schema: $0.schema, isRequired: true) })
  }
}
