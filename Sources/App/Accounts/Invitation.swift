import Store
import Web

/// A link that lets one person set a name and a password: a new colleague, or one who forgot the password.
/// The very first one has no e-mail and makes its bearer the administrator.
struct Invitation: Record, Identifiable, Equatable {
  typealias ID = Store.ID<Invitation>

  static let lifetime: Int64 = 7 * 86_400
  static let firstLifetime: Int64 = 86_400

  let id: ID
  let email: String?
  /// Of the key in the link, which itself is kept nowhere.
  let keyHash: String
  let createdAt: Instant
  let createdBy: User.ID?
  let expiresAt: Instant
  var acceptedAt: Instant?
  var acceptedBy: User.ID?
  var revokedAt: Instant?
  var revokedBy: User.ID?
}

extension Invitation {
  /// Those that still work, the newest first; not the one for the first administrator.
  static func open(at now: Instant, in tx: Transaction) throws -> [Invitation] {
    try tx.all(
      """
      SELECT * FROM invitation
      WHERE email IS NOT NULL AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > \(now)
      ORDER BY id DESC
      """)
  }

  static func open(key: String, at now: Instant, in tx: Transaction) throws -> Invitation? {
    try tx.first(
      """
      SELECT * FROM invitation
      WHERE key_hash = \(Secret.hash(key)) AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > \(now)
      """)
  }

  /// Uses it up. Returns false when somebody else did so in the meantime.
  func accept(by user: User.ID, at now: Instant, in tx: Transaction) throws -> Bool {
    try tx.run(
      """
      UPDATE invitation SET accepted_at = \(now), accepted_by = \(user)
      WHERE id = \(id) AND accepted_at IS NULL AND revoked_at IS NULL
      """) == 1
  }

  static func revoke(_ id: ID, at now: Instant, by user: User.ID?, in tx: Transaction) throws -> Bool {
    try tx.run(
      """
      UPDATE invitation SET revoked_at = \(now), revoked_by = \(user)
      WHERE id = \(id) AND email IS NOT NULL AND accepted_at IS NULL AND revoked_at IS NULL
      """) == 1
  }

  /// Takes back what is still open for an address: a new link replaces the old one.
  static func revokeAll(email: String, at now: Instant, by user: User.ID?, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE invitation SET revoked_at = \(now), revoked_by = \(user)
      WHERE email = \(email) AND accepted_at IS NULL AND revoked_at IS NULL
      """)
  }
}
