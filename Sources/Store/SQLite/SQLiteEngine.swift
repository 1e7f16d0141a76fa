import CPageSums
import Foundation
import GRDB
import Logging
import Synchronization

/// SQLite by GRDB's pool: many readers, one writer, WAL, every commit on the disk before it is answered.
final class SQLiteEngine: Engine {
  let kind = EngineKind.sqlite
  private let pool: DatabasePool
  let lock: DatabaseLock
  /// Why the last write had no room.
  private let fullness = Mutex<String?>(nil)

  init(path: String, log: Logger) throws {
    let file = URL(fileURLWithPath: path)
    let directory = file.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch { throw StoreError.unavailable("cannot make the folder \(directory.path): \(error)") }
    try PageSums.install()
    lock = try DatabaseLock(for: file.path)
    do {
      try PageSums.renew(lock, log)
      pool = try DatabasePool(path: lock.path, configuration: Self.configuration)
      // The pool itself sets NORMAL when it turns WAL on.
      try pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
    } catch { throw error.ofStore }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.maximumReaderCount = 4
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try SaturatingSum.add(to: db)
      // Many indexes are written at once, at places all over them; their pages are to be met again in memory. The log goes
      // back to the file in pieces so small that whoever writes meanwhile hardly waits (80 ms instead of 400 in a file of
      // 2 GB); what an import writes at once goes back at once anyway. Only who writes also checkpoints: SQLite before
      // 3.51.3 can lose what is written by one connection while another one checkpoints.
      let (cache, checkpoint) = db.configuration.readonly ? (32, 0) : (64, 2_000)
      try db.execute(
        sql: """
          PRAGMA temp_store = MEMORY; PRAGMA cache_size = -\(cache * 1024); PRAGMA wal_autocheckpoint = \(checkpoint)
          """)
      if !db.configuration.readonly { page_sums_reserve(db.sqliteConnection) }
    }
    return configuration
  }

  var usage: DatabaseUsage? { nil }

  func read<Result: Sendable>(
    _ limits: DatabaseLimits, _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    do {
      return try await pool.read { db in try Self.transaction(db, limits, body).result }
    } catch { throw error.ofStore }
  }

  func write<Result: Sendable>(
    _ limits: DatabaseLimits, _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    do {
      try requirePlace()
      let (result, hooks) = try await pool.write { db in try Self.transaction(db, limits, body) }
      fullness.withLock { $0 = nil }
      for hook in hooks { hook() }
      return result
    } catch {
      if case StoreError.full(let why) = error.ofStore { fullness.withLock { $0 = why } }
      throw error.ofStore
    }
  }

  /// - Throws: ``StoreError/unavailable(_:)`` when what is written now would be found by nobody later.
  private func requirePlace() throws {
    guard lock.isInPlace else {
      throw StoreError.unavailable("\(lock.path) was moved, removed or replaced while it was open")
    }
  }

  /// After a write that had no room, by another one that leaves nothing behind.
  func state() async -> DatabaseState {
    do {
      try requirePlace()
      if fullness.withLock({ $0 != nil }) {
        try await write(DatabaseLimits()) { tx in
          try tx.run("CREATE TABLE room (bytes BLOB)")
          try tx.run("INSERT INTO room (bytes) VALUES (zeroblob(65536))")
          try tx.run("DROP TABLE room")
        }
      }
      _ = try await read(DatabaseLimits()) { tx in try tx.run("SELECT 1 FROM sqlite_master LIMIT 1") }
      return .writable
    } catch StoreError.full(let why) {
      return .full(why)
    } catch {
      return .away("\(error)")
    }
  }

  static func transaction<Result>(
    _ db: GRDB.Database, _ limits: DatabaseLimits, stop: BackgroundThread.Stop? = nil,
    _ body: (Transaction) throws -> Result
  ) throws -> (result: Result, hooks: [@Sendable () -> Void]) {
    let connection = SQLiteConnection(db, limits, stop: stop)
    defer { connection.finish() }
    let transaction = Transaction(connection)
    let result = try body(transaction)
    try transaction.finish()
    return (result, transaction.afterCommit)
  }

  func close() async throws {
    // The log would stay beside the file if readers closed last: they may neither write it back nor remove it.
    pool.invalidateReadOnlyConnections()
    try? await pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    try pool.close()
    lock.release()
  }

  func releaseMemory() { pool.releaseMemoryEventually() }

  /// Work on the connection that writes, outside of any transaction; done to its end even when its task is cancelled.
  func onWriter<Result: Sendable>(_ body: @escaping @Sendable (GRDB.Database) throws -> Result) async throws -> Result {
    let pool = pool
    do {
      return try await Task { try await pool.writeWithoutTransaction(body) }.value
    } catch { throw error.ofStore }
  }

  /// Lets connections that read be opened anew.
  func renewReaders() { pool.invalidateReadOnlyConnections() }
}
