import CPageSums
import Foundation
import GRDB
import GRDBSQLite

/// What can be done with a SQLite database as a file.
public struct SQLiteFile: Sendable {
  private let engine: SQLiteEngine

  init(_ engine: SQLiteEngine) { self.engine = engine }

  /// By its real name, without symbolic links.
  public var path: String { engine.lock.path }

  /// Whether every page carries a checksum.
  public var carriesSums: Bool { Self.header(of: engine.lock.file).carries }

  /// The first page, as far as it tells of sums.
  static func header(of file: CInt) -> (carries: Bool, hasRoom: Bool) {
    var page = [UInt8](repeating: 0, count: 65_536)
    let count = pread(file, &page, page.count, 0)
    let size = page_size(page)
    return (size > 0 && count >= size && page_sums_carried(page, size) != 0, page[20] == UInt8(PAGE_SUM_SIZE))
  }

  /// Reads every page of the file and compares it with its checksum.
  public func check() async throws -> PageCheck {
    let (file, path) = (engine.lock.file, engine.lock.path)
    // What a crash left half written is in the log too.
    try await engine.onWriter { db in _ = try db.checkpoint() }
    var found = try await BackgroundThread.run { stop in try PageCheck(of: file, stop: stop) }
    guard !found.damaged.isEmpty else { return found }
    // Some may have been written just then.
    let suspects = found.damaged
    found.damaged = try await engine.onWriter { db in
      _ = try db.checkpoint()
      return try PageCheck(of: file, only: suspects).damaged
    }
    let damaged = found
    return try await BackgroundThread.run { _ in
      var found = damaged
      found.findTables(in: path)
      return found
    }
  }

  /// The same of a file that cannot be opened as a database, and that nobody has.
  public static func check(_ path: String) async throws -> PageCheck {
    try await BackgroundThread.run { stop in
      let lock = try DatabaseLock(for: path, accepts: true)
      defer { lock.release() }
      var found = try PageCheck(of: lock.file, stop: stop)
      found.findTables(in: lock.path)
      return found
    }
  }

  /// The same of a file that nobody writes.
  public static func checkFrozen(_ path: String) async throws -> PageCheck {
    try await BackgroundThread.run { stop in
      let file = open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { throw StoreError.unavailable("\(path): \(String(cString: strerror(errno)))") }
      defer { close(file) }
      return try PageCheck(of: file, stop: stop)
    }
  }

  /// Gives every page its checksum by writing the whole file anew, for which it takes twice its size beside it. Nobody
  /// else can write meanwhile; whatever happens the database is as it was, or has them.
  public func addSums() async throws {
    try await engine.onWriter { db in
      let folder = URL(fileURLWithPath: engine.lock.path).deletingLastPathComponent().path
      // What is made on the way may be larger than the memory, and than the system's own place for it.
      try db.execute(sql: "PRAGMA temp_store_directory = \(folder.sqlQuoted); PRAGMA temp_store = FILE")
      defer { try? db.execute(sql: "PRAGMA temp_store_directory = ''; PRAGMA temp_store = MEMORY") }
      page_sums_reserve(db.sqliteConnection)
      page_sums_begin(db.sqliteConnection, 1)
      defer { page_sums_begin(db.sqliteConnection, 0) }
      try db.execute(sql: "VACUUM")
      _ = try db.checkpoint(.truncate)
    }
    engine.renewReaders()
  }

  /// Writes a complete copy to a new file while work goes on.
  /// - Parameters:
  ///   - isGentle: whether it takes its time so that others hardly notice it.
  ///   - progress: told bytes done and in all; what it throws ends the copy.
  /// - Returns: the moment whose state the copy holds: what was written before is in it, and nothing that came later.
  @discardableResult
  public func copy(
    to path: String, isGentle: Bool = false,
    progress: (_ done: Int64, _ total: Int64) async throws -> Void = { _, _ in }
  ) async throws -> Instant {
    let (file, slice) = (engine.lock.file, isGentle ? Duration.milliseconds(15) : .milliseconds(250))
    let copy = try await engine.onWriter { db in
      try SQLiteCopy(of: db.sqliteConnection, hasRoom: Self.header(of: file).hasRoom, to: path)
    }
    do {
      var moment = Instant.now()
      while true {
        try Task.checkCancellation()
        let step = try await engine.onWriter { _ in
          (at: Instant.now(), isLast: try copy.step(for: slice), copy.progress)
        }
        moment = step.at
        let (done, total) = (step.2.done * copy.pageSize, step.2.total * copy.pageSize)
        if isGentle || step.isLast {
          try await BackgroundThread.run { _ in
            try copy.settle()
            // Nobody should wait for a disk that has to find what comes next.
            #if os(Linux)
            posix_fadvise(file, off_t(done), 16 << 20, CInt(POSIX_FADV_WILLNEED))
            #endif
          }
        }
        try await progress(done, total)
        if step.isLast { break }
        if isGentle { try await Task.sleep(for: slice) }
      }
      try await engine.onWriter { _ in copy.end() }
      try Self.settle(URL(fileURLWithPath: path).deletingLastPathComponent().path)
      return moment
    } catch {
      try? await engine.onWriter { _ in copy.end() }
      throw error
    }
  }

  /// Waits until the names of the files in a folder are on the disk.
  public static func settle(_ folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw StoreError.unavailable("\(folder): \(String(cString: strerror(errno)))")
    }
  }
}

extension String {
  /// As a text in SQL, where nothing can be bound.
  fileprivate var sqlQuoted: String { "'" + replacing("'", with: "''") + "'" }
}
