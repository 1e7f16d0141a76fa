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
      ]),
    Migration(
      37, "links name their account, accounts have a history, tokens have scopes",
      [
        "ALTER TABLE invitation ADD COLUMN user_id BIGINT REFERENCES app_user (id)",
        // Until now a link for a new password named an address, and made a user of whoever had none by then. Such links
        // are taken back: those for the address of a user, and those older than a change of an account that was there
        // before them, which may have been of its address. Other invitations still work.
        """
        UPDATE invitation SET revoked_at = expires_at
        WHERE email IS NOT NULL AND accepted_at IS NULL AND revoked_at IS NULL AND EXISTS (
          SELECT id FROM app_user
          WHERE app_user.email = invitation.email
            OR (app_user.created_at <= invitation.created_at AND app_user.updated_at >= invitation.created_at))
        """,
        "ALTER TABLE session ADD COLUMN scopes TEXT NOT NULL DEFAULT 'read write'",
        """
        CREATE TABLE known_browser (
          id \(SQL.key),
          user_id BIGINT NOT NULL REFERENCES app_user (id),
          token_hash TEXT NOT NULL,
          created_at BIGINT NOT NULL,
          expires_at BIGINT NOT NULL,
          UNIQUE (user_id, token_hash)
        )
        """,
        """
        CREATE TABLE account_event (
          id \(SQL.key),
          user_id BIGINT NOT NULL REFERENCES app_user (id),
          kind TEXT NOT NULL,
          detail TEXT NOT NULL,
          created_at BIGINT NOT NULL,
          created_by BIGINT
        )
        """,
        "CREATE INDEX account_event_by_user ON account_event (user_id, id)",
      ]),
  ]
}
