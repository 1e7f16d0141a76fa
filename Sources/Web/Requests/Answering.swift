import Foundation
import HTTPTypes

/// An answer of whatever model.
public protocol AnyAnswer: Sendable {
  /// - Throws: ``Problems`` where what was sent does not fit.
  func json(for call: Call) throws -> Reply
}

/// From an answer to the bytes of a page or of JSON.
extension Answer: AnyAnswer {
  public func json(for call: Call) throws -> Reply {
    switch self {
    case .show(let model), .changed(let model, _, _): try Reply(json: model, headers: Self.tag(of: model))
    case .created(let model, let place, _):
      try Reply(json: model, status: .created, headers: Self.tag(of: model, [.location: "/api/v1\(place)"]))
    case .removed(_, _, let undo?): try Reply(json: Removal(undo: undo))
    case .removed: Reply(status: .noContent)
    case .invalid(_, let problems): throw problems
    }
  }

  /// With the version of a model that has one.
  private static func tag(of model: Model, _ headers: HTTPFields = [:]) -> HTTPFields {
    var headers = headers
    headers[.eTag] = (model as? any Tagged)?.tag.map { "\"\($0)\"" }
    return headers
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
/// It is signed for the session that it was made in, so that whoever can plant a cookie can neither say something in it
/// nor make a click take something else back.
struct Flash: Sendable {
  let message: String
  let undo: String?

  private init(message: String, undo: String?) { (self.message, self.undo) = (message, undo) }

  /// As the cookie holds it; nil unless it was made for this caller.
  init?(_ text: String, for caller: Caller) {
    let fields = Fields(encoded: text)
    guard let message = fields["m"], let signature = fields["s"] else { return nil }
    self.init(message: message, undo: fields["u"])
    guard Digest.equal(signature, self.signature(for: caller)) else { return nil }
  }

  private var fields: Fields { Fields().with("m", message).with("u", undo) }

  private func signature(for caller: Caller) -> String {
    Digest.hex(Digest.hmac(Array("flash \(fields.encoded)".utf8), key: Array(caller.formToken.utf8)))
  }

  static func redirect(to place: String, saying word: Word?, undo: String? = nil, for call: Call) -> Reply {
    // htmx follows a redirect by itself and would put the page into the fragment: it is told to go there.
    var reply = Reply.redirect(to: place)
    if call.format == .fragment {
      reply = Reply(status: .noContent)
      reply.headers[.htmxRedirect] = Escaping.safeAddress(place)
    }
    if let word, let caller = call.caller {
      let flash = Flash(message: word[call.reader.language], undo: undo)
      let text = flash.fields.with("s", flash.signature(for: caller)).encoded
      reply.setCookie(Cookie.flash, text, maxAge: 60, for: call)
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
