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
  /// Ranks documents anew.
  /// - Parameter wanted: a statement that gives rows of `place`, from 1, and `id`.
  public func rank(_ wanted: SQL) throws {
    try holdRanking(alone: true)
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
  }

  /// Whoever writes documents and whoever ranks all of them anew wait for each other: the ranking would keep terms that
  /// were being changed. SQLite has one writer at a time.
  private func holdRanking(alone: Bool) throws {
    guard engine == .postgres else { return }
    try run(
      alone
        ? "LOCK TABLE search_ranked IN SHARE ROW EXCLUSIVE MODE" : "LOCK TABLE search_ranked IN ROW EXCLUSIVE MODE")
  }

  /// The ids of what is ranked, in no order.
  public func ranked() throws -> [Int64] { try values("SELECT id FROM search_ranked") }

  /// Where some of these documents are ranked, which stays so until the transaction ends.
  func places(of ids: [Int64]) throws -> [(place: Int64, id: Int64)] {
    try holdRanking(alone: false)
    return try map("SELECT place, id FROM search_ranked WHERE id IN \(in: ids)") { (try $0[0], try $0[1]) }
  }

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

  func unrank(_ ids: [Int64]) throws {
    if engine == .sqlite {
      try run(
        """
        INSERT INTO search_ranked_index (search_ranked_index, rowid, name, more)
        SELECT 'delete', place, name, more FROM search_ranked WHERE id IN \(in: ids)
        """)
    }
    try run("DELETE FROM search_ranked WHERE id IN \(in: ids)")
  }
}
