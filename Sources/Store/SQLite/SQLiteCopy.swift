import CPageSums
import Foundation
import GRDB
import GRDBSQLite

/// A copy of a database that is made page by page, through the connection that writes: what is written meanwhile goes into
/// the copy too, so that nothing is begun anew and the write-ahead log is not held up; and who wants to write waits for one
/// portion at most.
///
/// Used on the writer's queue alone, but for ``settle()``.
final class SQLiteCopy: @unchecked Sendable {
  /// Pages asked for at a time, and in a portion.
  private static let (few, portion): (CInt, CInt) = (32, 1_024)

  private var target: OpaquePointer?
  private var backup: OpaquePointer?
  private let file: CInt
  let pageSize: Int64

  /// - Parameters:
  ///   - hasRoom: whether the source's pages have room for checksums, which the copy's then carry.
  ///   - path: where nothing is yet.
  init(of source: OpaquePointer?, hasRoom: Bool, to path: String) throws {
    pageSize = Self.pageSize(of: source)
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let code = sqlite3_open_v2(path, &target, flags, nil)
    file = code == SQLITE_OK ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) : -1
    do {
      guard code == SQLITE_OK, file >= 0 else { throw Self.error(SQLITE_CANTOPEN, target) }
      if hasRoom { page_sums_reserve(target) }
      // Whoever asks for the copy has it on the disk in the end; until then nobody needs it. Its first page is written at
      // once: pages that come before that have no sums.
      let start = """
        PRAGMA page_size = \(pageSize); PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
        PRAGMA user_version = 1
        """
      guard sqlite3_exec(target, start, nil, nil, nil) == SQLITE_OK else {
        throw Self.error(sqlite3_errcode(target), target)
      }
      backup = sqlite3_backup_init(target, "main", source, "main")
      guard backup != nil else { throw Self.error(sqlite3_errcode(target), target) }
    } catch {
      end()
      throw error
    }
  }

  /// Pages copied, and pages in all.
  var progress: (done: Int64, total: Int64) {
    let total = Int64(sqlite3_backup_pagecount(backup))
    return (total - Int64(sqlite3_backup_remaining(backup)), total)
  }

  /// Copies a portion, for about so long.
  /// - Returns: whether the copy is complete.
  func step(for limit: Duration) throws -> Bool {
    let end = ContinuousClock.now + limit
    var copied: CInt = 0
    repeat {
      let code = sqlite3_backup_step(backup, Self.few)
      if code == SQLITE_DONE { return true }
      guard code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED else { throw Self.error(code, target) }
      copied += Self.few
    } while copied < Self.portion && .now < end
    return false
  }

  /// Waits until what was copied is on the disk. Done often, it keeps the disk's queue short for those who write.
  func settle() throws {
    guard fdatasync(file) == 0 else { throw StoreError.full("the copy: \(String(cString: strerror(errno)))") }
  }

  /// Whether it was completed or not.
  func end() {
    if let backup { sqlite3_backup_finish(backup) }
    sqlite3_close(target)
    if file >= 0 { close(file) }
    (backup, target) = (nil, nil)
  }

  private static func pageSize(of source: OpaquePointer?) -> Int64 {
    var statement: OpaquePointer?
    sqlite3_prepare_v2(source, "PRAGMA page_size", -1, &statement, nil)
    defer { sqlite3_finalize(statement) }
    return sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 4_096
  }

  private static func error(_ code: CInt, _ db: OpaquePointer?) -> any Error {
    DatabaseError(resultCode: ResultCode(rawValue: code), message: "the copy: \(String(cString: sqlite3_errstr(code)))")
      .ofStore
  }
}
