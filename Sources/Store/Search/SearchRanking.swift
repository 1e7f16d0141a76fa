/// Of very many documents those that somebody is likeliest to want are kept once more, in that order. A search that is
/// cut after its first hits finds them here in the same time, however many documents there are; those it misses are in
/// the whole index.
extension SQL {
  /// The ranked documents that a query finds, as rows of `place` and `id`; a statement that wants the first few asks for
  /// them in the order of `place`. PostgreSQL would fetch all of them to sort them: it fetches the first thousand as they
  /// lie, which is in that order but for the few that changed since.
  public static func ranked(_ query: SearchQuery, in scope: SearchScope) -> SQL {
    either(
      """
      (SELECT search_ranked_index.rowid AS place, search_ranked.id AS id FROM search_ranked_index
        CROSS JOIN search_ranked ON search_ranked.place = search_ranked_index.rowid
        WHERE search_ranked_index MATCH \(query.sqlite(scope)))
      """,
      """
      (WITH hit AS MATERIALIZED (SELECT place, id FROM search_ranked AS document WHERE \(query.holds(scope)) LIMIT 1000)
        SELECT place, id FROM hit)
      """)
  }
}

extension Transaction {
  /// Ranks documents anew, unless somebody is writing documents at the moment, whose terms it would miss.
  /// - Parameter wanted: a statement that gives rows of `place`, from 1, and `id`.
  /// - Returns: whether it did.
  public func rank(_ wanted: SQL) throws -> Bool {
    guard try isRankingFree() else { return false }
    if engine == .sqlite { try run("INSERT INTO search_ranked_index (search_ranked_index) VALUES ('delete-all')") }
    try run("DELETE FROM search_ranked")
    try run(
      """
      INSERT INTO search_ranked (place, id, name, more)
      SELECT wanted.place, document.id, document.name, document.more
      FROM (\(wanted)) AS wanted JOIN search_document AS document ON document.id = wanted.id ORDER BY wanted.place
      """)
    if engine == .sqlite {
      try run("INSERT INTO search_ranked_index (rowid, name, more) SELECT place, name, more FROM search_ranked")
    }
    return true
  }

  /// Of those who write documents there may be many, who wait only while somebody ranks; who ranks does not wait, or
  /// others would wait behind. SQLite has one writer at a time.
  private static let ranking: SQL = "hashtext('search_ranked'), hashtext(current_schema())"

  private func isRankingFree() throws -> Bool {
    guard engine == .postgres else { return true }
    return try value("SELECT pg_try_advisory_xact_lock(\(Self.ranking))") ?? false
  }

  /// The ids of what is ranked, in no order.
  public func ranked() throws -> [Int64] { try values("SELECT id FROM search_ranked") }

  /// Puts a document back where it was ranked, with the terms it has now.
  func rank(_ id: Int64, at place: Int64) throws {
    try run(
      """
      INSERT INTO search_ranked (place, id, name, more)
      SELECT \(place), id, name, more FROM search_document WHERE id = \(id)
      """)
    if engine == .sqlite {
      try run(
        """
        INSERT INTO search_ranked_index (rowid, name, more)
        SELECT place, name, more FROM search_ranked WHERE place = \(place)
        """)
    }
  }

  /// Takes documents out of the ranking, which nobody makes anew until the transaction ends.
  /// - Returns: where those that were ranked stood.
  func unrank(_ ids: [Int64]) throws -> [(place: Int64, id: Int64)] {
    if engine == .postgres { try run("SELECT pg_advisory_xact_lock_shared(\(Self.ranking))") }
    if engine == .sqlite {
      try run(
        """
        INSERT INTO search_ranked_index (search_ranked_index, rowid, name, more)
        SELECT 'delete', place, name, more FROM search_ranked WHERE id IN \(in: ids)
        """)
    }
    return try map("DELETE FROM search_ranked WHERE id IN \(in: ids) RETURNING place, id") { (try $0[0], try $0[1]) }
  }
}
