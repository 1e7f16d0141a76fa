import Store
import Web

/// A browser in which a user has signed in, told by a cookie that outlives the session: there, strangers who guess the
/// user's password from elsewhere stand in nobody's way.
struct KnownBrowser: Record, Identifiable {
  typealias ID = Store.ID<KnownBrowser>

  /// Since the last time somebody signed in there.
  static let lifetime = 180 * 86_400
  static let mostPerUser = 20

  let id: ID
  let userId: User.ID
  /// Of the token in the cookie. Several users of one browser have one.
  let tokenHash: String
  let createdAt: Instant
  let expiresAt: Instant
}

extension KnownBrowser {
  static func find(_ token: String?, of user: User.ID, at now: Instant, in tx: Transaction) throws -> ID? {
    guard let token else { return nil }
    return try tx.value(
      """
      SELECT id FROM known_browser
      WHERE user_id = \(user) AND token_hash = \(Secret.hash(token)) AND expires_at > \(now)
      """)
  }

  /// Notes that a user has signed in.
  /// - Parameter shown: the token that the browser has already.
  /// - Returns: the one that it is to keep.
  static func remember(_ shown: String?, of user: User.ID, _ services: Services, in tx: Transaction) throws -> String {
    let now = services.clock()
    try tx.run("DELETE FROM known_browser WHERE expires_at <= \(now)")
    let known = try shown.flatMap { token in
      try tx.exists("SELECT id FROM known_browser WHERE token_hash = \(Secret.hash(token))") ? token : nil
    }
    let token = known ?? Digest.token()
    let end = now.adding(seconds: Int64(lifetime))
    try tx.run(
      """
      INSERT INTO known_browser (id, user_id, token_hash, created_at, expires_at)
      VALUES (\(services.ids.next() as ID), \(user), \(Secret.hash(token)), \(now), \(end))
      ON CONFLICT (user_id, token_hash) DO UPDATE SET expires_at = excluded.expires_at
      """)
    try tx.run(
      """
      DELETE FROM known_browser WHERE user_id = \(user) AND id NOT IN (
        SELECT id FROM known_browser WHERE user_id = \(user) ORDER BY expires_at DESC, id DESC LIMIT \(mostPerUser))
      """)
    return token
  }

  /// Forgets those of a user, all but the one with this token.
  static func forgetAll(of user: User.ID, except token: String? = nil, in tx: Transaction) throws {
    try tx.run(
      "DELETE FROM known_browser WHERE user_id = \(user) AND token_hash <> \(token.map(Secret.hash) ?? "")")
  }
}
