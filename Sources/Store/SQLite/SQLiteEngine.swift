import Dispatch
import Foundation
import GRDB

/// SQLite by GRDB's pool: many readers, one writer, WAL, every commit on the disk before it is answered.
final class SQLiteEngine: Engine {
  let kind = EngineKind.sqlite
  private let pool: DatabasePool
  private let lock: DirectoryLock
  private let limit: Duration

  init(path: String, limit: Duration) throws {
    let file = URL(fileURLWithPath: path)
    let directory = file.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch { throw StoreError.unavailable("cannot make the folder \(directory.path): \(error)") }
    self.limit = limit
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
      // Many indexes are written at once, at places all over them; their pages are to be met again in memory, and
      // to go to the database once for many changes.
      let cache = db.configuration.readonly ? 32 : 128
      try db.execute(
        sql: "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -\(cache * 1024); PRAGMA wal_autocheckpoint = 16000")
    }
    return configuration
  }

  func read<Result: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    let limit = limit
    do {
      return try await pool.read { db in try Self.transaction(db, limit, body).result }
    } catch { throw error.ofStore }
  }

  func write<Result: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    let limit = limit
    do {
      let (result, hooks) = try await pool.write { db in try Self.transaction(db, limit, body) }
      for hook in hooks { hook() }
      return result
    } catch { throw error.ofStore }
  }

  private static func transaction<Result>(
    _ db: GRDB.Database, _ limit: Duration, _ body: (Transaction) throws -> Result
  ) throws -> (result: Result, hooks: [@Sendable () -> Void]) {
    let connection = SQLiteConnection(db, limit: limit)
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
