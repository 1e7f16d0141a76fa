import Store
import Web

extension Backup {
  /// What a restored database was found to hold.
  public struct Contents: Codable, Sendable {
    /// The last step of the database's shape that was in it.
    public let version: Int
    public let rows: [String: Int]
    /// Whether the totals kept in it are not those of its orders.
    let totalsDiffer: Bool

    /// Looks through a database that belongs to nobody else: its pages, its shape, its rows, and its totals.
    /// - Throws: ``Refusal`` or ``StoreError`` that says what does not hold.
    init(of db: Database) async throws {
      if db.engine == .sqlite { try await Self.checkPages(of: db) }
      version = try await Self.version(of: db)
      // What an older program wrote must become usable for this one.
      if version != Features.newest { try await Migrator(Features.migrations).migrate(db, keepsCopy: false) }
      (rows, totalsDiffer) = try await db.read { tx in
        (try Self.rows(in: tx), try Self.totalsDiffer(in: tx))
      }
    }

    static func version(of db: Database) async throws -> Int {
      try await db.read { tx in try tx.value("SELECT max(number) FROM migration") ?? 0 }
    }

    static func totalsDiffer(in tx: Transaction) throws -> Bool {
      try !TotalsCheck.differences(limit: 1, in: tx).isEmpty || SalesLedger.differences(in: tx) > 0
    }

    static func checkPages(of db: Database) async throws {
      let answer: [String] = try await db.read { tx in
        try tx.values("PRAGMA integrity_check(10)")
      }
      guard answer == ["ok"] else { throw StoreError.damaged(answer.joined(separator: "; ")) }
    }

    private static func rows(in tx: Transaction) throws -> [String: Int] {
      let tables: [(String, SQL)] = [
        ("app_user", "SELECT count(*) FROM app_user"), ("customer", "SELECT count(*) FROM customer"),
        ("contact", "SELECT count(*) FROM contact"), ("note", "SELECT count(*) FROM note"),
        ("product", "SELECT count(*) FROM product"), ("sales_order", "SELECT count(*) FROM sales_order"),
        ("sales_order_line", "SELECT count(*) FROM sales_order_line"),
      ]
      return try tables.reduce(into: [:]) { $0[$1.0] = try tx.value($1.1) ?? 0 }
    }
  }
}
