import Store
import Web

extension Accounts {
  /// A fresh link, to be handed over by the administrator: its key, and until when it works.
  struct Link: Sendable {
    let key: String
    let invitation: Invitation
  }

  /// Invites somebody, or lets a user who forgot the password set a new one. A former link for the same
  /// address stops working.
  /// - Throws: `Problems` at `email`; `AppError` with status 409 for a user who is disabled.
  func invite(email: String, by actor: User.ID?) async throws -> Link {
    var problems = Problems.none
    let email = Typed.email(email, "email", &problems).lowercased()
    if email.isEmpty { problems["email"] = Problems.missing }
    guard problems.isEmpty else { throw problems }
    let link = newLink(email: email, lifetime: Invitation.lifetime, by: actor)
    try await services.db.write { tx in
      if try User.find(email: email, in: tx)?.disabledAt != nil {
        throw AppError.conflict(AccountWords.isDisabled)
      }
      try Invitation.revokeAll(email: email, at: link.invitation.createdAt, by: actor, in: tx)
      try tx.insert(link.invitation)
    }
    return link
  }

  /// Takes a link back.
  func revokeInvitation(_ id: Invitation.ID, by actor: User.ID?) async throws {
    let now = services.clock()
    try await services.db.write { tx in
      guard try Invitation.revoke(id, at: now, by: actor, in: tx) else { throw AppError.notFound }
    }
  }

  /// Uses a link up: makes the user, or gives the one there is a new password and ends the old sessions.
  /// - Returns: the token for the browser's cookie.
  func accept(
    key: String, name: String, password: String, language: Language, from place: Place
  ) async throws -> String {
    let (invitation, present) = try await invitation(key: key)
    guard let email = invitation.email else { throw AppError.linkExpired }
    let person = try Person(email: email, name: present?.name ?? name, password: password)
    let hash = try await Password.hash(password)
    let now = services.clock()
    return try await write { tx in
      let user = try User.find(email: email, in: tx)
      let id = user?.id ?? services.ids.next()
      guard try invitation.accept(by: id, at: now, in: tx), user?.disabledAt == nil else {
        throw AppError.linkExpired
      }
      if let user {
        try setPassword(hash, of: user.id, at: now, by: user.id, in: tx)
        try Session.revokeAll(of: user.id, [.browser], at: now, by: user.id, in: tx)
        try SignInAttempt.forget(email: email, in: tx)
      } else {
        let user = User(
          id: id, email: email, name: person.name, passwordHash: hash, language: language, at: now,
          by: invitation.createdBy)
        try tx.insert(user)
      }
      return try open(id, from: place, in: tx)
    }
  }

  /// The invitation behind a link, and the user who is already there with its address.
  func invitation(key: String) async throws -> (Invitation, User?) {
    let now = services.clock()
    return try await services.db.read { tx in
      guard let invitation = try Invitation.open(key: key, at: now, in: tx) else {
        throw AppError.linkExpired
      }
      return (invitation, try invitation.email.flatMap { try User.find(email: $0, in: tx) })
    }
  }

  func newLink(email: String?, lifetime: Int64, by actor: User.ID?) -> Link {
    let key = Digest.token()
    let now = services.clock()
    let invitation = Invitation(
      id: services.ids.next(), email: email, keyHash: Secret.hash(key), createdAt: now, createdBy: actor,
      expiresAt: now.adding(seconds: lifetime))
    return Link(key: key, invitation: invitation)
  }
}

extension AppError {
  static let linkExpired = AppError(status: 410, AccountWords.linkExpiredTitle, AccountWords.linkExpired)
}
