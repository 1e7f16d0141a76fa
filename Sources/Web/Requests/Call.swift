import HTTPTypes

/// How an answer is wanted: a whole page, its content alone (htmx), or JSON (`/api/v1`).
public enum Format: Sendable { case page, fragment, json }

/// Who asks: found by the session cookie or a bearer token.
public struct Caller: Sendable {
  public let name: String
  public let language: Language?
  public let formToken: String
  /// A program with a token of its own rather than a browser with a cookie.
  public let isBearer: Bool
  /// Whether the caller may change anything; a program's token may let it read alone.
  public let mayWrite: Bool
  /// What the product knows of the caller.
  public let identity: any Sendable

  public init(
    name: String, language: Language?, formToken: String, isBearer: Bool, mayWrite: Bool = true, identity: any Sendable
  ) {
    self.name = name
    self.language = language
    self.formToken = formToken
    self.isBearer = isBearer
    self.mayWrite = mayWrite
    self.identity = identity
  }
}

/// What somebody shows to be known by.
public struct Credential: Sendable {
  public let token: String
  /// Shown by a program rather than as a cookie.
  public let isBearer: Bool

  public init(token: String, isBearer: Bool) {
    self.token = token
    self.isBearer = isBearer
  }
}

/// A file sent with a form.
public struct SentFile: Sendable {
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// One request, as a handler sees it.
public struct Call: Sendable {
  public internal(set) var method: HTTPRequest.Method
  /// Without `/api/v1` and without the query.
  public internal(set) var path: String
  public internal(set) var parameters: [String: String]
  public internal(set) var query: Fields
  public internal(set) var form = Fields()
  public internal(set) var files: [String: SentFile] = [:]
  public internal(set) var body: [UInt8] = []
  public internal(set) var isJSONBody = false
  public internal(set) var format: Format
  public internal(set) var reader: Reader
  public internal(set) var caller: Caller?
  /// How it came here.
  var arrival: Arrival
  /// The browser's name for itself, for the list of sessions.
  public internal(set) var agent: String
  /// 32 bytes that nobody but the caller can tell, made from what it shows to be known by; empty for nobody.
  public internal(set) var secret: [UInt8] = []
  /// The header `If-Match`.
  var condition: String?
  /// The language that the browser asks for.
  var wanted: Language?
  /// By their full names.
  var cookies: [String: String]
  /// The message a redirect left for the page after it.
  var flash: Flash?

  /// The address the request came from, for rate limits.
  public var origin: String { arrival.client }
  /// How people reach this site, as in `https://crm.example.cn`: what links begin with.
  public var base: String { arrival.base.description }
  /// Whether the browser reached this site by TLS.
  public var isSecure: Bool { arrival.isSecure }

  /// A part of the path, such as an id. What is not one is simply not found.
  public func parameter<Wanted: LosslessStringConvertible>(_ name: String, as type: Wanted.Type = Wanted.self) throws
    -> Wanted
  {
    guard let text = parameters[name], let value = Wanted(text) else { throw AppError.notFound }
    return value
  }
}
