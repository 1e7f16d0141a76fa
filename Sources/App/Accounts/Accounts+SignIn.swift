import Store
import Web

extension Accounts {
  /// Where a call came from.
  struct Place: Sendable {
    let agent: String
    let origin: String
    /// The token by which a browser in which somebody signed in is known again.
    var browser: String?

    var network: String { Network.of(origin) }
  }

  /// What a browser is given that was signed in: the token of its session, and the one by which it is known again.
  struct Opened: Sendable {
    let session: String
    let browser: String
  }

  /// Signs a browser in.
  /// - Returns: nil when e-mail or password is wrong, and it does not tell which.
  /// - Throws: `AppError` with status 429 after too many tries, 503 when too many try at once.
  func signIn(email: String, password: String, from place: Place) async throws -> Opened? {
    guard let email = try? Person.address(email), Password.isPossible(password) else { return nil }
    let (user, source) = try await candidate(email, from: place)
    let turn = try services.hashing.turn()
    try await services.db.write { tx in try SignInAttempt.begin(email: email, from: source, services, in: tx) }
    let usable = user?.disabledAt == nil ? user?.passwordHash : nil
    guard try await turn.matches(password, usable), let user, let usable else { return nil }
    let renewed = Password.isOutdated(usable) ? try await turn.hash(password) : nil
    return try await services.db.write { tx in
      // It may have been changed, or the user disabled, while it was compared.
      guard let found = try User.locked(user.id, in: tx), found.disabledAt == nil, found.passwordHash == usable
      else { return nil }
      try SignInAttempt.forget(email: email, from: source, in: tx)
      if let renewed {
        try tx.run("UPDATE app_user SET password_hash = \(renewed) WHERE id = \(user.id)")
      }
      return try open(user.id, from: place, in: tx)
    }
  }

  /// Who might be meant, and where the try is counted. Who has tried too often learns it here, without taking a place
  /// among those whose passwords are hashed.
  private func candidate(_ email: String, from place: Place) async throws -> (User?, SignInAttempt.Source) {
    let now = services.clock()
    return try await services.db.read { tx in
      let user = try User.find(email: email, in: tx)
      let known = try user.flatMap { try KnownBrowser.find(place.browser, of: $0.id, at: now, in: tx) }
      let source = known.map(SignInAttempt.Source.browser) ?? .network(place.network)
      try SignInAttempt.check(email: email, from: source, at: now, in: tx)
      return (user, source)
    }
  }

  /// Starts a browser's session.
  func open(_ user: User.ID, from place: Place, in tx: Transaction) throws -> Opened {
    let token = Digest.token()
    try tx.insert(Session(of: user, token: token, from: place, at: services.clock(), services))
    return Opened(session: token, browser: try KnownBrowser.remember(place.browser, of: user, services, in: tx))
  }
}
