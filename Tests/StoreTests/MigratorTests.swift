import Foundation
import Store
import TestKit
import Testing

struct MigratorTests {
  static let first = Migration(
    1, "first", ["CREATE TABLE a (id \(SQL.key))", "INSERT INTO a (id) VALUES (1)"])
  static let tenth = Migration(
    10, "tenth", ["CREATE TABLE b (id \(SQL.key))", "INSERT INTO b (id) SELECT id FROM a"])
  static let second = Migration(2, "second", ["CREATE TABLE c (id \(SQL.key))"])
  static let broken = Migration(
    11, "broken", ["CREATE TABLE d (id \(SQL.key))", "CREATE TABLE a (id \(SQL.key))"])

  @Test(arguments: EngineKind.available) func appliesWhatIsMissingOnce(_ engine: EngineKind) async throws {
    try await withDatabase(engine) { db in
      try await expectEqual(Migrator([Self.tenth, Self.first]).migrate(db), [1, 10])
      try await expectEqual(Migrator([Self.tenth, Self.first]).migrate(db), [])
      try await expectEqual(Migrator([Self.tenth, Self.first, Self.second]).migrate(db), [2])
      try await expectEqual(db.read { tx in try tx.values("SELECT id FROM b") }, [1])
    }
  }

  @Test(arguments: EngineKind.available) func goesOnWhereItWasBrokenOff(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: [Self.first]) { db in
      await #expect(throws: StoreError.self) {
        try await Migrator([Self.first, Self.tenth, Self.broken]).migrate(db)
      }
      // Of the step that failed nothing is left, the one before it stays.
      let mended = Migration(11, "mended", ["CREATE TABLE d (id \(SQL.key))"])
      try await expectEqual(Migrator([Self.first, Self.tenth, mended]).migrate(db), [11])
    }
  }

  @Test(arguments: EngineKind.available) func aNewDatabaseTakesAllStepsOrNone(_ engine: EngineKind) async throws {
    try await withDatabase(engine) { db in
      await #expect(throws: StoreError.self) {
        try await Migrator([Self.first, Self.tenth, Self.broken]).migrate(db)
      }
      try await expectEqual(Migrator([Self.first, Self.tenth]).migrate(db), [1, 10])
    }
  }

  @Test(arguments: EngineKind.available) func refusesANewerDatabase(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: [Self.first, Self.tenth]) { db in
      await #expect(throws: StoreError.newer(found: 10, known: 2)) {
        try await Migrator([Self.first, Self.second]).migrate(db)
      }
    }
  }

  @Test func refusesNumbersThatAreNotDistinct() {
    #expect(throws: StoreError.self) { try Migrator([Self.first, Self.first]) }
    #expect(throws: StoreError.self) { try Migrator([Migration(0, "zero", [])]) }
  }

  @Test(arguments: EngineKind.available) func standsTwoStartersAtOnce(_ engine: EngineKind) async throws {
    try await withDatabaseURL(engine) { url in
      let one = try Database(url)
      // A second server on PostgreSQL; on SQLite the same process, as nobody else may open the file.
      let two = engine == .postgres ? try Database(url) : one
      let migrator = try Migrator([Self.first, Self.tenth])
      async let a = migrator.migrate(one)
      async let b = migrator.migrate(two)
      try await expectEqual([a, b].flatMap { $0 }, [1, 10])
      try await one.close()
      if engine == .postgres { try await two.close() }
    }
  }

  @Test func copiesASQLiteFileBeforeItChanges() async throws {
    try await withDatabaseURL(.sqlite) { url in
      guard case .sqlite(let path) = url else { return }
      func copies() throws -> [String] {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
          $0.hasSuffix(".backup")
        }
      }
      let db = try Database(url)
      try await Migrator([Self.first]).migrate(db)
      #expect(try copies() == [])
      try await db.write { tx in try tx.run("INSERT INTO a (id) VALUES (2)") }
      try await Migrator([Self.first, Self.tenth]).migrate(db)
      try await Migrator([Self.first, Self.tenth]).migrate(db)
      try await db.close()
      let name = try #require(try copies().first)
      #expect(try copies().count == 1)
      let copy = try Database(
        .sqlite(path: URL(fileURLWithPath: path).deletingLastPathComponent().appending(path: name).path))
      try await expectEqual(copy.read { tx in try tx.values("SELECT id FROM a ORDER BY id") }, [1, 2])
      try await expectEqual(copy.read { tx in try tx.values("SELECT number FROM migration") }, [1])
      try await copy.close()
    }
  }
}
