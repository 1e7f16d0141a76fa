import Store

enum InsightSchema {
  static let migrations = [
    Migration(
      8, "insight",
      [
        // A mark for each transaction that changed orders since the last run of the standard analysis, and one of that run.
        "CREATE TABLE order_change (id \(SQL.key))",
        // One row: how the standings of the customers came about.
        """
        CREATE TABLE standing_run (
          id \(SQL.key),
          finished_at BIGINT NOT NULL,
          as_of TEXT NOT NULL,
          currency TEXT NOT NULL,
          customers BIGINT NOT NULL,
          buyers BIGINT NOT NULL,
          total BIGINT NOT NULL,
          least_a BIGINT,
          least_b BIGINT,
          recency_bands TEXT NOT NULL,
          frequency_bands TEXT NOT NULL,
          monetary_bands TEXT NOT NULL
        )
        """,
      ])
  ]
}
