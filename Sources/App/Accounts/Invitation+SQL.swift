import Store

extension Invitation {
  private static let unused: SQL = "accepted_at IS NULL AND revoked_at IS NULL"

  /// Those that still work, the newest first; not the one for the first administrator.
  static func open(at now: Instant, in tx: Transaction) throws -> [Invitation] {
    try tx.all(
      """
      SELECT * FROM invitation
      WHERE (email IS NOT NULL OR user_id IS NOT NULL) AND \(unused) AND expires_at > \(now)
      ORDER BY id DESC
      """)
  }

  static func open(key: String, at now: Instant, in tx: Transaction) throws -> Invitation? {
    try tx.first(
      "SELECT * FROM invitation WHERE key_hash = \(Secret.hash(key)) AND \(unused) AND expires_at > \(now)")
  }

  /// Whether somebody new was invited by this address and has not come yet.
  static func isOpen(for email: String, at now: Instant, in tx: Transaction) throws -> Bool {
    try tx.exists("SELECT id FROM invitation WHERE email = \(email) AND \(unused) AND expires_at > \(now)")
  }

  /// Uses it up. Returns false when somebody else did so in the meantime, or it was taken back.
  func accept(by user: User.ID, at now: Instant, in tx: Transaction) throws -> Bool {
    try tx.run(
      """
      UPDATE invitation SET accepted_at = \(now), accepted_by = \(user) WHERE id = \(id) AND \(Self.unused)
      """) == 1
  }

  /// Takes one back.
  /// - Returns: the one; nil when there is none that still waits.
  static func revoke(_ id: ID, at now: Instant, by actor: User.ID?, in tx: Transaction) throws -> Invitation? {
    let revoked = try revoke("id = \(id) AND (email IS NOT NULL OR user_id IS NOT NULL)", at: now, by: actor, in: tx)
    return revoked == 1 ? try tx.first("SELECT * FROM invitation WHERE id = \(id)") : nil
  }

  /// Takes back what is still open for an address: a new link replaces the old one.
  static func revokeAll(email: String, at now: Instant, by actor: User.ID?, in tx: Transaction) throws {
    try revoke("email = \(email)", at: now, by: actor, in: tx)
  }

  /// Takes back the links for a user's new password.
  static func revokeAll(of user: User.ID, at now: Instant, by actor: User.ID?, in tx: Transaction) throws {
    try revoke("user_id = \(user)", at: now, by: actor, in: tx)
  }

  /// Takes back the links that somebody made who no longer may: they could have kept them for themselves.
  static func revokeAll(madeBy user: User.ID, at now: Instant, by actor: User.ID?, in tx: Transaction) throws {
    try revoke("created_by = \(user)", at: now, by: actor, in: tx)
  }

  @discardableResult
  private static func revoke(_ which: SQL, at now: Instant, by actor: User.ID?, in tx: Transaction) throws -> Int {
    try tx.run("UPDATE invitation SET revoked_at = \(now), revoked_by = \(actor) WHERE \(which) AND \(unused)")
  }
}
