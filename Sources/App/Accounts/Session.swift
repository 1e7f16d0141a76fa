import Store
import Web

/// A browser somebody signed in with, or a program that holds a token.
struct Session: Record, Identifiable, Equatable {
  typealias ID = Store.ID<Session>

  enum Kind: String, Codable, CaseIterable, Sendable, Bindable { case browser, api }

  /// A browser is signed out when it was not used for so long.
  static let lifetime = 30 * 86_400

  let id: ID
  let userId: User.ID
  let kind: Kind
  /// What its owner calls a token; empty for browsers.
  let name: String
  /// Of the token, which itself is kept nowhere.
  let tokenHash: String
  let formToken: String
  let agent: String
  let origin: String
  let createdAt: Instant
  /// To the minute.
  var seenAt: Instant
  /// Nil for tokens, which last until they are revoked.
  var expiresAt: Instant?
  var revokedAt: Instant?
  var revokedBy: User.ID?
}

extension Session {
  init(
    of user: User.ID, _ kind: Kind, name: String = "", token: String, agent: String, origin: String,
    _ services: Services
  ) {
    let now = services.clock()
    self.init(
      id: services.ids.next(), userId: user, kind: kind, name: name, tokenHash: Secret.hash(token),
      formToken: Digest.token(), agent: agent, origin: origin, createdAt: now,
      seenAt: now, expiresAt: kind == .browser ? now.adding(seconds: Int64(Self.lifetime)) : nil)
  }
}

/// What is kept of a token or of the key in a link: enough to know it again, not enough to use it.
enum Secret {
  static func hash(_ token: String) -> String {
    Digest.hex(Digest.sha256(Array(token.utf8)))
  }
}
