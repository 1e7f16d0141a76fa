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
    let person = try Person(email: email, name: name, password: password)
    let user = User(
      id: services.ids.next(), email: person.email, name: person.name,
      passwordHash: try await Password.hash(password),
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

  /// Keeps a user from signing in and ends all their sessions and tokens at once.
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
      try Invitation.revokeAll(email: user.email, at: now, by: actor, in: tx)
    }
  }

  /// Lets a user sign in again, with a new session.
  public func enable(_ id: User.ID, by actor: User.ID? = nil) async throws {
    let now = services.clock()
    try await services.db.write { tx in
      let changed = try tx.run(
        """
        UPDATE app_user SET disabled_at = NULL, disabled_by = NULL, updated_at = \(now), updated_by = \(actor)
        WHERE id = \(id)
        """)
      guard changed == 1 else { throw AppError.notFound }
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
    }
  }

  /// A token for a program that acts as this user. It is shown this once and kept nowhere.
  public func issueToken(for user: User, name: String) async throws -> String {
    var problems = Problems.none
    let name = Typed.line(name, "token_name", limit: 100, required: true, &problems)
    guard problems.isEmpty else { throw problems }
    guard user.disabledAt == nil else { throw AppError.conflict(AccountWords.isDisabled) }
    let token = Digest.token()
    let session = Session(of: user.id, .api, name: name, token: token, agent: "", origin: "", services)
    try await services.db.write { tx in try tx.insert(session) }
    return token
  }

  func insert(_ user: User, in tx: Transaction) throws {
    guard try User.find(email: user.email, in: tx) == nil else { throw Person.emailTaken }
    try tx.insert(user)
  }

  /// A write that can only break the rule that e-mails are unique, when two do the same at once.
  func write<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws
    -> Result
  {
    do { return try await services.db.write(body) } catch StoreError.constraint { throw Person.emailTaken }
  }
}

/// A person's name, e-mail and password as they were typed, once they were found to be usable.
struct Person: Sendable {
  let email: String
  let name: String

  /// - Throws: `Problems` at `email`, `name` or `password`.
  init(email: String, name: String, password: String? = nil) throws {
    var problems = Problems.none
    self.email = Typed.email(email, "email", &problems).lowercased()
    self.name = Typed.line(name, "name", limit: 100, required: true, &problems)
    if self.email.isEmpty { problems["email"] = Problems.missing }
    if let password, let problem = Password.problem(password, email: self.email) {
      problems["password"] = problem
    }
    guard problems.isEmpty else { throw problems }
  }

  /// An address as it is kept and compared.
  static func email(_ typed: String) -> String {
    var ignored = Problems.none
    return Typed.email(typed, "email", &ignored).lowercased()
  }

  static let emailTaken = Problems(["email": AccountWords.emailTaken])
}
