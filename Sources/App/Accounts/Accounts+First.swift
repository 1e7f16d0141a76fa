import Store
import Web

extension Accounts {
  /// What the very first person tells of the firm and of themselves.
  struct First: Codable, Equatable, Sendable {
    var key = ""
    var firm = ""
    var name = ""
    var email = ""
    var language = Language.zh
  }

  /// A one-time link to create the first administrator, good for a day; nil when there are users already.
  /// Made anew at each start, because the key itself is kept nowhere.
  /// - Parameter base: how the site is reached, as in `http://127.0.0.1:8080`.
  public func firstAdministratorLink(base: String) async throws -> String? {
    let link = Link(for: .first, lifetime: Invitation.firstLifetime, by: nil, services)
    return try await services.db.write { tx in
      guard try !User.exists(in: tx) else { return nil }
      try tx.insert(link.invitation)
      return Fields([("key", link.key)]).link("\(base)/first-administrator")
    }
  }

  /// - Throws: `AppError` with status 410 when the link was used, is too old, or there are users already.
  func checkFirst(key: String) async throws {
    let now = services.clock()
    try await services.db.read { tx in
      guard let invitation = try Invitation.open(key: key, at: now, in: tx), invitation.guest == .first,
        try !User.exists(in: tx)
      else { throw AppError.linkExpired }
    }
  }

  /// Creates the first administrator and names the firm.
  func createFirst(_ first: First, password: String, from place: Place) async throws -> Opened {
    try await checkFirst(key: first.key)
    let person = try Person(email: first.email, name: first.name, password: password, firm: first.firm)
    var problems = Problems.none
    let firm = Typed.line(first.firm, "firm", limit: 200, &problems)
    guard problems.isEmpty else { throw problems }
    let now = services.clock()
    let user = User(
      id: services.ids.next(), email: person.email, name: person.name,
      passwordHash: try await services.hashing.turn().hash(password),
      isAdministrator: true, language: first.language, at: now, by: nil)
    return try await services.db.write { tx in
      // The name is taken once: of two links used at the same time, the second finds it there.
      let isFirst = try tx.run(
        """
        INSERT INTO setting (name, value, updated_at) VALUES ('first_administrator', \(user.id.description), \(now))
        ON CONFLICT (name) DO NOTHING
        """)
      guard isFirst == 1, try !User.exists(in: tx),
        let invitation = try Invitation.open(key: first.key, at: now, in: tx), invitation.guest == .first,
        try invitation.accept(by: user.id, at: now, in: tx)
      else { throw AppError.linkExpired }
      try tx.insert(user)
      var settings = try tx.ask(Settings.stored)
      settings.firmName = firm
      settings.language = first.language
      try settings.save(at: now, by: user.id, in: tx)
      return try open(user.id, from: place, in: tx)
    }
  }
}
