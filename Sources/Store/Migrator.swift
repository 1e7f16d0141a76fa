import Logging

/// One step of the database's shape, kept forever as it was written: plain SQL, no record types.
public struct Migration: Sendable {
  public let number: Int
  public let name: String
  public let statements: [SQL]

  public init(_ number: Int, _ name: String, _ statements: [SQL]) {
    self.number = number
    self.name = name
    self.statements = statements
  }
}

/// Brings a database to the shape this program knows. Forward only; each step whole or not at all, so that one that was
/// broken off goes on where it stood.
public struct Migrator: Sendable {
  private let migrations: [Migration]

  /// - Parameter migrations: in any order; those not applied yet run in the order of their numbers.
  /// - Throws: ``StoreError/statement(_:sql:)`` when two have the same number, or one is below 1.
  public init(_ migrations: [Migration]) throws {
    self.migrations = migrations.sorted { $0.number < $1.number }
    let numbers = self.migrations.map(\.number)
    guard Set(numbers).count == numbers.count, numbers.allSatisfy({ $0 > 0 }) else {
      throw StoreError.statement(
        "migrations must have distinct numbers from 1; these are \(numbers)", sql: "")
    }
  }

  /// Applies what is missing.
  /// - Parameter keepsCopy: whether a SQLite file that holds data is copied beside itself first.
  /// - Returns: the numbers applied.
  /// - Throws: ``StoreError/newer(found:known:)`` when the database knows more than the program.
  @discardableResult
  public func migrate(
    _ db: Database, keepsCopy: Bool = true, log: Logger = Logger(label: "guanxi.store")
  ) async throws -> [Int] {
    let url = db.url
    let applied = try await db.write { tx in
      try Self.lock(tx)
      if case .postgres(_, let schema) = url {
        try tx.run("CREATE SCHEMA IF NOT EXISTS \(SQL(name: schema))")
      }
      try tx.run(
        "CREATE TABLE IF NOT EXISTS migration (number \(SQL.key), name TEXT NOT NULL, applied_at BIGINT NOT NULL)"
      )
      return try Self.applied(tx)
    }
    let known = migrations.map(\.number)
    guard Set(applied).isSubset(of: known) else {
      throw StoreError.newer(found: applied.max() ?? 0, known: known.max() ?? 0)
    }
    guard applied.count < known.count else { return [] }
    if keepsCopy, let file = db.file, !applied.isEmpty {
      let copy = "\(file.path).before-\(known.max() ?? 0)-\(Instant.now().milliseconds).backup"
      try await file.copy(to: copy)
      log.info("database copied before it changes", metadata: ["copy": "\(copy)"])
    }
    let missing = migrations.filter { !applied.contains($0.number) }
    // A new database takes all of them at once, which is faster; one that holds data may need long for each.
    let portions = applied.isEmpty ? [missing] : missing.map { [$0] }
    var done: [Int] = []
    for portion in portions {
      if !applied.isEmpty, let step = portion.first {
        log.notice("the database is brought up", metadata: ["step": "\(step.number), \(step.name)"])
      }
      done += try await db.write { tx in try portion.filter { try Self.apply($0, in: tx) }.map(\.number) }
    }
    return done
  }

  /// - Returns: false when another server did it while this one waited.
  private static func apply(_ migration: Migration, in tx: Transaction) throws -> Bool {
    try lock(tx)
    guard try !tx.exists("SELECT 1 FROM migration WHERE number = \(migration.number)") else { return false }
    for statement in migration.statements { try tx.run(statement) }
    try tx.run(
      """
      INSERT INTO migration (number, name, applied_at)
      VALUES (\(migration.number), \(migration.name), \(Instant.now()))
      """)
    return true
  }

  /// On PostgreSQL one starter at a time; SQLite has one writer anyway.
  private static func lock(_ tx: Transaction) throws {
    if tx.engine == .postgres { try tx.run("SELECT pg_advisory_xact_lock(7240991)") }
  }

  private static func applied(_ tx: Transaction) throws -> [Int] {
    try tx.values("SELECT number FROM migration ORDER BY number")
  }
}
