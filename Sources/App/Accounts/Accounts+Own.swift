import Store
import Web

/// What people change of their own accounts. What would let somebody else in takes the present password.
extension Accounts {
  /// - Throws: `Problems` at `name`.
  func changeProfile(of user: User, name: String, language: Language?) async throws {
    var problems = Problems.none
    let name = Person.name(name, &problems)
    guard problems.isEmpty else { throw problems }
    let now = services.clock()
    try await services.db.write { tx in
      try tx.run(
        """
        UPDATE app_user SET name = \(name), language = \(language), updated_at = \(now), updated_by = \(user.id)
        WHERE id = \(user.id)
        """)
    }
  }

  /// Sets another address to sign in with. Links for a new password made so far stop working.
  /// - Throws: `Problems` at `email` or `current`.
  func changeEmail(of signedIn: SignedIn, to email: String, password: String) async throws {
    let user = signedIn.user
    let email = try Person.address(email)
    guard email != user.email else { return }
    try await confirm(password, of: signedIn)
    let now = services.clock()
    try await write { tx in
      try checkUnchanged(user, in: tx)
      try Person.checkFree(email, for: user.id, at: now, in: tx)
      try tx.run(
        """
        UPDATE app_user SET email = \(email), updated_at = \(now), updated_by = \(user.id) WHERE id = \(user.id)
        """)
      try Invitation.revokeAll(of: user.id, at: now, by: user.id, in: tx)
      try Invitation.revokeAll(email: user.email, at: now, by: user.id, in: tx)
      try note(.email, of: user.id, "\(user.email) → \(email)", at: now, by: user.id, in: tx)
    }
  }

  /// Sets another password and ends all other browsers' sessions.
  /// - Parameter tokens: whether programs' tokens end too.
  /// - Throws: `Problems` at `current` or `password`.
  func changePassword(
    of signedIn: SignedIn, from current: String, to password: String, revokingTokens tokens: Bool = false,
    at place: Place
  ) async throws {
    let user = signedIn.user
    let turn = try await confirm(current, of: signedIn)
    let owner = PasswordOwner(email: user.email, name: user.name, firm: try await firm())
    if let problem = Password.problem(password, of: owner) { throw Problems(["password": problem]) }
    let hash = try await turn.hash(password)
    let now = services.clock()
    try await services.db.write { tx in
      try checkUnchanged(user, in: tx)
      try setPassword(hash, of: user.id, noting: .password, at: now, by: user.id, in: tx)
      try endOthers(than: signedIn, revokingTokens: tokens, at: now, place, in: tx)
    }
  }

  /// Ends the sessions of all browsers but this one.
  /// - Parameter tokens: whether programs' tokens end too.
  func signOutElsewhere(_ signedIn: SignedIn, revokingTokens tokens: Bool, at place: Place) async throws {
    let now = services.clock()
    try await services.db.write { tx in
      try endOthers(than: signedIn, revokingTokens: tokens, at: now, place, in: tx)
      try note(.signedOut, of: signedIn.user.id, at: now, by: signedIn.user.id, in: tx)
    }
  }

  private func endOthers(
    than signedIn: SignedIn, revokingTokens tokens: Bool, at now: Instant, _ place: Place, in tx: Transaction
  ) throws {
    let user = signedIn.user.id
    try KnownBrowser.forgetAll(of: user, except: place.browser, in: tx)
    try Session.revokeAll(of: user, [.browser], except: signedIn.session, at: now, by: user, in: tx)
    if tokens { try revokeTokens(of: user, at: now, by: user, in: tx) }
  }

  /// Writes a new password down. Links to set one stop working.
  func setPassword(
    _ hash: String, of user: User.ID, noting kind: AccountEvent.Kind, at now: Instant, by actor: User.ID?,
    in tx: Transaction
  ) throws {
    try tx.run(
      """
      UPDATE app_user SET password_hash = \(hash), updated_at = \(now), updated_by = \(actor) WHERE id = \(user)
      """)
    try Invitation.revokeAll(of: user, at: now, by: actor, in: tx)
    try note(kind, of: user, at: now, by: actor, in: tx)
  }

  /// Sees that it is the user who sits there. Counts as a try to sign in, from this session.
  /// - Returns: a place among those whose passwords are hashed.
  /// - Throws: `Problems` at `current`; `AppError` with status 429 after too many tries, 503 when too many try.
  @discardableResult
  private func confirm(_ password: String, of signedIn: SignedIn) async throws -> HashingQueue.Turn {
    let (user, source) = (signedIn.user, SignInAttempt.Source.session(signedIn.session))
    guard Password.isPossible(password) else { throw Self.wrongPassword }
    let turn = try services.hashing.turn()
    // Tries count whatever becomes of the request.
    return try await IdempotencyRun.aside {
      try await services.db.write { tx in
        try SignInAttempt.begin(email: user.email, from: source, services, in: tx)
      }
      guard try await turn.matches(password, user.passwordHash) else { throw Self.wrongPassword }
      try await services.db.write { tx in try SignInAttempt.forget(email: user.email, from: source, in: tx) }
      return turn
    }
  }

  /// Of two changes at the same time, the second was confirmed by a password that the first may have changed.
  private func checkUnchanged(_ user: User, in tx: Transaction) throws {
    guard let found = try User.locked(user.id, in: tx), found.disabledAt == nil,
      found.passwordHash == user.passwordHash, found.email == user.email
    else { throw Self.wrongPassword }
  }

  private static let wrongPassword = Problems(["current": AccountWords.wrongPassword])
}
