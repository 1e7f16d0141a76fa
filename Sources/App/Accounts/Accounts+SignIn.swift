import Store
import Web

extension Accounts {
  /// Where a call came from, as its session remembers it.
  struct Place: Sendable {
    let agent: String
    let origin: String
  }

  /// Signs a browser in.
  /// - Returns: the token for its cookie; nil when e-mail or password is wrong, and it does not tell which.
  /// - Throws: `AppError` with status 429 after too many tries.
  func signIn(email: String, password: String, from place: Place) async throws -> String? {
    let email = Person.email(email)
    let user = try await services.db.write { tx in
      try SignInAttempt.begin(email: email, origin: place.origin, services, in: tx)
      return try User.find(email: email, in: tx)
    }
    let usable = user?.disabledAt == nil ? user?.passwordHash : nil
    guard try await Password.matches(password, usable), let user, let usable else { return nil }
    let renewed = Password.isOutdated(usable) ? try await Password.hash(password) : nil
    return try await services.db.write { tx in
      try SignInAttempt.forget(email: email, in: tx)
      if let renewed {
        try tx.run(
          "UPDATE app_user SET password_hash = \(renewed) WHERE id = \(user.id) AND password_hash = \(usable)"
        )
      }
      return try open(user.id, from: place, in: tx)
    }
  }

  /// Starts a browser's session.
  /// - Returns: the token for its cookie.
  func open(_ user: User.ID, from place: Place, in tx: Transaction) throws -> String {
    let token = Digest.token()
    try tx.insert(
      Session(of: user, .browser, token: token, agent: place.agent, origin: place.origin, services))
    return token
  }

  /// Ends a session of a user's own.
  /// - Throws: `AppError` with status 404 when there is none to end.
  func revoke(_ session: Session.ID, of user: User.ID) async throws {
    let now = services.clock()
    try await services.db.write { tx in
      guard try Session.revoke(session, of: user, at: now, by: user, in: tx) else { throw AppError.notFound }
    }
  }

  /// Sets another password and ends all other browsers' sessions.
  /// - Throws: `Problems` at `current` or `password`.
  func changePassword(
    of signedIn: SignedIn, from current: String, to password: String, at place: Place
  ) async throws {
    let user = signedIn.user
    let now = services.clock()
    try await IdempotencyRun.aside {
      try await services.db.write { tx in
        try SignInAttempt.begin(email: user.email, origin: place.origin, services, in: tx)
      }
    }
    guard try await Password.matches(current, user.passwordHash) else {
      throw Problems(["current": AccountWords.wrongPassword])
    }
    if let problem = Password.problem(password, email: user.email) { throw Problems(["password": problem]) }
    let hash = try await Password.hash(password)
    try await services.db.write { tx in
      try SignInAttempt.forget(email: user.email, in: tx)
      try setPassword(hash, of: user.id, at: now, by: user.id, in: tx)
      try Session.revokeAll(of: user.id, [.browser], except: signedIn.session, at: now, by: user.id, in: tx)
    }
  }

  func setPassword(_ hash: String, of user: User.ID, at now: Instant, by actor: User.ID?, in tx: Transaction)
    throws
  {
    try tx.run(
      """
      UPDATE app_user SET password_hash = \(hash), updated_at = \(now), updated_by = \(actor) WHERE id = \(user)
      """)
  }
}
