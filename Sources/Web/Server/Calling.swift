import HTTPTypes
import Hummingbird
import NIOCore

extension Credential {
  fileprivate init?(_ request: Request, _ call: Call) {
    let bearer = request.headers[.authorization].flatMap { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : nil }
    guard let token = bearer ?? call.cookie(Cookie.session) else { return nil }
    self.init(token: token, isBearer: bearer != nil)
  }
}

/// From an HTTP request to a ``Call``.
extension Call {
  /// What can be said without asking anybody.
  init(_ request: Request, _ context: SiteContext, reader: Reader) {
    let isJSON = request.uri.path.hasPrefix("/api/v1/") || request.uri.path == "/api/v1"
    method = request.method
    path = isJSON ? String(request.uri.path.dropFirst(7)) : request.uri.path
    parameters = Dictionary(
      context.parameters.map { (String($0.key), $0.value.removingPercentEncoding ?? String($0.value)) },
      uniquingKeysWith: { $1 })
    query = Fields(encoded: request.uri.query ?? "")
    format = isJSON ? .json : request.headers[.htmxRequest] == "true" ? .fragment : .page
    caller = nil
    arrival = context.arrival
    agent = String((request.headers[.userAgent] ?? "").prefix(200))
    condition = request.headers[.ifMatch]
    cookies = Cookie.read(request.headers)
    self.reader = reader
    wanted = cookie(Cookie.language).flatMap(Language.init) ?? Self.language(request.headers[.acceptLanguage])
    // So that even who is not let in, or finds no database, is told in a language of theirs.
    self.reader.language = wanted ?? reader.language
  }

  /// Finds out who calls and how the page is to be written for them.
  mutating func know(_ request: Request, _ site: Site) async throws {
    let credential = Credential(request, self)
    (reader, caller) = try await site.receive(credential)
    secret = credential.map { Digest.hmac(Array("answers".utf8), key: Array($0.token.utf8)) } ?? []
    reader.language = caller?.language ?? wanted ?? reader.language
    reader.formToken = caller?.formToken ?? ""
    flash = cookie(Cookie.flash).flatMap { text in caller.flatMap { Flash(text, for: $0) } }
  }

  /// The first language of the browser's that we speak.
  private static func language(_ accepted: String?) -> Language? {
    for tag in accepted?.split(separator: ",") ?? [] {
      let name = tag.trimmingCharacters(in: .whitespaces).lowercased()
      if name.hasPrefix("zh") { return .zh }
      if name.hasPrefix("en") { return .en }
    }
    return nil
  }

  /// Takes in the form, files or JSON of a request.
  mutating func readBody(of request: Request, limit: Int) async throws {
    guard method != .get, method != .head else { return }
    if let length = request.headers[.contentLength].flatMap(Int.init), length > limit {
      throw AppError.tooLarge(limit: limit)
    }
    let buffer: ByteBuffer
    do { buffer = try await request.body.collect(upTo: limit) } catch is NIOTooManyBytesError {
      throw AppError.tooLarge(limit: limit)
    } catch { throw AppError.cutOff }
    // What was cut off must not pass for the whole.
    if let length = request.headers[.contentLength].flatMap(Int.init), length != buffer.readableBytes {
      throw AppError.cutOff
    }
    body = Array(buffer.readableBytesView)
    let type = request.headers[.contentType] ?? ""
    if type.hasPrefix("multipart/form-data") {
      let parts = try Multipart(body, type: type)
      (form, files) = (parts.fields, parts.files)
    } else if type.hasPrefix("application/x-www-form-urlencoded") {
      form = Fields(encoded: String(decoding: body, as: UTF8.self))
    } else if ["application/json", "application/merge-patch+json"].contains(where: type.hasPrefix) {
      isJSONBody = true
    } else if !body.isEmpty {
      throw AppError.unknownType
    }
  }

  /// Refuses what the token of a program is not enough for.
  func checkScopes(for route: Route) throws {
    guard let caller, caller.isBearer else { return }
    guard route.audience != .browser else { throw AppError.browserOnly }
    guard caller.mayWrite || method == .get || method == .head else { throw AppError.readOnlyToken }
  }

  /// Whether the request asks for a change, which must come from a page of this site.
  private var isChange: Bool { method != .get && method != .head && caller?.isBearer != true }

  /// Refuses a change that another site made this browser send.
  func checkOrigin(_ request: Request) throws {
    guard isChange else { return }
    if let site = request.headers[.fetchSite], site != "same-origin", site != "none" { throw AppError.otherSite }
    guard let text = request.headers[.origin], let ours = arrival.origin else { return }
    // A page that hides where it comes from says `null`.
    guard text != "null" else { throw AppError.otherSite }
    let origin = WebOrigin(text)
    guard origin != ours else { return }
    throw AppError.otherOrigin(
      missing: origin?.host == ours.host && origin?.isSecure != ours.isSecure ? "X-Forwarded-Proto" : "Host")
  }

  /// Refuses a change that does not carry what the pages of this session do.
  func checkToken(_ request: Request) throws {
    guard isChange, let caller else { return }
    let token = form["_token"] ?? request.headers[.formTokenHeader] ?? ""
    guard Digest.equal(token, caller.formToken) else { throw AppError.stale }
  }
}
