import Store
import Web

/// Tokens for programs that act as a user.
extension Accounts {
  public static let tokenDays = 365
  private static let mostDays = 3_650
  private static let mostTokens = 100

  /// It is shown this once and kept nowhere.
  /// - Parameters:
  ///   - days: after how many it ends; never when 0.
  ///   - actor: nil for the command line.
  /// - Throws: `Problems` at `token_name` or `days`; `AppError` with status 409 for a user who is disabled.
  public func issueToken(
    for user: User, name: String, scope: TokenScope = .write, days: Int = tokenDays, by actor: User.ID? = nil
  ) async throws -> String {
    var problems = Problems.none
    let name = Typed.line(name, "token_name", limit: 100, required: true, &problems)
    if !(0...Self.mostDays).contains(days) { problems["days"] = TokenWords.daysOutOfRange(Self.mostDays) }
    guard problems.isEmpty else { throw problems }
    let (token, now) = (Digest.token(), services.clock())
    let session = Session(
      of: user.id, name: name, token: token, scopes: TokenScopes(scope), at: now,
      until: days == 0 ? nil : now.adding(seconds: Int64(days) * 86_400), services)
    try await services.db.write { tx in
      guard let found = try User.locked(user.id, in: tx) else { throw AppError.notFound }
      guard found.disabledAt == nil else { throw AppError.conflict(AccountWords.isDisabled) }
      guard try Session.live(of: user.id, .api, at: now, in: tx).count < Self.mostTokens else {
        throw Problems(["token_name": TokenWords.tooMany(Self.mostTokens)])
      }
      try tx.insert(session)
      try note(.token, of: user.id, name, at: now, by: actor, in: tx)
    }
    return token
  }

  /// Ends a session or token of a user.
  /// - Parameter kinds: what it may be.
  /// - Throws: `AppError` with status 404 when there is none to end.
  func revoke(
    _ id: Session.ID, of user: User.ID, _ kinds: [Session.Kind] = Session.Kind.allCases, by actor: User.ID
  ) async throws {
    let now = services.clock()
    try await services.db.write { tx in
      guard let session = try Session.revoke(id, of: user, kinds, at: now, by: actor, in: tx) else {
        throw AppError.notFound
      }
      if session.kind == .api { try note(.tokenRevoked, of: user, session.name, at: now, by: actor, in: tx) }
    }
  }

  func revokeTokens(of user: User.ID, at now: Instant, by actor: User.ID, in tx: Transaction) throws {
    for token in try Session.live(of: user, .api, at: now, in: tx) {
      try note(.tokenRevoked, of: user, token.name, at: now, by: actor, in: tx)
    }
    try Session.revokeAll(of: user, [.api], at: now, by: actor, in: tx)
  }
}
