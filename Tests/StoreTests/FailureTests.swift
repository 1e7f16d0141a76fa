import Foundation
@testable import Store
import TestKit
import Testing

/// Databases that are gone, stopped, read-only or full, and what is left afterwards.
@Suite struct FailureTests {
  private static let one = [Migration(1, "a", ["CREATE TABLE a (id \(SQL.key), text TEXT)"])]

  @Test(arguments: EngineKind.servers) func aServerThatOnlyReads(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: Self.one) { db in
      try await db.write { tx in try tx.run("INSERT INTO a (id) VALUES (1)") }
      guard case .postgres(let uri, let schema) = db.url else { return }
      // As a standby is to those who connect to it.
      let options = "options=-c%20default_transaction_read_only%3Don"
      let standby = try Database(
        .postgres(uri: uri + (uri.contains("?") ? "&" : "?") + options, schema: schema))
      try await expectEqual(standby.read { tx in try tx.value("SELECT count(*) FROM a") }, 1)
      for _ in 0..<3 {
        let error = await #expect(throws: StoreError.self) {
          try await standby.write { tx in try tx.run("INSERT INTO a (id) VALUES (2)") }
        }
        guard case .readOnly = error else { return #expect(Bool(false), "\(String(describing: error))") }
      }
      guard case .readOnly = await standby.state() else { return #expect(Bool(false), "a standby says so") }
      #expect(await db.state() == .writable)
      try await expectEqual(standby.read { tx in try tx.value("SELECT count(*) FROM a") }, 1)
      try await standby.close()
    }
  }

  /// A server that tells another, which takes writes, in front of it.
  @Test(arguments: EngineKind.servers) func theOneThatTakesWritesIsFound(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: Self.one) { db in
      guard case .postgres(let uri, let schema) = db.url else { return }
      let role = "r\(UInt32.random(in: 0...(.max)))"
      try await db.write { tx in
        try tx.run("CREATE ROLE \(SQL(name: role)) LOGIN SUPERUSER")
        try tx.run("ALTER ROLE \(SQL(name: role)) SET default_transaction_read_only = on")
      }
      let other = try Database(.postgres(uri: uri.replacing("postgres@", with: "\(role)@"), schema: schema))
      guard case .readOnly = await other.state() else { return #expect(Bool(false), "read-only first") }
      try await expectEqual(other.read { tx in try tx.value("SELECT count(*) FROM a") }, 0)
      try await db.write { tx in try tx.run("ALTER ROLE \(SQL(name: role)) SET default_transaction_read_only = off") }
      for _ in 0..<50 where await other.state() != .writable { try await Task.sleep(for: .milliseconds(100)) }
      #expect(await other.state() == .writable)
      try await other.write { tx in try tx.run("INSERT INTO a (id) VALUES (7)") }
      // What reads now sees the one that takes writes.
      try await expectEqual(other.read { tx in try tx.value("SELECT id FROM a") }, 7)
      try await other.close()
      try await db.write { tx in try tx.run("DROP ROLE \(SQL(name: role))") }
    }
  }

