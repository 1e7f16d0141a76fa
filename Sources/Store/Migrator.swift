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

/// Brings a database to the shape this program knows. Forward only; all steps or none.
public struct Migrator: Sendable {
  private let migrations: [Migration]

  /// - Parameter migrations: in any order; numbers must be distinct and count up from 1.
  public init(_ migrations: [Migration]) throws {
    self.migrations = migrations.sorted { $0.number < $1.number }
    let numbers = self.migrations.map(\.number)
    guard numbers == Array(1..<(numbers.count + 1)) else {
      throw StoreError.statement("migrations must be numbered 1, 2, 3…; these are \(numbers)", sql: "")
    }
  }

  /// Applies what is missing. A SQLite file that holds data is copied beside itself first.
  /// - Returns: the numbers applied.
  /// - Throws: ``StoreError/newer(found:known:)`` when the database knows more than the program.
  @discardableResult
  public func migrate(_ db: Database, log: Logger = Logger(label: "guanxi.store")) async throws -> [Int] {
    let url = db.url
    let before = try await db.write { tx in
      if case .postgres(_, let schema) = url {
        try tx.run("SELECT pg_advisory_xact_lock(7240991)")
        try tx.run("CREATE SCHEMA IF NOT EXISTS \(SQL(name: schema))")
      }
      try tx.run(
        "CREATE TABLE IF NOT EXISTS migration (number \(SQL.key), name TEXT NOT NULL, applied_at BIGINT NOT NULL)")
      return try Self.version(tx)
    }
    guard before <= migrations.count else { throw StoreError.newer(found: before, known: migrations.count) }
    guard before < migrations.count else { return [] }
    if case .sqlite(let path) = db.url, before > 0 {
      let copy = "\(path).before-\(migrations.count)-\(Instant.now().milliseconds).backup"
      try await db.copy(to: copy)
      log.info("database copied before it changes", metadata: ["copy": "\(copy)"])
    }
    return try await db.write { tx in try apply(in: tx) }
  }

  private func apply(in tx: Transaction) throws -> [Int] {
    if tx.engine == .postgres { try tx.run("SELECT pg_advisory_xact_lock(7240991)") }
    // Another server may have done it while this one waited.
    let missing = try migrations.dropFirst(Self.version(tx))
    for migration in missing {
      for statement in migration.statements { try tx.run(statement) }
      try tx.run(
        """
        INSERT INTO migration (number, name, applied_at)
        VALUES (\(migration.number), \(migration.name), \(Instant.now()))
        """)
    }
    return missing.map(\.number)
  }

  private static func version(_ tx: Transaction) throws -> Int {
    try tx.value("SELECT max(number) FROM migration") ?? 0
  }
}
