import Foundation

/// JSON as programs see it: snake case, as in the tables and in the addresses.
public enum Wire {
  public static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value))
  }

  public static func decode<Model: Decodable>(_ type: Model.Type, from bytes: [UInt8]) throws -> Model {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(bytes))
  }
}

extension CodingKey {
  /// `asOf` → `as_of`: how a property is called in queries, forms and JSON.
  var wireName: String {
    stringValue.reduce(into: "") { name, character in
      if character.isUppercase, !name.isEmpty { name.append("_") }
      name += character.lowercased()
    }
  }
}
