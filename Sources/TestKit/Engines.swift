import Foundation
import Store
import Testing

/// Tests of anything that touches data run once an engine:
///
///     @Test(arguments: EngineKind.available) func opens(_ engine: EngineKind) async throws {
///       try await withDatabase(engine, migrations: schema) { db in … }
///     }
extension EngineKind {
  /// SQLite, and PostgreSQL where `GUANXI_TEST_POSTGRES` holds its URL. In CI it must.
  public static let available: [EngineKind] = {
    if postgresURL != nil || ProcessInfo.processInfo.environment["CI"] != nil { return [.sqlite, .postgres] }
    print("GUANXI_TEST_POSTGRES is not set (see scripts/postgres): tests run on SQLite alone")
    return [.sqlite]
  }()

  /// PostgreSQL alone, for what only a server can do.
  public static let servers = available.filter { $0 == .postgres }

  fileprivate static let postgresURL = ProcessInfo.processInfo.environment["GUANXI_TEST_POSTGRES"]
}

extension EngineKind: CustomTestStringConvertible {
  public var testDescription: String { rawValue }
}

/// Gives the body a database of its own with the migrations applied, and takes it away afterwards.
@discardableResult
public func withDatabase<Result>(
  _ engine: EngineKind, migrations: [Migration] = [],
  _ body: (Database) async throws -> Result
) async throws -> Result {
  try await withDatabaseURL(engine) { url in
    let db = try Database(url)
    do {
      try await Migrator(migrations).migrate(db)
      let result = try await body(db)
      try await db.close()
      return result
    } catch {
      try? await db.close()
      throw error
    }
  }
}

/// Gives the body the URL of a database that nobody else uses: a file in a new folder, or a new schema.
@discardableResult
public func withDatabaseURL<Result>(
  _ engine: EngineKind, _ body: (DatabaseURL) async throws -> Result
) async throws -> Result {
  try await Room.shared.within { try await withNewDatabaseURL(engine, body) }
}

private func withNewDatabaseURL<Result>(
  _ engine: EngineKind, _ body: (DatabaseURL) async throws -> Result
) async throws -> Result {
  let name = "test_" + String(UInt64.random(in: 0...(.max)), radix: 36)
  switch engine {
  case .sqlite:
    let folder = FileManager.default.temporaryDirectory.appending(path: name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(.sqlite(path: folder.appending(path: "guanxi.db").path))
  case .postgres:
    let base = try #require(EngineKind.postgresURL, "GUANXI_TEST_POSTGRES must be set in CI")
    let url = try DatabaseURL(base + (base.contains("?") ? "&" : "?") + "schema=" + name)
    do {
      let result = try await body(url)
      try await drop(url)
      return result
    } catch {
      try? await drop(url)
      throw error
    }
  }
}

private func drop(_ url: DatabaseURL) async throws {
  let db = try Database(url)
  // `current_schema` is the one of this test, or `public` when the test made none.
  try await db.write { tx in
    try tx.run(
      """
      DO $$ BEGIN
        IF current_schema() <> 'public' THEN EXECUTE format('DROP SCHEMA %I CASCADE', current_schema()); END IF;
      END $$
      """)
  }
  try await db.close()
}

/// `#expect(found == expected)` for a found value that takes `try await` and closures to find, which the macro
/// cannot take apart.
public func expectEqual<Found: Equatable>(
  _ found: Found, _ expected: Found, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found == expected, sourceLocation: sourceLocation)
}
