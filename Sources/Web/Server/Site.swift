import HTTPTypes
import Logging

/// Everything the web server is told by the product: its routes, its menu, how to know a caller.
public struct Site: Sendable {
  /// A place in the menu.
  public struct Item: Sendable {
    public let word: Word
    public let path: String
    public let icon: String
    /// The key that leads there after `g`.
    public let key: String
    /// Shown in the phone's bottom bar rather than behind "more".
    public let isPrimary: Bool

    public init(_ word: Word, path: String, icon: String, key: String, isPrimary: Bool = false) {
      self.word = word
      self.path = path
      self.icon = icon
      self.key = key
      self.isPrimary = isPrimary
    }
  }

  /// What is to be known at the moment, on each page, and where more is told.
  public struct Notice: Sendable, Equatable {
    let word: Word
    let path: String?

    public init(_ word: Word, path: String? = nil) {
      self.word = word
      self.path = path
    }
  }

  public let name: Word
  public let menu: [Item]
  public let routes: [Route]
  /// Where somebody who is not signed in is sent.
  public let signIn: String
  /// How people reach it.
  public let address: PublicAddress
  /// How pages are written for somebody of whom nothing is known, and who it is that shows this.
  public let receive: @Sendable (Credential?) async throws -> (Reader, Caller?)
  /// Does a request that has a key, unless it was done before: then it is only answered again.
  public let once: @Sendable (IdempotencyKey, Call, @Sendable () async throws -> Reply) async throws -> Reply
  /// What is to be told of an error that only the product knows; nil for the unexpected.
  public let explain: @Sendable (any Error) -> AppError?
  /// What a caller should know at the moment; nil for who is not signed in.
  public let notices: @Sendable (Caller?) -> [Notice]
  public let log: Logger
  /// Requests that take long: two at a time.
  let heavyWork = InTurn<Int>(atOnce: 2, most: 50)
  /// Counted by whoever serves it.
  public let traffic = Traffic()

  public init(
    name: Word, menu: [Item], routes: [Route], signIn: String, address: PublicAddress = PublicAddress(),
    receive: @escaping @Sendable (Credential?) async throws -> (Reader, Caller?),
    once: @escaping @Sendable (IdempotencyKey, Call, @Sendable () async throws -> Reply) async throws -> Reply = {
      try await $2()
    },
    explain: @escaping @Sendable (any Error) -> AppError? = { _ in nil },
    notices: @escaping @Sendable (Caller?) -> [Notice] = { _ in [] }, log: Logger
  ) {
    self.name = name
    self.menu = menu
    self.routes = routes
    self.signIn = signIn
    self.address = address
    self.receive = receive
    self.once = once
    self.explain = explain
    self.notices = notices
    self.log = log
  }

  /// A page for a call: whole, or its content alone for htmx.
  public func reply(_ page: Page, for call: Call, status: HTTPResponse.Status = .ok) -> Reply {
    let body = call.format == .fragment ? Frame.fragment(page) : Frame.whole(page, call: call, site: self)
    var reply = Reply(status: status, type: "text/html; charset=utf-8", body: body.rendered(for: call.reader))
    if call.format == .page, call.cookie(Cookie.flash) != nil {
      reply.setCookie(Cookie.flash, "", maxAge: 0, for: call)
    }
    reply.headers[.cacheControl] = "no-store"
    reply.headers[.vary] = "HX-Request"
    return reply
  }

  /// By which methods a path can be asked for; none where there is no such path.
  func methods(at path: String, inAPI: Bool) -> [HTTPRequest.Method] {
    let parts = path.split(separator: "/")
    let found = routes.filter { (!inAPI || $0.operation != nil) && $0.matches(parts) }
    // `/customers/new` is itself rather than a `/customers/{id}`.
    let least = found.map(\.parameterCount).min()
    let methods = found.filter { $0.parameterCount == least }.map(\.method)
    return methods.contains(.get) ? methods + [.head] : methods
  }

  /// What a person or a program is told when a request ends in an error.
  func reply(_ error: AppError, problems: Problems = .none, for call: Call, id: String) -> Reply {
    var reply: Reply
    if call.format == .json {
      reply = ProblemDetails(error, problems, language: call.reader.language, id: id).reply
    } else {
      reply = self.reply(ErrorPage.page(error, problems, id: id), for: call, status: .init(code: error.status))
    }
    if let seconds = error.retryAfter { reply.headers[.retryAfterSeconds] = "\(seconds)" }
    return reply
  }
}

/// `application/problem+json` (RFC 9457).
struct ProblemDetails: Codable {
  struct FieldProblem: Codable {
    let field: String
    let message: String
  }

  let type: String
  let title: String
  let status: Int
  let detail: String
  let request: String
  let errors: [FieldProblem]?

  init(_ error: AppError, _ problems: Problems, language: Language, id: String) {
    type = "about:blank"
    title = error.title[language]
    status = error.status
    detail = error.detail[language]
    request = id
    let fields = problems.fields.sorted { $0.key < $1.key }
    errors = fields.isEmpty ? nil : fields.map { FieldProblem(field: $0.key, message: $0.value[language]) }
  }

  var reply: Reply {
    var reply = (try? Reply(json: self)) ?? Reply()
    reply.status = .init(code: status)
    reply.headers[.contentType] = "application/problem+json"
    return reply
  }
}
