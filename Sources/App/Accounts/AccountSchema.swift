import Store

enum AccountSchema {
  static let migrations = [
    Migration(
      3, "accounts and settings",
      [
        """
        CREATE TABLE app_user (
          id \(SQL.key),
          email TEXT NOT NULL UNIQUE,
          name TEXT NOT NULL,
          password_hash TEXT,
          language TEXT,
          administrator_since BIGINT,
          administrator_by BIGINT,
          created_at BIGINT NOT NULL,
          created_by BIGINT,
          updated_at BIGINT NOT NULL,
          updated_by BIGINT,
          disabled_at BIGINT,
          disabled_by BIGINT
        )
        """,
        """
        CREATE TABLE session (
          id \(SQL.key),
          user_id BIGINT NOT NULL REFERENCES app_user (id),
          kind TEXT NOT NULL,
          name TEXT NOT NULL,
          token_hash TEXT NOT NULL UNIQUE,
          form_token TEXT NOT NULL,
          agent TEXT NOT NULL,
          origin TEXT NOT NULL,
          created_at BIGINT NOT NULL,
          seen_at BIGINT NOT NULL,
          expires_at BIGINT,
          revoked_at BIGINT,
          revoked_by BIGINT
        )
        """,
        "CREATE INDEX session_by_user ON session (user_id, seen_at)",
        """
        CREATE TABLE invitation (
          id \(SQL.key),
          email TEXT,
          key_hash TEXT NOT NULL UNIQUE,
          created_at BIGINT NOT NULL,
          created_by BIGINT,
          expires_at BIGINT NOT NULL,
          accepted_at BIGINT,
          accepted_by BIGINT,
          revoked_at BIGINT,
          revoked_by BIGINT
        )
        """,
        """
        CREATE TABLE sign_in_attempt (
          id \(SQL.key),
          email TEXT NOT NULL,
          origin TEXT NOT NULL,
          happened_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX sign_in_attempt_by_email ON sign_in_attempt (email, happened_at)",
        "CREATE INDEX sign_in_attempt_by_origin ON sign_in_attempt (origin, happened_at)",
        "CREATE INDEX sign_in_attempt_by_time ON sign_in_attempt (happened_at)",
        """
        CREATE TABLE setting (
          name TEXT NOT NULL PRIMARY KEY,
          value TEXT NOT NULL,
          updated_at BIGINT NOT NULL,
          updated_by BIGINT
        )
        """,
      ])
  ]
}
