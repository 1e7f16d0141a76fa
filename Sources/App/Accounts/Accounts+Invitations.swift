import Store
import Web

extension Accounts {
  /// A fresh link, to be handed over by the administrator: its key, and until when it works.
  struct Link: Sendable {
    let key: String
    let invitation: Invitation

    init(for guest: Invitation.Guest, lifetime: Int64 = Invitation.lifetime, by actor: User.ID?, _ services: Services) {
      key = Digest.token()
      invitation = Invitation(for: guest, key: key, lifetime: lifetime, by: actor, services)
    }
  }

  /// Invites somebody new. A former invitation for the same address stops working.
  /// - Throws: `Problems` at `email` when it is none, or that of somebody who is a user already.
  func invite(email: String, by actor: User.ID?) async throws -> Link {
    let email = try Person.address(email)
    let link = Link(for: .somebodyNew(email), by: actor, services)
    try await services.db.write { tx in
      if let user = try User.find(email: email, in: tx) {
        throw Problems(["email": user.disabledAt == nil ? AccountWords.isUser(user.name) : AccountWords.isDisabled])
      }
      try Invitation.revokeAll(email: email, at: link.invitation.createdAt, by: actor, in: tx)
      try tx.insert(link.invitation)
    }
    return link
  }

  /// Lets a user who forgot the password set another. It stops working when the user's address or password changes, the
  /// user is disabled, or another such link is made.
  /// - Throws: `AppError` with status 404 or, for a user who is disabled, 409.
  func passwordLink(for id: User.ID, by actor: User.ID?) async throws -> (Link, User) {
    let link = Link(for: .user(id), by: actor, services)
    let now = link.invitation.createdAt
    let user = try await services.db.write { tx in
      guard let user = try User.find(id, in: tx) else { throw AppError.notFound }
      guard user.disabledAt == nil else { throw AppError.conflict(AccountWords.isDisabled) }
      try Invitation.revokeAll(of: id, at: now, by: actor, in: tx)
      try tx.insert(link.invitation)
      try note(.link, of: id, at: now, by: actor, in: tx)
      return user
    }
    return (link, user)
  }

  /// Takes a link back.
  func revokeInvitation(_ id: Invitation.ID, by actor: User.ID?) async throws {
    let now = services.clock()
    try await services.db.write { tx in
      guard let link = try Invitation.revoke(id, at: now, by: actor, in: tx) else { throw AppError.notFound }
      if let user = link.userId { try note(.linkTakenBack, of: user, at: now, by: actor, in: tx) }
    }
  }

  /// Uses a link up: makes the user who was invited, or gives the one it was made for a new password and ends the old
  /// sessions.
  func accept(
    key: String, name: String, password: String, language: Language, revokingTokens tokens: Bool = false,
    from place: Place
  ) async throws -> Opened {
    let (invitation, user) = try await invitation(key: key)
    let firm = try await firm()
    if let user {
      let person = try Person(email: user.email, name: user.name, password: password, firm: firm)
      return try await renew(person, password, of: user, by: invitation, revokingTokens: tokens, from: place)
    }
    let person = try Person(email: invitation.email ?? "", name: name, password: password, firm: firm)
    return try await join(person, password, language, by: invitation, from: place)
  }

  private func renew(
    _ person: Person, _ password: String, of user: User, by invitation: Invitation, revokingTokens tokens: Bool,
    from place: Place
  ) async throws -> Opened {
    let hash = try await services.hashing.turn().hash(password)
    let now = services.clock()
    return try await services.db.write { tx in
      guard try invitation.accept(by: user.id, at: now, in: tx),
        let found = try User.find(user.id, in: tx), found.disabledAt == nil
      else { throw AppError.linkExpired }
      try setPassword(hash, of: user.id, noting: .passwordByLink, at: now, by: user.id, in: tx)
      try Session.revokeAll(of: user.id, [.browser], at: now, by: user.id, in: tx)
      if tokens { try revokeTokens(of: user.id, at: now, by: user.id, in: tx) }
      try SignInAttempt.forget(email: found.email, from: .network(place.network), in: tx)
      try KnownBrowser.forgetAll(of: user.id, in: tx)
      return try open(user.id, from: place, in: tx)
    }
  }

  private func join(
    _ person: Person, _ password: String, _ language: Language, by invitation: Invitation, from place: Place
  ) async throws -> Opened {
    let now = services.clock()
    let user = User(
      id: services.ids.next(), email: person.email, name: person.name,
      passwordHash: try await services.hashing.turn().hash(password),
      language: language, at: now, by: invitation.createdBy)
    return try await write { tx in
      guard try invitation.accept(by: user.id, at: now, in: tx) else { throw AppError.linkExpired }
      // Two administrators may have invited the same person at the same moment.
      try Invitation.revokeAll(email: person.email, at: now, by: user.id, in: tx)
      try insert(user, in: tx)
      return try open(user.id, from: place, in: tx)
    }
  }

  /// The invitation behind a link, and the user whose password it renews; nil for somebody new.
  /// - Throws: `AppError` with status 410 when it no longer works.
  func invitation(key: String) async throws -> (Invitation, User?) {
    let now = services.clock()
    return try await services.db.read { tx in
      guard let invitation = try Invitation.open(key: key, at: now, in: tx) else { throw AppError.linkExpired }
      switch invitation.guest {
      case .first: throw AppError.linkExpired
      case .somebodyNew(let email):
        guard try User.find(email: email, in: tx) == nil else { throw AppError.linkExpired }
        return (invitation, nil)
      case .user(let id):
        guard let user = try User.find(id, in: tx), user.disabledAt == nil else { throw AppError.linkExpired }
        return (invitation, user)
      }
    }
  }
}

extension AppError {
  static let linkExpired = AppError(status: 410, AccountWords.linkExpiredTitle, AccountWords.linkExpired)
}
