import GRDB
import GRDBSQLite

/// A transaction on SQLite. Statements are prepared once by GRDB; values are bound and read by the
/// C interface, which is several times faster for many rows.
final class SQLiteConnection: Connection {
  let engine = EngineKind.sqlite
  private let db: GRDB.Database
  private let watch = Watch()
  private let limit: Duration?

  /// - Parameter stop: ends the statement in progress when it is set.
  init(_ db: GRDB.Database, _ limits: DatabaseLimits, stop: BackgroundThread.Stop? = nil) {
    self.db = db
    limit = limits.statement
    watch.cancellation = limits.cancellation
    watch.stop = stop
    sqlite3_progress_handler(
      db.sqliteConnection, 50_000,
      { watch in
        guard let watch else { return 0 }
        return Unmanaged<Watch>.fromOpaque(watch).takeUnretainedValue().isOver ? 1 : 0
      }, Unmanaged.passUnretained(watch).toOpaque())
  }

  /// Must be called on the thread of the transaction, at its end.
  func finish() { sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil) }

  /// When the statement in progress must be done; SQLite looks every few milliseconds.
  private final class Watch {
    var end: ContinuousClock.Instant?
    var cancellation: Cancellation?
    var stop: BackgroundThread.Stop?
    var isOver: Bool { stop?.isOn ?? false || end.map { .now > $0 } ?? cancellation?.isDue ?? false }
  }

  /// Nothing is far away, so it is not told.
  func foresee(_ statements: [Statement]) {}

  func open(_ statement: Statement) throws -> any Cursor {
    watch.end = limit.map { .now + $0 }
    return try SQLiteCursor(statement.text, values: statement.values, in: db)
  }

  func append(table: String, columns: [String], rows: some Sequence<[Value]>) throws {
    try merge(table: table, columns: columns, rows: rows, conflict: "")
  }

  /// Row by row: a statement for all of them would keep every page it changes, to be able to undo them.
  func merge(table: String, columns: [String], rows: some Sequence<[Value]>, conflict: String) throws {
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let text = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks)) \(conflict)"
    watch.end = nil
    let cursor = try SQLiteCursor(text, values: [], in: db)
    defer { cursor.close() }
    for row in rows {
      try row.check(width: columns.count, text)
      cursor.bind(row)
      while try cursor.step() {}
      cursor.close()
    }
  }
}

/// A prepared statement with its values, standing on a row after each step.
private final class SQLiteCursor: Cursor {
  private let prepared: GRDB.Statement
  private let handle: OpaquePointer
  private let db: OpaquePointer?
  private let changesBefore: CInt
  private(set) lazy var columns = Columns.named(prepared.columnNames)

  init(_ text: String, values: [Value], in db: GRDB.Database) throws {
    do { prepared = try db.cachedStatement(sql: text) } catch { throw error.ofStore }
    handle = prepared.sqliteStatement
    self.db = db.sqliteConnection
    changesBefore = sqlite3_total_changes(self.db)
    bind(values)
  }

  /// What triggers and foreign keys change beside is not counted.
  var changed: Int { sqlite3_total_changes(db) == changesBefore ? 0 : Int(sqlite3_changes(db)) }

  func bind(_ values: [Value]) {
    let transient = unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)
    for (offset, value) in values.enumerated() {
      let index = CInt(offset + 1)
      switch value {
      case .null: sqlite3_bind_null(handle, index)
      case .integer(let number): sqlite3_bind_int64(handle, index, number)
      case .real(let number): sqlite3_bind_double(handle, index, number)
      case .text(let text) where text.isEmpty: sqlite3_bind_text(handle, index, "", 0, transient)
      case .text(var text):
        _ = text.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) {
            sqlite3_bind_text(handle, index, $0.baseAddress, CInt(clamping: $0.count), transient)
          }
        }
      case .blob(let bytes) where bytes.isEmpty: sqlite3_bind_zeroblob(handle, index, 0)
      case .blob(let bytes): sqlite3_bind_blob(handle, index, bytes, CInt(clamping: bytes.count), transient)
      }
    }
  }

  func step() throws -> Bool {
    let code = sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let message = String(cString: sqlite3_errmsg(db))
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: prepared.sql).ofStore
    }
  }

  func close() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  func abandon() { close() }

  func integer(at index: Int) -> Int64 { sqlite3_column_int64(handle, CInt(clamping: index)) }

  func value(at index: Int) -> Value {
    let index = CInt(clamping: index)
    switch sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
    case SQLITE_TEXT:
      guard let text = sqlite3_column_text(handle, index) else { return .null }
      let count = Int(sqlite3_column_bytes(handle, index))
      return .text(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
    case SQLITE_BLOB:
      let count = Int(sqlite3_column_bytes(handle, index))
      return .blob(
        sqlite3_column_blob(handle, index).map { Array(UnsafeRawBufferPointer(start: $0, count: count)) }
          ?? [])
    default: return .null
    }
  }
}

extension Error {
  /// Errors of the product pass unchanged; those of SQLite become ``StoreError``.
  var ofStore: any Error {
    guard let error = self as? DatabaseError else { return self }
    let message = error.message ?? "error \(error.resultCode.rawValue)"
    // Disks, quotas and limits on the size of files say no to a write in several ways.
    if [.SQLITE_IOERR_WRITE, .SQLITE_IOERR_TRUNCATE].contains(error.extendedResultCode) {
      return StoreError.full(message)
    }
    // The checksum of a page is not that of what stands in it.
    if error.extendedResultCode == .SQLITE_IOERR_DATA { return StoreError.damaged(message) }
    return switch error.resultCode {
    case .SQLITE_CONSTRAINT: StoreError.constraint(message)
    case .SQLITE_INTERRUPT: StoreError.timeout
    case .SQLITE_BUSY, .SQLITE_LOCKED: StoreError.conflict(message)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: StoreError.damaged(message)
    case .SQLITE_FULL: StoreError.full(message)
    case .SQLITE_READONLY: StoreError.readOnly(message)
    case .SQLITE_CANTOPEN, .SQLITE_IOERR: StoreError.unavailable(message)
    default: StoreError.statement(message, sql: error.sql ?? "")
    }
  }
}
