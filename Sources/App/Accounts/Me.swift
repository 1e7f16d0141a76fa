import Store
import Web

/// What the page of one's own account shows.
struct Me: Codable, Equatable, Sendable {
  /// A browser that is signed in.
  struct Browser: Codable, Equatable, Sendable {
    let id: Session.ID
    let agent: String
    let origin: String
    let createdAt: Instant
    let seenAt: Instant
    let isCurrent: Bool

    init(_ session: Session, isCurrent: Bool) {
      id = session.id
      agent = session.agent
      origin = session.origin
      createdAt = session.createdAt
      seenAt = session.seenAt
      self.isCurrent = isCurrent
    }
  }

  let profile: MeInput
  let sessions: [Browser]
  let tokens: [TokenLine]
  let history: [AccountEvent.Line]
}

struct MeInput: Codable, Equatable, Sendable {
  var name: String?
  /// As it is: it is changed in a form of its own, which asks for the password.
  var email: String?
  /// Nil follows the browser.
  var language: Language?
}

/// What somebody types who changes the address they sign in with.
struct EmailInput: Codable, Sendable {
  var email: String?
  /// The present password.
  var current: String?
}

struct EmailForm: Codable, Equatable, Sendable {
  let email: String
}

struct PasswordInput: Codable, Sendable {
  var current: String?
  var password: String?
  /// Whether programs' tokens end too.
  var revokeTokens: Bool?
}

/// How other browsers are signed out.
struct SignOutInput: Codable, Sendable {
  /// Whether programs' tokens end too.
  var revokeTokens: Bool?
}
