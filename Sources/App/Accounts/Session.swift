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
  /// A browser may do whatever its user may.
  let scopes: TokenScopes
  let agent: String
  let origin: String
  let createdAt: Instant
  /// To the minute; ``never`` for a token that nobody has used yet.
  var seenAt: Instant
  /// Nil for a token that lasts until it is revoked.
  var expiresAt: Instant?
  var revokedAt: Instant?
  var revokedBy: User.ID?
}

extension Session {
  static let never = Instant(milliseconds: 0)
  var usedAt: Instant? { seenAt > Self.never ? seenAt : nil }

  /// A program that is to act as a user.
  init(
    of user: User.ID, name: String, token: String, scopes: TokenScopes, at now: Instant, until end: Instant?,
    _ services: Services
  ) {
    self.init(
      id: services.ids.next(), userId: user, kind: .api, name: name, tokenHash: Secret.hash(token),
      formToken: Digest.token(), scopes: scopes, agent: "", origin: "", createdAt: now, seenAt: Self.never,
      expiresAt: end)
  }

  /// A browser in which a user signs in.
  init(of user: User.ID, token: String, from place: Accounts.Place, at now: Instant, _ services: Services) {
    self.init(
      id: services.ids.next(), userId: user, kind: .browser, name: "", tokenHash: Secret.hash(token),
      formToken: Digest.token(), scopes: TokenScopes(.write), agent: place.agent, origin: place.origin, createdAt: now,
      seenAt: now, expiresAt: now.adding(seconds: Int64(Self.lifetime)))
  }
}

/// What is kept of a token or of the key in a link: enough to know it again, not enough to use it.
enum Secret {
  static func hash(_ token: String) -> String {
    Digest.hex(Digest.sha256(Array(token.utf8)))
  }
}
