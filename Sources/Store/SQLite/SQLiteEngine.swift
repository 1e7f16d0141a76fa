import Foundation
import GRDB
import GRDBSQLite

/// SQLite by GRDB's pool: many readers, one writer, WAL, every commit on the disk before it is answered.
final class SQLiteEngine: Engine {
  let kind = EngineKind.sqlite
  private let path: String
  private let pool: DatabasePool
  private let lock: DirectoryLock

  init(path: String) throws {
    let file = URL(fileURLWithPath: path)
    let directory = file.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch { throw StoreError.unavailable("cannot make the folder \(directory.path): \(error)") }
    self.path = path
    lock = try DirectoryLock(for: file.path)
    do {
      pool = try DatabasePool(path: file.path, configuration: Self.configuration)
    } catch { throw error.ofStore }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.maximumReaderCount = 4
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA synchronous = FULL;
          PRAGMA temp_store = MEMORY;
          PRAGMA cache_size = -65536;
          """)
    }
    return configuration
  }

  func read<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result {
    do {
      return try await pool.read { db in try body(Transaction(SQLiteConnection(db))) }
    } catch { throw error.ofStore }
  }

  func write<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result {
    do {
      return try await pool.write { db in try body(Transaction(SQLiteConnection(db))) }
    } catch { throw error.ofStore }
  }

  func close() async throws {
    try pool.close()
    lock.release()
  }

  func copy(to path: String) async throws {
    do {
      let copy = try DatabaseQueue(path: path)
      try pool.backup(to: copy)
      try copy.close()
    } catch { throw error.ofStore }
  }
}

extension Error {
  /// Errors of the product pass unchanged; those of SQLite become ``StoreError``.
  fileprivate var ofStore: any Error {
    guard let error = self as? DatabaseError else { return self }
    let message = error.message ?? "error \(error.resultCode.rawValue)"
    return switch error.resultCode {
    case .SQLITE_CONSTRAINT: StoreError.constraint(message)
    case .SQLITE_INTERRUPT: StoreError.timeout
    case .SQLITE_BUSY, .SQLITE_LOCKED: StoreError.conflict(message)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: StoreError.damaged(message)
    case .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_FULL, .SQLITE_READONLY: StoreError.unavailable(message)
    default: StoreError.statement(message, sql: error.sql ?? "")
    }
  }
}
