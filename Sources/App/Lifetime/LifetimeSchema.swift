import Store

enum LifetimeSchema {
  static let migrations = [
    Migration(
      18, "lifetime value",
      [
        """
        CREATE TABLE lifetime_fit (
          id \(SQL.key),
          fitted_at BIGINT NOT NULL,
          as_of TEXT NOT NULL,
          customers BIGINT NOT NULL,
          repeaters BIGINT NOT NULL,
          model TEXT NOT NULL,
          choice TEXT NOT NULL,
          rhythm TEXT,
          judgement TEXT
        )
        """,
        // The scores of everybody on a day, packed: they are read and written as a whole.
        """
        CREATE TABLE value_sheet (
          id \(SQL.key),
          day TEXT NOT NULL UNIQUE,
          fit_id BIGINT NOT NULL REFERENCES lifetime_fit (id),
          made_at BIGINT NOT NULL,
          customers BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE value_sheet_piece (
          sheet_id BIGINT NOT NULL REFERENCES value_sheet (id) ON DELETE CASCADE,
          position BIGINT NOT NULL,
          bytes \(SQL.bytes) NOT NULL,
          PRIMARY KEY (sheet_id, position)
        )
        """,
        // What somebody knows better than the models, field by field; the last counts, an empty one takes it back.
        """
        CREATE TABLE worksheet_correction (
          id \(SQL.key),
          customer_id BIGINT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
          field TEXT NOT NULL,
          value TEXT NOT NULL,
          corrected_at BIGINT NOT NULL,
          corrected_by BIGINT
        )
        """,
        "CREATE INDEX worksheet_correction_by_customer ON worksheet_correction (customer_id, id)",
      ]),
    Migration(24, "sheets unpacked", [.setUnpacked("bytes", in: "value_sheet_piece")]),
    // Fits and scores are made anew, with ranges that hold what happens; at once, by the run that is waiting for tomorrow.
    Migration(
      43, "forecasts that hold",
      [
        "DELETE FROM value_sheet", "DELETE FROM lifetime_fit",
        """
        UPDATE job SET run_at = 0 WHERE kind = 'standing.refresh' AND finished_at IS NULL AND failed_at IS NULL
          AND cancelled_at IS NULL AND claimed_by IS NULL
        """,
      ]),
  ]
}
