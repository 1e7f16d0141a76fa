import Store

/// Makes findable what is not yet, and ranks the largest customers for searches that are cut after their first hits.
enum SearchRefresh {
  static let kind = "search.refresh"
  static let kindOfRenewal = "search.renew"
  /// So many persons and so many companies: a name that fewer than one in a thousand have is found in the whole index in
  /// no time, any other among these.
  private static let rankedCount = 20_000
  private static let chunk = 2_000
  private static let amounts = SQL.walk("customer_total", by: "customer_total_by_amount")
  /// A class without any of a kind is walked to its end, which nobody waits for.
  private static let amountsOfCustomers = SQL.walk(
    "customer_total", by: "customer_total_by_amount", with: "customer", on: "customer.id = customer_id")

  /// Whatever search kept in another way is made anew by a job, while the product is in use.
  static let migrations = [
    Migration(
      21, "search anew",
      [
        """
        INSERT INTO job (id, kind, payload, run_at, attempts, progress, total, note, created_at)
        SELECT 21, \(kind), '{}', 0, 0, 0, 0, '', 0
        WHERE EXISTS (SELECT 1 FROM customer) OR EXISTS (SELECT 1 FROM product)
        """
      ]),
    Migration(
      33, "phones as they are dialled",
      [
        """
        INSERT INTO job (id, kind, payload, run_at, attempts, progress, total, note, created_at)
        SELECT 33, \(kindOfRenewal), '{}', 0, 0, 0, 0, '', 0 WHERE EXISTS (SELECT 1 FROM customer)
        """
      ]),
  ]

  static func handler(_ services: Services) -> JobHandler {
    { run in try await complete(services.db) { try await run.progress($0, of: $1) } }
  }

  static func renewal(_ services: Services) -> JobHandler {
    { run in
      try await renew(services.db, after: Int64(run.job.note)) { try await run.progress($0, of: $1, "\($2)") }
    }
  }

  /// Indexes all customers anew, who are found by what they were found by until then.
  /// - Parameters:
  ///   - start: the last that was done before it was broken off.
  ///   - progress: told the last that is done, too.
  static func renew(
    _ db: Database, after start: Int64? = nil,
    progress: (_ done: Int64, _ total: Int64, _ last: Int64) async throws -> Void = { _, _, _ in }
  ) async throws {
    var last = start ?? .min
    let (total, before): (Int64, Int64) = try await db.read { [last] tx in
      (
        try tx.value("SELECT count(*) FROM customer") ?? 0,
        try tx.value("SELECT count(*) FROM customer WHERE id <= \(last)") ?? 0
      )
    }
    var done = before
    while true {
      let part: [Int64] = try await db.write { [last] tx in
        let ids: [Int64] = try tx.values("SELECT id FROM customer WHERE id > \(last) ORDER BY id LIMIT \(chunk)")
        try index(.customer, ids[...], in: tx)
        return ids
      }
      guard let end = part.last else { return }
      (done, last) = (done + Int64(part.count), end)
      try await progress(done, max(done, total), last)
    }
  }

  /// Indexes customers and products that are not. Goes on where it was stopped.
  static func complete(
    _ db: Database, progress: (_ done: Int64, _ total: Int64) async throws -> Void = { _, _ in }
  ) async throws {
    let work = try await db.read { tx in
      try SearchKind.allCases.map { (kind: $0, ids: try missing($0, in: tx)) }
    }
    let total = work.reduce(0) { $0 + Int64($1.ids.count) }
    var done: Int64 = 0
    for (kind, ids) in work {
      for start in stride(from: 0, to: ids.count, by: chunk) {
        let part = ids[start..<min(start + chunk, ids.count)]
        try await db.write { tx in try index(kind, part, in: tx) }
        done += Int64(part.count)
        try await progress(done, total)
      }
    }
    try await rank(db)
  }

  private static func index(_ kind: SearchKind, _ ids: ArraySlice<Int64>, in tx: Transaction) throws {
    switch kind {
    case .customer: try Customer.index(ids.map(Customer.ID.init(raw:)), in: tx)
    case .product: try Product.index(ids.map(Product.ID.init(raw:)), in: tx)
    }
  }

  static func missing(_ kind: SearchKind, in tx: Transaction) throws -> [Int64] {
    let table: SQL = kind == .customer ? "customer" : "product"
    return try tx.values(
      """
      SELECT id FROM \(table) WHERE NOT EXISTS (SELECT 1 FROM search_document WHERE search_document.id = \(table).id)
      ORDER BY id
      """)
  }

  /// Ranks the persons and the companies with the largest amounts, unless they are nearly the same as the last time.
  static func rank(_ db: Database) async throws {
    let isDue = try await db.read { tx in
      let largest: [Int64] = try tx.values(
        "SELECT customer_id FROM (\(Totals.largest(rankedCount, from: amounts))) AS largest")
      let ranked = Set(try tx.ranked())
      return largest.count { !ranked.contains($0) } > largest.count / 50
    }
    guard isDue else { return }
    let largest = Customer.Kind.allCases.map { kind -> SQL in
      "SELECT * FROM (\(Totals.largest(rankedCount, from: amountsOfCustomers, where: "kind = \(kind)"))) AS of_kind"
    }
    // Where customers are written all the time, the next refresh tries again.
    for _ in 0..<20 {
      let isRanked = try await db.write { tx in
        try tx.rank(
          """
          SELECT row_number() OVER (ORDER BY amount DESC, customer_id DESC) AS place, customer_id AS id
          FROM (\(largest.joined(" UNION ALL "))) AS largest
          """)
      }
      if isRanked { return }
      try await Task.sleep(for: .milliseconds(250))
    }
  }
}
