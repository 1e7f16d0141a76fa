import Foundation
import HTTPTypes

/// What a handler found, and what that means for the client.
public enum Answer<Model: Codable & Sendable>: Sendable {
  /// Here it is.
  case show(Model)
  /// It was made: `201` to a program, on to its page for a person.
  case created(Model, at: String, saying: Word? = nil)
  /// It was changed: `200` to a program, on to a page for a person.
  case changed(Model, at: String, saying: Word? = nil)
  /// It is no more: `204` to a program, or `200` with a ``Removal`` that tells of `undo`; on to a page for a person, where
  /// that is offered: a `DELETE` there brings it back.
  case removed(at: String, saying: Word? = nil, undo: String? = nil)
  /// Something typed does not fit: the form again, with a message at each field. The model holds what was typed.
  case invalid(Model, Problems)
}

/// What a program is told of something removed that can be brought back.
public struct Removal: Codable, Sendable, Equatable {
  /// The id of the deletion.
  public let deletion: String
  /// Where a `DELETE` brings it back.
  public let undo: String

  init(undo place: String) {
    deletion = String(place.split(separator: "/").last ?? "")
    undo = "/api/v1\(place)"
  }
}

/// A page's content and what its frame must know.
public struct Page: Sendable {
  public let title: any Localized
  public let body: HTML
  /// Scripts beyond those every page has.
  public let needs: Set<Script>
  /// Signed-out pages stand without menus.
  public let isBare: Bool

  public enum Script: Sendable { case charts, sortable }

  public init(_ title: any Localized, needs: Set<Script> = [], isBare: Bool = false, _ body: HTML) {
    self.title = title
    self.needs = needs
    self.isBare = isBare
    self.body = body
  }
}

/// Who may call a route.
public enum Audience: Sendable {
  case everybody, signedIn
  /// Signed in with a browser: nothing that a program's token is enough for, such as what changes who can sign in.
  case browser
}

/// One thing a client can ask for. The same handler and model answer the page at `path`, its htmx fragment,
/// and JSON at `/api/v1` + `path`.
public struct Route: Sendable {
  public let method: HTTPRequest.Method
  /// `/customers/{id}`
  public let path: String
  public let summary: Word
  public let audience: Audience
  /// Most bytes the request may have.
  public let bodyLimit: Int
  /// Whether it takes a processor for more than some milliseconds: then it is answered on ``WorkThreads``.
  public let isHeavy: Bool
  /// Whether it may be asked for by any host, as those who watch over a machine do; else by those of the site alone.
  public var answersAnyHost = false
  let operation: Operation?
  /// Whether programs can call it under `/api/v1`.
  public var isInAPI: Bool { operation != nil }
  let respond: @Sendable (Call, Site) async throws -> Reply

  /// What OpenAPI says of a route.
  struct Operation: Sendable {
    let input: Schema
    let output: Schema?
    let success: Int
    let canBeInvalid: Bool
    let canBeUndone: Bool
  }

  /// What anybody may send without being known: a form of a few fields.
  static let publicBodyLimit = 16_384
  public static let usualBodyLimit = 1_048_576

  static func bodyLimit(_ audience: Audience) -> Int { audience == .everybody ? publicBodyLimit : usualBodyLimit }