  @Test(arguments: EngineKind.servers) func anAnswerToCommitThatDoesNotCome(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: Self.one) { db in
      // A rule looked at last ends the connection while the transaction is being kept.
      try await db.write { tx in
        try tx.run(
          """
          CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END $$
          """)
        try tx.run(
          """
          CREATE CONSTRAINT TRIGGER leaves AFTER INSERT ON a DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW WHEN (NEW.text = 'leave') EXECUTE FUNCTION leave()
          """)
      }
      let error = await #expect(throws: StoreError.self) {
        try await db.write { tx in try tx.run("INSERT INTO a (id, text) VALUES (1, 'leave')") }
      }
      guard case .uncertain = error else { return #expect(Bool(false), "\(String(describing: error))") }
      try await db.write { tx in try tx.run("INSERT INTO a (id, text) VALUES (2, 'stay')") }
      try await expectEqual(db.read { tx in try tx.values("SELECT id FROM a") }, [2])
    }
  }

  @Test(arguments: EngineKind.servers) func noConnectionIsFree(_ engine: EngineKind) async throws {
    try await withDatabase(engine) { db in
      let hurried = db.within(DatabaseLimits(statement: .seconds(20), turn: .milliseconds(200)))
      let long = (0..<PostgresEngine.poolSize).map { _ in
        Task { try await db.read { tx in try tx.run("SELECT pg_sleep(4)") } }
      }
      for _ in 0..<500 where db.usage?.busy != PostgresEngine.poolSize { try await Task.sleep(for: .milliseconds(10)) }
      let error = await #expect(throws: StoreError.self) { try await hurried.read { tx in try tx.run("SELECT 1") } }
      #expect(error == .busy)
      #expect(db.usage?.refused == 1)
      // Who watches is answered meanwhile.
      #expect(await db.state() == .writable)
      for task in long { _ = try await task.value }
      try await expectEqual(hurried.read { tx in try tx.value("SELECT 1") }, 1)
      #expect(db.usage?.busy == 0 && db.usage?.waiting == 0)
    }
  }

  @Test(arguments: EngineKind.available) func aHurriedStatement(_ engine: EngineKind) async throws {
    try await withDatabase(engine) { db in
      let hurried = db.within(DatabaseLimits(statement: .milliseconds(300)))
      let endless: SQL = """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT count(*) FROM n
        """
      let error = await #expect(throws: StoreError.self) { try await hurried.read { tx in try tx.run(endless) } }
      #expect(error == .timeout)
      try await expectEqual(hurried.read { tx in try tx.value("SELECT 1") }, 1)
    }
  }

  /// A statement may take its time while the server answers others, and is given up when it answers nobody.
  @Test(arguments: EngineKind.servers) func aSilentServer(_ engine: EngineKind) async throws {
    try await withDatabase(engine) { db in
      guard case .postgres(let uri, let schema) = db.url else { return #expect(Bool(false), "not a server") }
      let silence = Silence()
      let limits = DatabaseLimits(statement: .seconds(20), silence: .seconds(1))
      func slept() throws -> StoreError? {
        let connection = try PostgresConnection(uri: PostgresServers.complete(uri, "any"), schema: schema, silence)
        try connection.begin(false, limits)
        do {
          try Transaction(connection).run("SELECT pg_sleep(3.2)")
          return nil
        } catch let error as StoreError { return error }
      }
      silence.ask()
      let talker = Thread {
        while !Thread.current.isCancelled {
          silence.hear()
          Thread.sleep(forTimeInterval: 0.05)
        }
      }
      talker.start()
      try expectEqual(slept(), nil)
      talker.cancel()
      try expectEqual(slept(), .timeout)
      silence.end()
      try expectEqual(slept(), nil)
    }
  }

  @Test func noServerAtAll() async throws {
    let error = #expect(throws: StoreError.self) {
      try Database(.postgres(uri: "postgres://nobody@127.0.0.1:1/none", schema: "a"))
    }
    guard case .unavailable = error else { return #expect(Bool(false), "\(String(describing: error))") }
  }

  @Test func whatIsAskedOfLibpq() {
    let complete = PostgresServers.complete(
      "postgres://a@h1,h2/d?target_session_attrs=any&connect_timeout=9", "read-write")
    #expect(complete.hasPrefix("postgres://a@h1,h2/d?connect_timeout=9&application_name=guanxi&"))
    #expect(complete.hasSuffix("&target_session_attrs=read-write"))
    #expect(complete.contains("tcp_user_timeout=120000"))
    #expect(!complete.contains("=any") && !complete.contains("connect_timeout=3"))
  }

  @Test func aFullDisk() async throws {
    try await withDatabase(.sqlite, migrations: Self.one) { db in
      try await db.write { tx in
        let pages: Int = try tx.value("PRAGMA page_count") ?? 0
        let _: Int? = try tx.value("PRAGMA max_page_count = \(SQL(name: "\(pages + 4)"))")
        try tx.run("INSERT INTO a (id, text) VALUES (1, 'before')")
      }
      let error = await #expect(throws: StoreError.self) {
        try await db.write { tx in
          try tx.run("INSERT INTO a (id, text) VALUES (2, 'half')")
          try tx.run("INSERT INTO a (id, text) VALUES (3, \(String(repeating: "x", count: 100_000)))")
        }
      }
      guard case .full = error else { return #expect(Bool(false), "\(String(describing: error))") }
      guard case .full = await db.state() else { return #expect(Bool(false), "a full disk is told") }
      try await expectEqual(db.read { tx in try tx.values("SELECT id FROM a") }, [1])
      // Room again, and nothing else is needed.
      try await db.write { tx in let _: Int? = try tx.value("PRAGMA max_page_count = 1000000") }
      #expect(await db.state() == .writable)
      try await db.write { tx in
        try tx.run("INSERT INTO a (id, text) VALUES (4, \(String(repeating: "x", count: 100_000)))")
      }
      try await expectEqual(db.read { tx in try tx.values("SELECT id FROM a ORDER BY id") }, [1, 4])
    }
  }
}
