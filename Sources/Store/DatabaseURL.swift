import Foundation

/// Where the data is: `sqlite:PATH` or `postgres://user:password@host[,host…]/database[?option=value…]`.
public enum DatabaseURL: Sendable, Equatable, CustomStringConvertible {
  case sqlite(path: String)
  /// A libpq connection URI, and the schema that holds this firm.
  case postgres(uri: String, schema: String)

  /// - Throws: ``StoreError/url(_:)`` that says what is wrong with it.
  public init(_ text: String) throws {
    if let path = text.prefixed("sqlite:") {
      guard !path.isEmpty else {
        throw StoreError.url("sqlite: wants a path, as in sqlite:guanxi-data/guanxi.db")
      }
      self = .sqlite(path: path)
    } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
      self = try Self.postgres(text)
    } else {
      throw StoreError.url(
        "\"\(text)\" is not a database: write sqlite:PATH or postgres://user@host/database")
    }
  }

  /// `schema=NAME` among the options names the firm's schema (default `guanxi`); the rest goes to libpq.
  private static func postgres(_ text: String) throws -> DatabaseURL {
    let halves = text.split(separator: "?", maxSplits: 1).map(String.init)
    var schema = "guanxi"
    var options: [String] = []
    for option in halves.dropFirst().first?.split(separator: "&").map(String.init) ?? [] {
      if let name = option.prefixed("schema=") { schema = name } else { options.append(option) }
    }
    guard schema.wholeMatch(of: /[a-z_][a-z0-9_]{0,62}/) != nil else {
      throw StoreError.url("\"\(schema)\" is not a schema name: lower case letters, digits and _ only")
    }
    return .postgres(
      uri: halves[0] + (options.isEmpty ? "" : "?" + options.joined(separator: "&")), schema: schema)
  }

  /// The URL without its password.
  public var description: String {
    switch self {
    case .sqlite(let path): "sqlite:\(path)"
    case .postgres(let uri, let schema):
      uri.replacing(/(\/\/[^:@\/]*):[^@\/]*@/) { "\($0.1):…@" }.replacing(
        /password=[^&]*/, with: "password=…")
        + (uri.contains("?") ? "&" : "?") + "schema=\(schema)"
    }
  }
}

extension String {
  func prefixed(_ prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}
