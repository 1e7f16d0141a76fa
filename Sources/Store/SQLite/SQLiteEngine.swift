import Dispatch
import Foundation
import GRDB
import Synchronization

/// SQLite by GRDB's pool: many readers, one writer, WAL, every commit on the disk before it is answered.
final class SQLiteEngine: Engine {
  let kind = EngineKind.sqlite
  private let pool: DatabasePool
  private let lock: DirectoryLock
  /// Why the last write had no room.
  private let fullness = Mutex<String?>(nil)

  init(path: String) throws {
    let file = URL(fileURLWithPath: path)
    let directory = file.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch { throw StoreError.unavailable("cannot make the folder \(directory.path): \(error)") }
    try Self.refuseForeign(file.path)
    lock = try DirectoryLock(for: file.path)
    do {
      pool = try DatabasePool(path: file.path, configuration: Self.configuration)
      // The pool itself sets NORMAL when it turns WAL on.
      try pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
    } catch { throw error.ofStore }
  }

  /// Nothing is left beside a file that is no database.
  private static func refuseForeign(_ path: String) throws {
    guard let file = FileHandle(forReadingAtPath: path) else { return }
    defer { try? file.close() }
    let head = try file.read(upToCount: 16) ?? Data()
    guard head.isEmpty || head == Data("SQLite format 3\0".utf8) else {
      throw StoreError.damaged("\(path) is not a database")
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.maximumReaderCount = 4
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try SaturatingSum.add(to: db)
      // Many indexes are written at once, at places all over them; their pages are to be met again in memory, and
      // to go to the database once for many changes.
      let cache = db.configuration.readonly ? 32 : 64
      try db.execute(
        sql: "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -\(cache * 1024); PRAGMA wal_autocheckpoint = 16000")
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
      let (result, hooks) = try await pool.write { db in try Self.transaction(db, limits, body) }
      fullness.withLock { $0 = nil }
      for hook in hooks { hook() }
      return result
    } catch {
      if case StoreError.full(let why) = error.ofStore { fullness.withLock { $0 = why } }
      throw error.ofStore
    }
  }

  /// After a write that had no room, by another one that leaves nothing behind.
  func state() async -> DatabaseState {
    do {
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

  private static func transaction<Result>(
    _ db: GRDB.Database, _ limits: DatabaseLimits, _ body: (Transaction) throws -> Result
  ) throws -> (result: Result, hooks: [@Sendable () -> Void]) {
    let connection = SQLiteConnection(db, limits)
    defer { connection.finish() }
    let transaction = Transaction(connection)
    let result = try body(transaction)
    try transaction.finish()
    return (result, transaction.afterCommit)
  }

  func close() async throws {
    // The log would stay beside the file: readers, which close last, may not write it back.
    try? await pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    try pool.close()
    lock.release()
  }

  func releaseMemory() { pool.releaseMemoryEventually() }

  func copy(to path: String) async throws {
    let pool = pool
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      DispatchQueue.global().async {
        do {
          let copy = try DatabaseQueue(path: path)
          try pool.backup(to: copy)
          done.resume(returning: try copy.close())
        } catch { done.resume(throwing: error.ofStore) }
      }
    }
  }
}
