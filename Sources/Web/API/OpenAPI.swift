import HTTPTypes

/// The description of the API (OpenAPI 3.1), made from the routes and their types, so that it says what they do.
public struct OpenAPI: Sendable {
  private let title: String
  private let version: String
  private let routes: [Route]

  public init(title: String, version: String, routes: [Route]) {
    self.title = title
    self.version = version
    self.routes = routes.filter { $0.operation != nil }
  }

  /// The document, ready to be encoded as JSON.
  public func document(in language: Language) -> JSON {
    let paths = Dictionary(grouping: routes, by: \.path).mapValues { routes in
      JSON.object(
        Dictionary(
          routes.map { ($0.method.rawValue.lowercased(), operation($0, language)) },
          uniquingKeysWith: { first, _ in first }))
    }
    return [
      "openapi": "3.1.0",
      "info": ["title": .text(title), "version": .text(version)],
      "servers": [["url": "/api/v1"]],
      "paths": .object(paths),
      "security": [["token": []]],
      "components": [
        "securitySchemes": ["token": Self.token, "browser": Self.browser],
        "schemas": ["Problem": Schema(of: ProblemDetails.self).json],
      ],
    ]
  }

  private static let token: JSON = [
    "type": "http", "scheme": "bearer",
    "description":
      "A token of one's account. One with the scope `read` may only GET; none may change accounts, invitations or tokens.",
  ]
  private static let browser: JSON = [
    "type": "apiKey", "in": "cookie", "name": .text(Cookie.session),
    "description":
      "A browser that is signed in (behind TLS the name begins with `__Host-`), with the token of its forms in the header `X-Form-Token`.",
  ]

  private func operation(_ route: Route, _ language: Language) -> JSON {
    guard let operation = route.operation else { return .null }
    var result: [String: JSON] = [
      "summary": .text(route.summary[language]),
      "operationId": .text(Self.name(route)),
      "responses": .object(responses(route, operation)),
    ]
    let parameters =
      pathParameters(route) + (route.method == .get ? queryParameters(operation.input) : []) + Self.headers(route)
    if !parameters.isEmpty { result["parameters"] = .list(parameters) }
    if route.method != .get, !operation.input.properties.isEmpty {
      result["requestBody"] = [
        "required": .flag(operation.input.properties.contains(where: \.isRequired)),
        "content": ["application/json": ["schema": operation.input.sent.json]],
      ]
    }
    switch route.audience {
    case .everybody: result["security"] = []
    case .browser: result["security"] = [["browser": []]]
    case .signedIn: break
    }
    return .object(result)
  }

  private func responses(_ route: Route, _ operation: Route.Operation) -> [String: JSON] {
    let problem: JSON = ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]]
    func failure(_ text: JSON) -> JSON { ["description": text, "content": problem] }
    var responses: [String: JSON] = ["400": failure("Not understood"), "default": failure("Any other problem")]
    responses["\(operation.success)"] =
      operation.output.map {
        ["description": Self.done(route, operation), "content": ["application/json": ["schema": $0.json]]]
      } ?? ["description": Self.done(route, operation)]
    if route.audience != .everybody { responses["401"] = failure("Not signed in") }
    if route.audience != .everybody, route.method != .get { responses["403"] = failure("Not allowed") }
    if route.path.contains("{") { responses["404"] = failure("Not found") }
    if operation.canBeInvalid { responses["422"] = failure("Fields to correct") }
    if route.method != .get { responses["409"] = failure("Does not fit what is there") }
    if route.takesKey, !operation.canBeInvalid { responses["422"] = failure("A key of another request") }
    if route.hasVersions {
      responses["412"] = failure("No longer the version that If-Match names")
      if route.method == .put { responses["428"] = failure("Neither a version nor If-Match told") }
    }
    return responses
  }

  private static func done(_ route: Route, _ operation: Route.Operation) -> JSON {
    guard route.method == .delete else { return "Done" }
    return operation.canBeUndone
      ? "Done. For 30 days a DELETE to the address in `undo` brings it back." : "Done. There is no undo of it."
  }

  private func pathParameters(_ route: Route) -> [JSON] {
    route.path.matches(of: /\{([a-z_]+)\}/).map {
      [
        "name": .text(String($0.1)), "in": "path", "required": true,
        "schema": ["type": "string", "minLength": .number(1)],
      ]
    }
  }

  /// What may be told in headers: a key for a request that may be sent again, and the version that is changed.
  private static func headers(_ route: Route) -> [JSON] {
    func header(_ name: JSON, _ text: JSON, _ schema: JSON) -> JSON {
      ["name": name, "in": "header", "required": false, "description": text, "schema": schema]
    }
    let key = header(
      .text(IdempotencyKey.header),
      "Sent again with the same key within a day, the same request is not done again but answered again.",
      ["type": "string", "pattern": .text("^[!-~]{1,\(IdempotencyKey.longest)}$")])
    let version = header(
      "If-Match", "The version that is changed, as an ETag of it said; * for any. In place of `version` in the body.",
      ["type": "string", "pattern": "^(\\*|\"[!#-~]+\")$"])
    return (route.takesKey ? [key] : []) + (route.hasVersions ? [version] : [])
  }

  private func queryParameters(_ input: Schema) -> [JSON] {
    input.properties.map {
      [
        "name": .text($0.name), "in": "query", "required": .flag($0.isRequired),
        "schema": ["anyOf": .list([$0.schema.json] + Self.spellings($0))],
      ]
    }
  }

  /// What a query may say besides: a form sends the fields left empty too, so that an empty value is as good as none.
  private static func spellings(_ property: Schema.Property) -> [JSON] {
    let empty: [JSON] = property.isRequired ? [] : [["const": ""]]
    return property.schema == .boolean ? empty + [["enum": .list(Spelling.flags.map(JSON.text))]] : empty
  }

  /// `GET /customers/{id}` → `get_customers_id`.
  private static func name(_ route: Route) -> String {
    let words = route.path.split(whereSeparator: { "/{}-.".contains($0) })
    return ([route.method.rawValue.lowercased()] + words.map(String.init)).joined(separator: "_")
  }
}

/// JSON written as a literal.
public enum JSON: Sendable, Encodable, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  case null
  case text(String)
  case flag(Bool)
  case number(Int)
  case list([JSON])
  case object([String: JSON])

  public init(stringLiteral text: String) { self = .text(text) }
  public init(booleanLiteral flag: Bool) { self = .flag(flag) }
  public init(arrayLiteral elements: JSON...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .text(let text): try container.encode(text)
    case .flag(let flag): try container.encode(flag)
    case .number(let number): try container.encode(number)
    case .list(let list): try container.encode(list)
    case .object(let object): try container.encode(object)
    }
  }
}
