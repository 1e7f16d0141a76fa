import Foundation
import HTTPTypes

/// From an answer to the bytes of a page or of JSON.
extension Answer {
  func json(for call: Call) throws -> Reply {
    switch self {
    case .show(let model): try Reply(json: model)
    case .created(let model, let place, _):
      try Reply(json: model, status: .created, headers: [.location: "/api/v1\(place)"])
    case .changed(let model, _, _): try Reply(json: model)
    case .removed(_, _, let undo?): try Reply(json: Removal(undo: undo))
    case .removed: Reply(status: .noContent)
    case .invalid(_, let problems): throw problems
    }
  }

  func page(for call: Call, in site: Site, _ view: (Model, Problems) -> Page) throws -> Reply {
    switch self {
    case .show(let model): site.reply(view(model, .none), for: call)
    case .invalid(let model, let problems):
      site.reply(view(model, problems), for: call, status: .unprocessableContent)
    case .created(_, let place, let word), .changed(_, let place, let word):
      Flash.redirect(to: place, saying: word, for: call)
    case .removed(let place, let word, let undo):
      Flash.redirect(to: place, saying: word, undo: undo, for: call)
    }
  }
}

extension Reply {
  public init(json model: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) throws {
    self.init(status: status, headers: headers, body: try Wire.encode(model))
    self.headers[.contentType] = "application/json"
  }
}

/// A message that outlives a redirect, in a cookie until the next page shows it, and what takes back what it tells of.
struct Flash: Sendable {
  static let cookie = "flash"

  let message: String
  let undo: String?

  /// As the cookie holds it.
  init?(_ text: String) {
    let fields = Fields(encoded: text)
    guard let message = fields["m"] else { return nil }
    self.message = message
    // A form with the caller's token is sent there: to this site alone.
    undo = fields["u"].flatMap { $0.hasPrefix("/") && !$0.hasPrefix("//") && !$0.hasPrefix("/\\") ? $0 : nil }
  }

  static func redirect(to place: String, saying word: Word?, undo: String? = nil, for call: Call) -> Reply {
    // htmx follows a redirect by itself and would put the page into the fragment: it is told to go there.
    var reply = Reply.redirect(to: place)
    if call.format == .fragment {
      reply = Reply(status: .noContent)
      reply.headers[.htmxRedirect] = Escaping.safeAddress(place)
    }
    if let word {
      let fields = Fields().with("m", word[call.reader.language]).with("u", undo)
      reply.setCookie(cookie, fields.encoded, maxAge: 60)
    }
    return reply
  }
}

extension HTTPField.Name {
  static let htmxRequest = Self("HX-Request")!
  static let htmxRedirect = Self("HX-Redirect")!
  static let requestID = Self("X-Request-Id")!
  static let retryAfterSeconds = Self("Retry-After")!
  static let fetchSite = Self("Sec-Fetch-Site")!
  static let formTokenHeader = Self("X-Form-Token")!
  static let referrerPolicy = Self("Referrer-Policy")!
  static let openerPolicy = Self("Cross-Origin-Opener-Policy")!
  static let resourcePolicy = Self("Cross-Origin-Resource-Policy")!
  static let permissionsPolicy = Self("Permissions-Policy")!
}
