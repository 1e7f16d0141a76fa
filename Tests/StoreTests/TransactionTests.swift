import Dispatch
import Foundation
import Store
import Synchronization
import TestKit
import Testing

struct TransactionTests {
  static let schema = [
    Migration(
      1, "n", ["CREATE TABLE n (id \(SQL.key), twice BIGINT NOT NULL)", "CREATE TABLE seen (id \(SQL.key))"])
  ]
  struct Stop: Error, Equatable {}

  static func withNumbers(_ engine: EngineKind, _ body: (Database) async throws -> Void) async throws {
    try await withDatabase(engine, migrations: Self.schema) { db in
      try await db.write { tx in
        try tx.append(
          to: "n", columns: ["id", "twice"], rows: (1...1000).lazy.map { [.integer($0), .integer(2 * $0)] })
      }
      try await body(db)
    }
  }

  private func count(_ db: Database) async throws -> Int? {
    try await db.read { tx in try tx.value("SELECT count(*) FROM n") }
  }

  @Test(arguments: EngineKind.available) func keepsAllOrNothing(_ engine: EngineKind) async throws {
    try await Self.withNumbers(engine) { db in
      await #expect(throws: Stop.self) {
        try await db.write { tx in
          try tx.run("DELETE FROM n")
          throw Stop()
        }
      }
      try await expectEqual(count(db), 1000)
    }
  }

  @Test(arguments: EngineKind.available) func keepsNothingAfterACaughtRefusal(_ engine: EngineKind)
    async throws
  {
    try await Self.withNumbers(engine) { db in
      let error = await #expect(throws: StoreError.self) {
        try await db.write { tx in
          try tx.run("DELETE FROM n WHERE id > 10")
          _ = try? tx.run("INSERT INTO n (id, twice) VALUES (1, 1)")
        }
      }
      guard case .constraint = error else { return #expect(Bool(false), "\(String(describing: error))") }
      try await expectEqual(count(db), 1000)
    }
  }

  @Test(arguments: EngineKind.available) func undoesAPartAlone(_ engine: EngineKind) async throws {
    try await Self.withNumbers(engine) { db in
      let rung = Mutex<[String]>([])
      try await db.write { tx in
        tx.afterCommit { rung.withLock { $0.append("whole") } }
        for id in [5, 2000, 6] {
          do {
            try tx.part {
              tx.afterCommit { rung.withLock { $0.append("\(id)") } }
              try tx.run("DELETE FROM n WHERE id = 1")
              try tx.run("INSERT INTO n (id, twice) VALUES (\(id), 0)")
            }
          } catch StoreError.constraint {}
        }
      }
      try await expectEqual(count(db), 1000)
      #expect(rung.withLock { $0 } == ["whole", "2000"])
    }
  }

  @Test(arguments: EngineKind.available) func readsOneStateWhileAWriteGoesOn(_ engine: EngineKind)
    async throws
  {
    try await Self.withNumbers(engine) { db in
      let counts = try await db.read { tx in
        let before: Int? = try tx.value("SELECT count(*) FROM n")
        let written = DispatchSemaphore(value: 0)
        Task {
          defer { written.signal() }
          try await db.write { tx in _ = try tx.run("DELETE FROM n") }
        }
        written.wait()
        return [before, try tx.value("SELECT count(*) FROM n")]
      }
      #expect(counts == [1000, 1000])
      try await expectEqual(count(db), 0)
    }
  }

  @Test(arguments: EngineKind.available) func asksWhileItReads(_ engine: EngineKind) async throws {
    try await Self.withNumbers(engine) { db in
      let pairs = try await db.write { tx in
        var pairs: [[Int64]] = []
        try tx.each("SELECT id, twice FROM n WHERE id <= 50 ORDER BY id") { row in
          let id: Int64 = try row[0]
          try tx.each("SELECT id FROM n WHERE id > \(id) ORDER BY id LIMIT 2") { inner in
            let again: Int64? = try tx.value("SELECT twice FROM n WHERE id = \(inner.integer(0))")
            pairs.append([id, try #require(again)])
          }
          // The outer row stands where it stood, and what is written now is not met by the outer statement.
          #expect(row.integer(1) == 2 * id)
          try tx.run("UPDATE n SET twice = -1, id = id + 100000 WHERE id = \(id) AND id % 7 = 0")
        }
        return pairs
      }
      #expect(pairs.count == 100)
      #expect(pairs.prefix(4) == [[1, 4], [1, 6], [2, 6], [2, 8]])
      try await expectEqual(count(db), 1000)
    }
  }

  @Test(arguments: EngineKind.available) func goesOnAfterAPartThatThrew(_ engine: EngineKind) async throws {
    try await Self.withNumbers(engine) { db in
      try await db.write { tx in
        #expect(throws: Stop.self) {
          try tx.part {
            try tx.each("SELECT id FROM n") { row in if row.integer(0) == 3 { throw Stop() } }
          }
        }
        #expect(try tx.value("SELECT count(*) FROM n") == 1000)
        #expect(try tx.value("SELECT id FROM n ORDER BY id") == 1)
        try tx.run("DELETE FROM n WHERE id = 1")
      }
      try await expectEqual(count(db), 999)
    }
  }

  @Test(arguments: EngineKind.available) func refusesToAskWhileItAppends(_ engine: EngineKind) async throws {
    try await Self.withNumbers(engine) { db in
      await #expect(throws: StoreError.self) {
        try await db.write { tx in
          let rows = (Int64(2000)...2001).lazy.map { number -> [Value] in
            _ = try? tx.exists("SELECT 1 FROM n")
            return [.integer(number), .integer(0)]
          }
          try tx.append(to: "n", columns: ["id", "twice"], rows: rows)
        }
      }
    }
  }

  @Test(arguments: EngineKind.available) func refusesRowsOfAnotherWidth(_ engine: EngineKind) async throws {
    try await Self.withNumbers(engine) { db in
      await #expect(throws: StoreError.self) {
        try await db.write { tx in
          try tx.append(
            to: "n", columns: ["id", "twice"], rows: [[.integer(5000), .integer(1)], [.integer(1)]])
        }
      }
      await #expect(throws: StoreError.self) {
        try await db.write { tx in
          try tx.append(to: "n", columns: ["id", "twice"], rows: [[.integer(1), .integer(1)]])
        }
      }
      try await expectEqual(count(db), 1000)
    }
  }

  @Test(arguments: EngineKind.available) func endsWhatACancelledTaskBegan(_ engine: EngineKind) async throws {
    try await Self.withNumbers(engine) { db in
      let began = DispatchSemaphore(value: 0)
      let task = Task {
        defer { began.signal() }
        try await db.write { tx in
          began.signal()
          usleep(100_000)
          try tx.run("DELETE FROM n WHERE id = 1")
        }
      }
      await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
        DispatchQueue.global().async {
          began.wait()
          done.resume()
        }
      }
      task.cancel()
      try await task.value
      try await expectEqual(count(db), 999)
    }
  }

  private static let long: SQL = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)
    SELECT count(*) FROM n
    """

  /// Nobody waits for it, so it has no limit; but it ends when its task is cancelled, and leaves nothing.
  @Test(arguments: EngineKind.available) func stopsLongWorkThatWasGivenUp(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: [MigratorTests.first]) { db in
      let work = Task {
        try await db.write { tx in
          try tx.run("INSERT INTO a (id) VALUES (77)")
          try tx.run(Self.long)
        }
      }
      try await Task.sleep(for: .milliseconds(100))
      work.cancel()
      await #expect(throws: CancellationError.self) { try await work.value }
      try await expectEqual(db.read { tx in try tx.exists("SELECT 1 FROM a WHERE id = 77") }, false)
    }
  }

  /// What puts things in order after a task was cancelled is done.
  @Test(arguments: EngineKind.available) func tidiesUpAfterBeingCancelled(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: [MigratorTests.first]) { db in
      let work = Task {
        while !Task.isCancelled { await Task.yield() }
        try await db.write { tx in try tx.run("INSERT INTO a (id) VALUES (77)") }
      }
      work.cancel()
      try await work.value
      try await expectEqual(db.read { tx in try tx.exists("SELECT 1 FROM a WHERE id = 77") }, true)
    }
  }

  @Test(arguments: EngineKind.available) func stopsAStatementThatTakesTooLong(_ engine: EngineKind)
    async throws
  {
    try await withDatabaseURL(engine) { url in
      let db = try Database(url)
      let hurried = db.within(DatabaseLimits(statement: .milliseconds(500)))
      await #expect(throws: StoreError.timeout) {
        try await hurried.read { tx in _ = try tx.run(Self.long) }
      }
      try await expectEqual(db.read { tx in try tx.value("SELECT 1") }, 1)
      try await db.close()
    }
  }

  /// The answer has no end: only rows that are handed on as they come, and let go, can be counted.
  @Test(arguments: EngineKind.available) func streams(_ engine: EngineKind) async throws {
    struct Enough: Error, Equatable { let sum: Int64 }
    try await withDatabase(engine) { db in
      let endless: SQL = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
      try await db.write { tx in
        #expect(throws: Enough(sum: 20_000_100_000)) {
          try tx.part {
            var sum = Int64(0)
            try tx.each(endless) { row in
              sum += row.integer(0)
              if row.integer(0) == 200_000 { throw Enough(sum: sum) }
            }
          }
        }
        try expectEqual(tx.value("SELECT 1"), 1)
      }
    }
  }

  @Test(arguments: EngineKind.available) func refusesAllAfterRowsWereGivenUp(_ engine: EngineKind) async throws {
    try await withDatabase(engine) { db in
      await #expect(throws: Stop.self) {
        try await db.write { tx in
          try? tx.each("SELECT 1") { _ in throw Stop() }
          try tx.run("SELECT 1")
        }
      }
    }
  }
}
