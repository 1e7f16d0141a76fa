import Store

enum ImportSchema {
  static let migrations = [
    Migration(
      7, "imports",
      [
        """
        CREATE TABLE import (
          id \(SQL.key),
          kind TEXT NOT NULL,
          file_name TEXT NOT NULL,
          byte_count BIGINT NOT NULL,
          options TEXT NOT NULL,
          counts TEXT NOT NULL,
          report TEXT,
          total BIGINT NOT NULL,
          done BIGINT NOT NULL,
          applied BIGINT NOT NULL,
          changes BIGINT NOT NULL,
          uploaded_at BIGINT NOT NULL,
          uploaded_by BIGINT,
          checking_at BIGINT,
          checked_at BIGINT,
          started_at BIGINT,
          started_by BIGINT,
          finished_at BIGINT,
          cancelled_at BIGINT,
          cancelled_by BIGINT,
          reverting_at BIGINT,
          reverting_by BIGINT,
          reverted_at BIGINT,
          failed_at BIGINT,
          failure TEXT
        )
        """,
        // The file itself, in pieces, so that any server can go on with it.
        """
        CREATE TABLE import_chunk (
          import_id BIGINT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
          position BIGINT NOT NULL,
          bytes \(SQL.bytes) NOT NULL,
          PRIMARY KEY (import_id, position)
        )
        """,
        // What it did, in order: enough to undo it. `kept` says why a record stayed when the rest was undone.
        """
        CREATE TABLE import_change (
          import_id BIGINT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
          position BIGINT NOT NULL,
          kind TEXT NOT NULL,
          record_id BIGINT NOT NULL,
          before TEXT,
          kept TEXT,
          PRIMARY KEY (import_id, position)
        )
        """,
        "CREATE INDEX import_change_by_record ON import_change (record_id)",
        """
        CREATE TABLE import_problem (
          import_id BIGINT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
          position BIGINT NOT NULL,
          line BIGINT NOT NULL,
          is_warning BIGINT NOT NULL,
          problem TEXT NOT NULL,
          PRIMARY KEY (import_id, position)
        )
        """,
      ]),
    // New orders, of which there are millions, are noted by the thousand: all that the import wrote between two ids.
    Migration(
      12, "imports at size",
      [
        "ALTER TABLE import_change ADD COLUMN last_id BIGINT",
        "ALTER TABLE import_change ADD COLUMN records BIGINT NOT NULL DEFAULT 1",
        "CREATE UNIQUE INDEX import_by_start ON import (started_at)",
      ]),
    Migration(
      13, "remembered columns",
      [
        """
        CREATE TABLE import_mapping (
          kind TEXT NOT NULL,
          headers TEXT NOT NULL,
          mapping TEXT NOT NULL,
          used_at BIGINT NOT NULL,
          PRIMARY KEY (kind, headers)
        )
        """
      ]),
    Migration(15, "uploads unpacked", [.setUnpacked("bytes", in: "import_chunk")]),
    // What was guessed for an earlier file is not what somebody said.
    Migration(
      36, "guesses forgotten",
      guesses.flatMap { guess -> [SQL] in
        [
          "UPDATE import_mapping SET mapping = replace(mapping, \(guess.said), \(guess.forgotten))",
          "UPDATE import SET options = replace(options, \(guess.said), \(guess.forgotten)) WHERE started_at IS NULL",
        ]
      }),
  ]

  private static let guesses: [(said: String, forgotten: String)] = [
    ("amounts", ["line", "order"]), ("refunds", ["separate", "deducted"]),
    ("without_customer", ["walk_in", "by_region", "reject"]), ("withoutCustomer", ["walk_in", "by_region", "reject"]),
  ].flatMap { name, values in values.map { ("\"\(name)\":\"\($0)\"", "\"\(name)\":null") } }
}
