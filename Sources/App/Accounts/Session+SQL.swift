import Store

extension Session {
  /// What a token stands for, while it lasts.
  struct Live {
    private let condition: SQL

    init(token: String, _ kind: Kind, at now: Instant) {
      condition = """
        token_hash = \(Secret.hash(token)) AND kind = \(kind) AND revoked_at IS NULL
        AND (expires_at IS NULL OR expires_at > \(now))
        """
    }

    var session: Question<Session?> { .first("SELECT * FROM session WHERE \(condition)") }

    /// Whose it is, unless disabled.
    var user: Question<User?> {
      .first(
        """
        SELECT * FROM app_user WHERE disabled_at IS NULL AND id IN (SELECT user_id FROM session WHERE \(condition))
        """)
    }
  }

  /// A user's browsers or tokens that still work, the newest seen first.
  static func live(of user: User.ID, _ kind: Kind, at now: Instant, in tx: Transaction) throws -> [Session] {
    try tx.all(
      """
      SELECT * FROM session
      WHERE user_id = \(user) AND kind = \(kind) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(now))
      ORDER BY seen_at DESC, id DESC
      """)
  }

  /// Notes that a session was used, which also lets a browser's last longer. A token ends on its day.
  static func touch(_ id: ID, at now: Instant, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE session SET seen_at = \(now),
        expires_at = CASE WHEN kind = \(Kind.browser) THEN \(now.adding(seconds: Int64(lifetime))) ELSE expires_at END
      WHERE id = \(id) AND seen_at < \(now)
      """)
  }

  /// Ends one session of a user.
  /// - Returns: the one; nil when there is none to end.
  static func revoke(
    _ id: ID, of user: User.ID, _ kinds: [Kind], at now: Instant, by actor: User.ID?, in tx: Transaction
  ) throws -> Session? {
    let isDone = try tx.run(
      """
      UPDATE session SET revoked_at = \(now), revoked_by = \(actor)
      WHERE id = \(id) AND user_id = \(user) AND kind IN \(in: kinds.map(\.rawValue)) AND revoked_at IS NULL
      """)
    return isDone == 1 ? try tx.first("SELECT * FROM session WHERE id = \(id)") : nil
  }

  /// Ends all sessions of a user: all but one, or of one kind alone.
  static func revokeAll(
    of user: User.ID, _ kinds: [Kind] = Kind.allCases, except kept: ID? = nil, at now: Instant,
    by actor: User.ID?,
    in tx: Transaction
  ) throws {
    try tx.run(
      """
      UPDATE session SET revoked_at = \(now), revoked_by = \(actor)
      WHERE user_id = \(user) AND kind IN \(in: kinds.map(\.rawValue)) AND id <> \(kept ?? ID(raw: 0))
        AND revoked_at IS NULL
      """)
  }
}
