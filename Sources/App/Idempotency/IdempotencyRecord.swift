import Foundation
import HTTPTypes
import Store
import Web

extension Feature {
  static let idempotency = Feature(
    migrations: [
      Migration(
        40, "requests that may be repeated",
        [
          """
          CREATE TABLE idempotency_record (
            id \(SQL.key), session_id BIGINT NOT NULL, name TEXT NOT NULL, request TEXT NOT NULL, answer \(SQL.bytes),
            created_at BIGINT NOT NULL, UNIQUE (session_id, name))
          """,
          "CREATE INDEX idempotency_record_by_time ON idempotency_record (created_at)",
        ])
    ],
    jobs: { [IdempotencyCleanup.kind: IdempotencyCleanup.handler($0)] })
}

/// A request that was done and may be sent again: by the session that sent it and the key it told. Written in the
/// transaction that does it, so that both are there or neither.
struct IdempotencyRecord: Record {
  let id: Store.ID<IdempotencyRecord>
  let sessionId: Session.ID
  let name: String
  let request: String
  /// Sealed with what only the caller has, since it may hold secrets that are shown once; nil where it is not kept.
  var answer: [UInt8]?
  let createdAt: Instant

  static let secondsKept: Int64 = 86_400
  /// Larger answers are not kept.
  static let largestAnswer = 262_144
}

/// What a program was answered.
struct KeptAnswer: Codable, Equatable, Sendable {
  let status: Int
  let fields: [String: String]
  let body: String

  private static let kept: [HTTPField.Name] = [.contentType, .location, .eTag]

  init(_ reply: Reply) {
    status = reply.status.code
    body = String(decoding: reply.body, as: UTF8.self)
    fields = Self.kept.reduce(into: [:]) { $0[$1.rawName] = reply.headers[$1] }
  }

  init?(_ sealed: [UInt8], openedBy key: [UInt8]) {
    guard let bytes = Seal.open(sealed, with: key), let answer = try? JSONDecoder().decode(Self.self, from: Data(bytes))
    else { return nil }
    self = answer
  }

  /// Nil where it is too large to be kept.
  func sealed(by key: [UInt8]) -> [UInt8]? {
    guard body.utf8.count <= IdempotencyRecord.largestAnswer, let json = try? JSONEncoder().encode(self) else {
      return nil
    }
    return Seal.close(Array(json), with: key)
  }

  var reply: Reply {
    var reply = Reply(status: .init(code: status), body: Array(body.utf8))
    for (name, value) in fields { if let name = HTTPField.Name(name) { reply.headers[name] = value } }
    reply.headers[.idempotencyReplayed] = "true"
    return reply
  }
}
