public enum SearchSchema {
  /// SQLite keeps the terms as text and FTS5 indexes of it, which are told of every change by hand. Its `ascii`
  /// tokenizer parts terms at blanks and takes everything beyond ASCII as it is. PostgreSQL keeps two `tsvector`.
  public static let migrations = [
    Migration(
      2, "search",
      [
        """
        CREATE TABLE search_document (
          id \(SQL.key), kind TEXT NOT NULL,
          name \(SQL.either("TEXT", "TSVECTOR")) NOT NULL, more \(SQL.either("TEXT", "TSVECTOR")) NOT NULL)
        """,
        .either(
          """
          CREATE VIRTUAL TABLE search_index USING fts5(
            kind, name, more, content='search_document', content_rowid='id', tokenize='ascii', columnsize=0)
          """,
          "CREATE INDEX search_index ON search_document USING gin ((name || more), name)"),
      ]),
    // Orders are found by an index of their numbers; there were too many of them here.
    Migration(
      10, "search without orders",
      [
        .either(
          """
          INSERT INTO search_index (search_index, rowid, kind, name, more)
          SELECT 'delete', id, kind, name, more FROM search_document WHERE kind = 'order'
          """, "SELECT 1"),
        "DELETE FROM search_document WHERE kind = 'order'",
      ]),
    byKind, ranking,
  ]

  /// Documents have other terms from here on, and are made anew by a job.
  private static let byKind = Migration(
    19, "search by kind",
    [
      .either("DROP TABLE search_index", "DROP INDEX search_index"), "DELETE FROM search_document",
      .either(
        "CREATE VIEW search_customer AS SELECT id, name, more FROM search_document WHERE kind = 'customer'", "SELECT 1"),
      .either(
        "CREATE VIEW search_product AS SELECT id, name, more FROM search_document WHERE kind = 'product'", "SELECT 1"),
      .either(
        """
        CREATE VIRTUAL TABLE search_customer_index USING fts5(
          name, more, content='search_customer', content_rowid='id', tokenize='ascii', columnsize=0)
        """,
        """
        CREATE INDEX search_customer_index ON search_document USING gin ((name || more), name)
        WHERE kind = 'customer'
        """),
      .either(
        """
        CREATE VIRTUAL TABLE search_product_index USING fts5(
          name, more, content='search_product', content_rowid='id', tokenize='ascii', columnsize=0)
        """,
        """
        CREATE INDEX search_product_index ON search_document USING gin ((name || more), name)
        WHERE kind = 'product'
        """),
    ])

  /// The customers somebody is likeliest to want, once more and in order; see ``SQL/ranked(_:in:)``.
  private static let ranking = Migration(
    20, "search ranking",
    [
      """
      CREATE TABLE search_ranked (
        place \(SQL.key), id BIGINT NOT NULL UNIQUE,
        name \(SQL.either("TEXT", "TSVECTOR")) NOT NULL, more \(SQL.either("TEXT", "TSVECTOR")) NOT NULL)
      """,
      .either(
        """
        CREATE VIRTUAL TABLE search_ranked_index USING fts5(
          name, more, content='search_ranked', content_rowid='place', tokenize='ascii', columnsize=0)
        """,
        "CREATE INDEX search_ranked_index ON search_ranked USING gin ((name || more), name)"),
    ])
}
