import Store

/// Brings names to sort and to be found as they are read by now, where rows were written before a word or a family name
/// was known. Until it is through they are looked up by either key, see ``Pinyin/sortKeys(_:)``.
enum NameRefresh {
  static let kind = "names.refresh"
  fileprivate static let chunk = 2_000

  fileprivate enum Table: CaseIterable {
    case customer, product, tag

    var sql: SQL {
      switch self {
      case .customer: "customer"
      case .product: "product"
      case .tag: "tag"
      }
    }
  }

  /// Whoever adds readings to `pinyin-words.txt` adds a migration like this one.
  static let migrations = [
    Migration(
      34, "names as they are read",
      [
        """
        INSERT INTO job (id, kind, payload, run_at, attempts, progress, total, note, created_at)
        SELECT 34, \(kind), '{}', 0, 0, 0, 0, '', 0
        WHERE EXISTS (SELECT 1 FROM customer) OR EXISTS (SELECT 1 FROM product) OR EXISTS (SELECT 1 FROM tag)
        """
      ])
  ]

  static func handler(_ services: Services) -> JobHandler {
    { run in try await complete(services.db) { try await run.progress($0, of: $1) } }
  }

  /// Goes through all names, in the order of their ids, and writes those that are read otherwise than their row says. What
  /// is done already is passed over, so that it may be stopped and begun again.
  static func complete(
    _ db: Database, progress: (_ done: Int64, _ total: Int64) async throws -> Void = { _, _ in }
  ) async throws {
    let total = try await db.read { tx in
      try Table.allCases.reduce(Int64(0)) { try $0 + (tx.value("SELECT count(*) FROM \($1.sql)") ?? 0) }
    }
    var done: Int64 = 0
    for table in Table.allCases {
      var last: Int64 = 0
      while let batch = try await db.read({ [last] tx in try NameBatch(of: table, after: last, in: tx) }) {
        if !batch.isDone { try await db.write { tx in try batch.write(in: tx) } }
        (last, done) = (batch.last, done + batch.count)
        try await progress(done, max(done, total))
      }
    }
  }
}

/// What there is to do for rows of a table that follow each other.
private struct NameBatch: Sendable {
  private let table: NameRefresh.Table
  /// What is to sort otherwise.
  private var names: [(id: Int64, name: String)] = []
  /// What is to be found by other words.
  private var found: Set<Int64> = []
  let last: Int64
  let count: Int64

  var isDone: Bool { names.isEmpty && found.isEmpty }

  /// - Returns: nil where there are no more.
  init?(of table: NameRefresh.Table, after last: Int64, in tx: Transaction) throws {
    let rows: [(id: Int64, name: String, key: String)] = try tx.map(
      "SELECT id, name, sort_name FROM \(table.sql) WHERE id > \(last) ORDER BY id LIMIT \(NameRefresh.chunk)"
    ) { (try $0[0], try $0[1], try $0[2]) }
    guard let end = rows.last?.id else { return nil }
    (self.table, self.last, count) = (table, end, Int64(rows.count))
    names = rows.filter { Pinyin.sortKey($0.name) != $0.key }.map { ($0.id, $0.name) }
    guard table != .tag else { return }
    found = Set(names.map(\.id))
    guard table == .customer else { return }
    // Customers are found by the names of their contacts and by what stands in the firm's own fields.
    try tx.each(
      """
      SELECT customer_id, name FROM contact WHERE customer_id > \(last) AND customer_id <= \(end)
      UNION ALL SELECT id, more FROM customer WHERE id > \(last) AND id <= \(end) AND more <> '{}'
      """
    ) { if Pinyin.readsByWords(try $0[1]) { found.insert(try $0[0]) } }
  }

  func write(in tx: Transaction) throws {
    for (id, name) in names {
      // Who was renamed meanwhile sorts by the new name already.
      try tx.run(
        "UPDATE \(table.sql) SET sort_name = \(Pinyin.sortKey(name)) WHERE id = \(id) AND name = \(name)")
    }
    switch table {
    case .customer: try Customer.index(found.sorted().map(Customer.ID.init(raw:)), in: tx)
    case .product: try Product.index(found.sorted().map(Product.ID.init(raw:)), in: tx)
    case .tag: break
    }
  }
}
