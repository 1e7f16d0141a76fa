@testable import Store
import TestKit
import Testing

/// What only a server can do to us.
struct PostgresTests {
  private let one: [Migration] = [Migration(1, "a", ["CREATE TABLE a (id \(SQL.key))"])]

  /// Ends the connection from outside, as a restart of the server does.
  private func endConnections(of url: DatabaseURL, named pids: [Int]) async throws {
    let other = try Database(url)
    for pid in pids {
      _ = try await other.read { tx in try tx.run("SELECT pg_terminate_backend(\(pid)::int)") }
    }
    try await other.close()
  }

  @Test(arguments: EngineKind.servers) func connectsAgainBetweenTransactions(_ engine: EngineKind)
    async throws
  {
    try await withDatabase(engine, migrations: one) { db in
      for round in 0..<3 {
        let pids = try await withThrowingTaskGroup(of: Int?.self) { group in
          for _ in 0..<8 {
            group.addTask {
              try await db.read { tx in try tx.value("SELECT pg_backend_pid() FROM pg_sleep(0.05)") }
            }
          }
          return try await group.reduce(into: [Int]()) { if let pid = $1 { $0.append(pid) } }
        }
        #expect(Set(pids).count > 1)
        try await endConnections(of: db.url, named: pids)
        switch round {
        case 0: break
        case 1: try await expectEqual(db.read { tx in try tx.value("SELECT 7") }, 7)
        default:
          let answers = try await db.read { tx in
            try tx.ask(Question<Int?>.value("SELECT 8"), Question<Int?>.value("SELECT 9"))
          }
          #expect(answers == (8, 9))
        }
        try await db.write { tx in try tx.run("INSERT INTO a (id) SELECT coalesce(max(id), 0) + 1 FROM a") }
      }
      try await expectEqual(db.read { tx in try tx.values("SELECT id FROM a ORDER BY id") }, [1, 2, 3])
    }
  }

  @Test(arguments: EngineKind.servers) func saysThatTheServerWentAwayWithin(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: one) { db in
      let error = await #expect(throws: StoreError.self) {
        try await db.write { tx in
          try tx.run("INSERT INTO a (id) VALUES (1)")
          try tx.run("SELECT pg_terminate_backend(pg_backend_pid())")
          try tx.run("INSERT INTO a (id) VALUES (2)")
        }
      }
      guard case .unavailable = error else { return #expect(Bool(false), "\(String(describing: error))") }
      try await expectEqual(db.read { tx in try tx.value("SELECT count(*) FROM a") }, 0)
    }
  }

  @Test(arguments: EngineKind.servers) func passesByADeadHost(_ engine: EngineKind) async throws {
    try await withDatabaseURL(engine) { url in
      guard case .postgres(let uri, let schema) = url else { return }
      let start = try #require(uri.firstRange(of: "@")?.upperBound ?? uri.firstRange(of: "//")?.upperBound)
      var several = uri
      several.insert(contentsOf: "127.0.0.1:1,", at: start)
      let db = try Database(.postgres(uri: several, schema: schema))
      try await expectEqual(db.read { tx in try tx.value("SELECT 1") }, 1)
      try await db.close()
      #expect(throws: StoreError.self) {
        try Database(.postgres(uri: "postgres://me@127.0.0.1:1/db", schema: schema))
      }
    }
  }

  @Test(arguments: EngineKind.servers) func runsACollidedTransactionAgain(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: one) { db in
      try await db.write { tx in
        try tx.append(to: "a", columns: ["id"], rows: [[.integer(1)], [.integer(2)]])
      }
      // Each locks the rows in another order: PostgreSQL ends one of them, and it runs again.
      func touch(_ first: Int, _ second: Int) async throws {
        try await db.write { tx in
          try tx.run("UPDATE a SET id = id WHERE id = \(first)")
          try tx.run("SELECT pg_sleep(0.2)")
          try tx.run("UPDATE a SET id = id WHERE id = \(second)")
        }
      }
      async let one: Void = touch(1, 2)
      async let two: Void = touch(2, 1)
      _ = try await (one, two)
    }
  }

  @Test(arguments: EngineKind.servers) func standsAChangedTable(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: one) { db in
      func ids() async throws -> Int {
        try await db.read { tx in try tx.map("SELECT * FROM a") { $0.integer(0) }.count }
      }
      try await expectEqual(ids(), 0)
      try await db.write { tx in try tx.run("ALTER TABLE a ADD COLUMN b BIGINT") }
      try await expectEqual(ids(), 0)
    }
  }

  @Test(arguments: EngineKind.servers) func readsTheServersTypes(_ engine: EngineKind) async throws {
    try await withDatabase(engine) { db in
      let values = try await db.read { tx in
        try tx.map(
          "SELECT 1::smallint, 2::numeric, 2.5::numeric, 1.5::real, true, '\\x00ff'::bytea, 'x'::varchar, NULL"
        ) { row in
          (0..<8).map { row.rows.value(at: $0) }
        }
      }
      #expect(
        values == [
          [
            .integer(1), .integer(2), .real(2.5), .real(1.5), .integer(1), .blob([0, 255]), .text("x"), .null,
          ]
        ])
    }
  }
}
