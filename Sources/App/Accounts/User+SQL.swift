import Store

extension User {
  static func find(_ id: ID, in tx: Transaction) throws -> User? {
    try tx.first("SELECT * FROM app_user WHERE id = \(id)")
  }

  /// The same, and nobody else changes it until the transaction ends.
  static func locked(_ id: ID, in tx: Transaction) throws -> User? {
    try tx.first("SELECT * FROM app_user WHERE id = \(id)\(SQL.locking("app_user"))")
  }

  static func find(email: String, in tx: Transaction) throws -> User? {
    try tx.first("SELECT * FROM app_user WHERE email = \(email)")
  }

  /// Everybody, those who may sign in first.
  static var all: Question<[User]> {
    .all("SELECT * FROM app_user ORDER BY CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END, id")
  }

  static func names(of ids: [ID], in tx: Transaction) throws -> [ID: String] {
    guard !ids.isEmpty else { return [:] }
    let pairs: [(ID, String)] = try tx.map("SELECT id, name FROM app_user WHERE id IN \(in: ids)") {
      (try $0[0], try $0[1])
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  static func exists(in tx: Transaction) throws -> Bool { try tx.exists("SELECT id FROM app_user") }

  /// The newest moment each user was seen, if ever.
  static func lastSeen(in tx: Transaction) throws -> [ID: Instant] {
    let pairs: [(ID, Instant)] = try tx.map(
      "SELECT user_id, max(seen_at) FROM session WHERE seen_at > \(Session.never) GROUP BY user_id"
    ) { (try $0[0], try $0[1]) }
    return Dictionary(pairs, uniquingKeysWith: { max($0, $1) })
  }

  /// Makes changes of who may manage the firm wait for each other, so that two administrators cannot remove
  /// one another at the same time.
  static func lockAdministrators(in tx: Transaction) throws {
    try tx.run("UPDATE app_user SET email = email WHERE administrator_since IS NOT NULL")
  }

  /// Whether nobody else could manage the firm without this one.
  func isLastAdministrator(in tx: Transaction) throws -> Bool {
    guard isAdministrator, disabledAt == nil else { return false }
    return try !tx.exists(
      """
      SELECT id FROM app_user
      WHERE administrator_since IS NOT NULL AND disabled_at IS NULL AND id <> \(id)
      """)
  }
}