  /// A route with a page and JSON from one handler.
  /// - Parameters:
  ///   - input: the query of a GET, the form or JSON body of anything else.
  ///   - success: the status a program gets.
  ///   - canBeUndone: whether what is removed here can be brought back, so that the answer is a ``Removal``.
  ///   - view: draws the model; the problems are those of a form shown again.
  public init<Input: Decodable & Sendable, Model: Codable & Sendable>(
    _ method: HTTPRequest.Method, _ path: String, _ summary: Word, audience: Audience = .signedIn,
    bodyLimit: Int? = nil, isHeavy: Bool = false, success: Int = 200, canBeUndone: Bool = false,
    _ handler: @escaping @Sendable (Input, Call) async throws -> Answer<Model>,
    view: @escaping @Sendable (Model, Problems) -> Page
  ) {
    self.method = method
    self.path = path
    self.summary = summary
    self.audience = audience
    self.bodyLimit = bodyLimit ?? Self.bodyLimit(audience)
    self.isHeavy = isHeavy
    operation = Operation(
      input: Schema(of: Input.self),
      output: canBeUndone ? Schema(of: Removal.self) : success == 204 ? nil : Schema(of: Model.self), success: success,
      canBeInvalid: Input.self != Nothing.self, canBeUndone: canBeUndone)
    respond = { call, site in
      let answer = try await handler(try call.input(), call)
      return call.format == .json ? try answer.json(for: call) : try answer.page(for: call, in: site, view)
    }
  }

  /// A route for people only: downloads, sign-in, redirects.
  public init(
    _ method: HTTPRequest.Method, _ path: String, _ summary: Word, audience: Audience = .signedIn,
    bodyLimit: Int? = nil, isHeavy: Bool = false,
    _ handler: @escaping @Sendable (Call) async throws -> Reply
  ) {
    self.init(method, path, summary, audience: audience, bodyLimit: bodyLimit, isHeavy: isHeavy) { call, _ in
      try await handler(call)
    }
  }

  /// The same with the site at hand, whose ``Site/reply(_:for:status:)`` draws a page.
  public init(
    _ method: HTTPRequest.Method, _ path: String, _ summary: Word, audience: Audience = .signedIn,
    bodyLimit: Int? = nil, isHeavy: Bool = false,
    _ handler: @escaping @Sendable (Call, Site) async throws -> Reply
  ) {
    self.method = method
    self.path = path
    self.summary = summary
    self.audience = audience
    self.bodyLimit = bodyLimit ?? Self.bodyLimit(audience)
    self.isHeavy = isHeavy
    operation = nil
    respond = handler
  }
}

extension Route {
  /// Whether a program may send the same again, told by an ``IdempotencyKey``: whatever writes.
  var takesKey: Bool { isInAPI && method != .get && audience != .everybody }

  /// Whether it changes something of which several people may have seen different versions.
  var hasVersions: Bool {
    [.put, .patch].contains(method) && operation?.input.properties.contains { $0.name == "version" } == true
  }

  var parameterCount: Int { path.count(where: { $0 == "{" }) }

  /// Whether a path, cut at its slashes, is one of this route's.
  func matches(_ parts: [Substring]) -> Bool {
    let pattern = path.split(separator: "/")
    return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }
}

/// The input of a route that takes none.
public struct Nothing: Codable, Sendable, Equatable {
  public init() {}
}

/// An address that asks for what there is not, such as a list sorted by no field of its own: nobody typed that in a form.
struct BadQuery: Error {
  let problems: Problems
}

extension Call {
  /// The query of a GET, else the form or JSON body, as the handler's input.
  public func input<Input: Decodable>(_ type: Input.Type = Input.self) throws -> Input {
    if method == .get || method == .head {
      do { return try FieldsDecoder.decode(type, from: query) } catch let problems as Problems {
        throw BadQuery(problems: problems)
      }
    }
    guard isJSONBody else { return try FieldsDecoder.decode(type, from: form) }
    return try decoded(type, from: body.isEmpty ? Array("{}".utf8) : body)
  }

  func decoded<Input: Decodable>(_ type: Input.Type, from json: [UInt8]) throws -> Input {
    do {
      return try Wire.decode(type, from: json)
    } catch DecodingError.keyNotFound(let key, let context) {
      throw Problems(at: context.codingPath + [key], Problems.missing)
    } catch DecodingError.valueNotFound(_, let context) {
      throw Problems(at: context.codingPath, Problems.missing)
    } catch DecodingError.typeMismatch(_, let context), DecodingError.dataCorrupted(let context) {
      throw Problems(at: context.codingPath, Problems.unreadable)
    }
  }
}
