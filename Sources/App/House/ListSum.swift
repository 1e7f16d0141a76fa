import Store
import Web

/// What the filter of a list finds: how many, and what they add up to. Counting a million rows takes longer than
/// showing fifty of them, so a list counts so far and no further, and all of them when it is asked to.
struct ListSum: Equatable, Sendable {
  /// All of something, however long that takes: the query `count` of a list, `buyers` of a product.
  enum Counting: String, Codable, CaseIterable, Sendable { case all }

  let count: Int
  let sums: [Int64]
  /// Whether these are all; else there are more.
  let isWhole: Bool

  /// As far as a list counts by itself.
  static let most = 2_000

  /// More than that.
  static let many = ListSum(count: most, sums: [], isWhole: false)

  /// - Parameters:
  ///   - rows: `FROM …` without `WHERE`.
  ///   - conditions: all must hold.
  static func read(
    _ sums: [SQL], from rows: SQL, where conditions: [SQL], _ counting: Counting?, in tx: Transaction
  ) throws -> ListSum {
    let names: [SQL] = Array(["a", "b", "c"].prefix(sums.count))
    let limit: SQL = counting == .all ? .nothing : " LIMIT \(most + 1)"
    let counted: SQL = """
      SELECT count(*), \(names.map(SQL.total).joined(", ")) FROM (
        SELECT \(zip(sums, names).map { "\($0) AS \($1)" }.joined(", ")) FROM \(rows)\(conditions.whereClause)\(limit)
      ) AS found
      """
    let values = try tx.map(counted) { row in (0...sums.count).map(row.integer) }.first ?? []
    let count = Int(values.first ?? 0)
    let isWhole = counting == .all || count <= most
    return ListSum(count: isWhole ? count : most, sums: Array(values.dropFirst()), isWhole: isWhole)
  }
}

/// How lists show that they have not counted everything yet.
enum ListSumPieces {
  /// Of the foot of a table, which is `#sums`: it is fetched with all counted once the page stands. A search that begins
  /// meanwhile ends that, so that an old count never takes the place of a newer one.
  static func later(unless isDone: Bool, _ filter: Fields, _ path: String) -> HTML {
    isDone
      ? .empty
      : """
       hx-get='\(link(filter, path))' hx-trigger='load' hx-select='#sums' hx-select-oob='#count' hx-swap='outerHTML'
        hx-sync='#main:abort'
      """
  }

  /// For whoever has no scripts, or no patience.
  static func link(_ filter: Fields, _ path: String) -> String {
    filter.with("count", ListSum.Counting.all.rawValue).link(path)
  }

  /// In place of the sums.
  static func soFar(_ count: Word, _ link: String) -> HTML {
    "\(count) <a class='note' href='\(link)'>\(Word("统计全部", "Count all"))</a>"
  }

  static func number(_ count: Int, _ isCounted: Bool) -> Word {
    let number = Figures.grouped(Int64(count))
    return isCounted ? Word(same: number) : Word("超过 \(number)", "over \(number)")
  }
}
