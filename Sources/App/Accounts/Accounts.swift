import Store
import Web

/// Who may sign in: what administrators, the first start and the command line do about it.
///
/// What somebody typed wrong is thrown as `Problems`, what cannot be done as `AppError`; both say why in both
/// languages.
public struct Accounts: Sendable {
  let services: Services

  public init(_ services: Services) { self.services = services }

  /// Adds a user who can sign in at once.
  /// - Throws: `Problems` at `email`, `name` or `password`.
  @discardableResult
  public func create(
    email: String, name: String, password: String, isAdministrator: Bool, language: Language? = nil,
    by actor: User.ID? = nil
  ) async throws -> User {
    let person = try Person(email: email, name: name, password: password, firm: try await firm())
    let user = User(
      id: services.ids.next(), email: person.email, name: person.name,
      passwordHash: try await services.hashing.turn().hash(password),
      isAdministrator: isAdministrator, language: language, at: services.clock(), by: actor)
    try await write { tx in try insert(user, in: tx) }
    return user
  }

  /// Everybody, those who may sign in first.
  public func list() async throws -> [User] {
    try await services.db.read { tx in try tx.ask(User.all) }
  }

  /// - Throws: `AppError` with status 404 when nobody has this address.
  public func find(email: String) async throws -> User {
    let email = Person.email(email)
    guard let user = try await services.db.read({ tx in try User.find(email: email, in: tx) }) else {
      throw AppError(status: 404, AccountWords.noSuchUserTitle, AccountWords.noSuchUser(email))
    }
    return user
  }

  /// Keeps a user from signing in and ends all their sessions, tokens and links at once, and links they made for others.
  /// - Throws: `AppError` with status 409 for the last administrator.
  public func disable(_ id: User.ID, by actor: User.ID? = nil) async throws {
    let now = services.clock()
    try await services.db.write { tx in
      try User.lockAdministrators(in: tx)
      guard let user = try User.find(id, in: tx) else { throw AppError.notFound }
      if try user.isLastAdministrator(in: tx) { throw AppError.conflict(AccountWords.lastAdministrator) }
      try tx.run(
        """
        UPDATE app_user SET disabled_at = \(now), disabled_by = \(actor), updated_at = \(now), updated_by = \(actor)
        WHERE id = \(id) AND disabled_at IS NULL
        """)
      try Session.revokeAll(of: id, at: now, by: actor, in: tx)
      try KnownBrowser.forgetAll(of: id, in: tx)
      try Invitation.revokeAll(of: id, at: now, by: actor, in: tx)
      try Invitation.revokeAll(madeBy: id, at: now, by: actor, in: tx)
      if user.disabledAt == nil { try note(.disabled, of: id, at: now, by: actor, in: tx) }
      try Settings.markRights(at: now, in: tx)
    }
  }

  /// Lets a user sign in again, with a new session.
  public func enable(_ id: User.ID, by actor: User.ID? = nil) async throws {
    let now = services.clock()
    try await services.db.write { tx in
      guard let user = try User.locked(id, in: tx) else { throw AppError.notFound }
      guard user.disabledAt != nil else { return }
      try tx.run(
        """
        UPDATE app_user SET disabled_at = NULL, disabled_by = NULL, updated_at = \(now), updated_by = \(actor)
        WHERE id = \(id)
        """)
      try note(.enabled, of: id, at: now, by: actor, in: tx)
      try Settings.markRights(at: now, in: tx)
    }
  }

  /// Gives or takes the right to manage the firm.
  /// - Throws: `AppError` with status 409 when nobody would be left to.
  func setAdministrator(_ id: User.ID, _ isAdministrator: Bool, by actor: User.ID?) async throws {
    let now = services.clock()
    try await services.db.write { tx in
      try User.lockAdministrators(in: tx)
      guard let user = try User.find(id, in: tx) else { throw AppError.notFound }
      guard user.isAdministrator != isAdministrator else { return }
      if try user.isLastAdministrator(in: tx) { throw AppError.conflict(AccountWords.lastAdministrator) }
      try tx.run(
        """
        UPDATE app_user SET administrator_since = \(isAdministrator ? now : nil), administrator_by = \(actor),
          updated_at = \(now), updated_by = \(actor)
        WHERE id = \(id)
        """)
      if !isAdministrator { try Invitation.revokeAll(madeBy: id, at: now, by: actor, in: tx) }
      try note(isAdministrator ? .administrator : .member, of: id, at: now, by: actor, in: tx)
      try Settings.markRights(at: now, in: tx)
    }
  }

  /// What the firm is called, which no password is to be made of.
  func firm() async throws -> String { try await services.db.read { tx in try tx.ask(Settings.stored).firmName } }

  /// Ends every session, takes back every token and every link, and knows no browser any more.
  static func revokeEverything(at now: Instant, in tx: Transaction) throws {
    try tx.run("UPDATE session SET revoked_at = \(now) WHERE revoked_at IS NULL")
    try tx.run("UPDATE invitation SET revoked_at = \(now) WHERE accepted_at IS NULL AND revoked_at IS NULL")
    try tx.run("DELETE FROM known_browser")
  }

  func insert(_ user: User, in tx: Transaction) throws {
    try Person.checkFree(user.email, for: user.id, at: user.createdAt, in: tx)
    try tx.insert(user)
  }

  /// A write that can only break the rule that e-mails are unique, when two do the same at once.
  func write<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws
    -> Result
  {
    do { return try await services.db.write(body) } catch StoreError.constraint { throw Person.emailTaken }
  }
}
