import Store
import Web

/// A token as a page shows it.
struct TokenLine: Codable, Equatable, Sendable {
  let id: Session.ID
  let name: String
  let scope: TokenScope
  let createdAt: Instant
  /// Nil until a program uses it.
  let usedAt: Instant?
  /// Nil when it lasts until it is revoked.
  let expiresAt: Instant?

  init(_ token: Session) {
    id = token.id
    name = token.name
    scope = token.scopes.widest
    createdAt = token.createdAt
    usedAt = token.usedAt
    expiresAt = token.expiresAt
  }
}

/// What is asked for a new token.
struct TokenInput: Codable, Equatable, Sendable {
  var tokenName: String?
  var scope: TokenScope?
  /// After how many days it ends: a year when nothing is said, never when 0.
  var days: Int?
}

/// A token just made; shown this once. Without it, the form again.
struct NewToken: Codable, Equatable, Sendable {
  let name: String
  let scope: TokenScope
  let days: Int
  var token: String?

  init(_ input: TokenInput = TokenInput()) {
    name = input.tokenName ?? ""
    scope = input.scope ?? .write
    days = input.days ?? Accounts.tokenDays
  }
}
