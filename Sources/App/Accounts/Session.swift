import Store
import Web

/// A browser somebody signed in with, or a program that holds a token.
struct Session: Record, Identifiable, Equatable {
  typealias ID = Store.ID<Session>

  enum Kind: String, Codable, CaseIterable, Sendable, Bindable { case browser, api }

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
