/// What a list shows of its candidates.
public enum CandidateSlice<Kind> {
  /// All of them were looked at: a page, how many fit, and what columns of theirs add up to.
  case few(Slice<ID<Kind>>, count: Int, sums: [Int64])
  /// They are too many for that; these are the first, in no order.
  case many([Int64])
}

extension Transaction {
  /// A page of a list of candidates, in one statement while they are few.
  /// - Parameters:
  ///   - candidates: a query of ids, each once.
  ///   - few: so many rows are looked at in some milliseconds.
  ///   - rows: `FROM …` without `WHERE`.
  ///   - conditions: all must hold.
  ///   - columns: of whole numbers, at most three.
  public func slice<Kind>(
    of candidates: SQL, few: Int = 6_000, from rows: SQL, where conditions: [SQL], by order: Order,
    at position: Position?, limit: Int, adding columns: [SQL]
  ) throws -> CandidateSlice<Kind> {
    let stretch = try Stretch(order.by("place", id: "id"), position, limit)
    let chosen =
      conditions + ["\(order.id) = candidate_id", "(SELECT count(*) FROM candidate) <= \(few)"]
    var (places, first): ([Place], [Int64]) = ([], [])
    var (count, sums): (Int, [Int64]) = (0, [])
    let names: [SQL] = Array(["a", "b", "c"].prefix(columns.count))
    let none = names.map { "0 AS \($0)" as SQL }.joined(", ")
    try each(
      """
      WITH candidate (candidate_id) AS MATERIALIZED (\(candidates) LIMIT \(few + 1)),
      found (id, place, \(names.joined(", "))) AS MATERIALIZED (
        SELECT \(order.id), \(order.column), \(columns.joined(", ")) FROM candidate CROSS JOIN \(rows)\(chosen.whereClause))
      SELECT * FROM (
        SELECT 0 AS part, id, place, \(none) FROM found\(stretch.beginning.whereClause) \(stretch.sorting)) AS page
      UNION ALL SELECT 1, candidate_id, NULL, \(none) FROM candidate WHERE (SELECT count(*) FROM candidate) > \(few)
      UNION ALL SELECT 2, count(*), NULL, \(names.map(SQL.total).joined(", ")) FROM found
      """
    ) { row in
      switch row.integer(0) {
      case 0: places.append(Place(id: row.integer(1), key: row.value(2)))
      case 1: first.append(row.integer(1))
      default: (count, sums) = (Int(row.integer(1)), columns.indices.map { row.integer($0 + 3) })
      }
    }
    guard first.isEmpty else { return .many(first) }
    return .few(stretch.slice(places), count: count, sums: sums)
  }
}
