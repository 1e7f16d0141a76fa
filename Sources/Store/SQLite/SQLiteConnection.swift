import GRDB
import GRDBSQLite

/// A transaction on SQLite. Statements are prepared once by GRDB; values are bound and read by the
/// C interface, which is several times faster for many rows.
final class SQLiteConnection: Connection {
  let engine = EngineKind.sqlite
  private let db: GRDB.Database

  init(_ db: GRDB.Database) { self.db = db }

  func run(_ statement: Statement, each: (Row) throws -> Void) throws -> Int {
    let prepared = try db.cachedStatement(sql: statement.text)
    let handle = prepared.sqliteStatement
    // A statement already in use further up the stack is prepared afresh.
    let isBusy = sqlite3_stmt_busy(handle) != 0
    let cursor = SQLiteCursor(isBusy ? try db.makeStatement(sql: statement.text) : prepared, values: statement.values)
    defer { cursor.reset() }
    let before = sqlite3_total_changes(db.sqliteConnection)
    while try cursor.step() { try each(Row(cursor: cursor)) }
    return Int(sqlite3_total_changes(db.sqliteConnection) - before)
  }

  func append(table: String, columns: [String], rows: some Sequence<[Value]>) throws {
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let text = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
    let cursor = SQLiteCursor(try db.cachedStatement(sql: text), values: [])
    defer { cursor.reset() }
    for row in rows {
      guard row.count == columns.count else {
        throw StoreError.statement("\(row.count) values for \(columns.count) columns", sql: text)
      }
      cursor.bind(row)
      while try cursor.step() {}
      cursor.reset()
    }
  }
}

/// A prepared statement with its values, standing on a row after each step.
private final class SQLiteCursor: Cursor {
  private let prepared: GRDB.Statement
  private let handle: OpaquePointer
  private(set) lazy var columns = Columns(prepared.columnNames)

  init(_ prepared: GRDB.Statement, values: [Value]) {
    self.prepared = prepared
    handle = prepared.sqliteStatement
    bind(values)
  }

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
            sqlite3_bind_text(handle, index, $0.baseAddress, CInt($0.count), transient)
          }
        }
      case .blob(let bytes):
        if bytes.isEmpty {
          sqlite3_bind_zeroblob(handle, index, 0)
        } else {
          sqlite3_bind_blob(handle, index, bytes, CInt(bytes.count), transient)
        }
      }
    }
  }

  /// Whether there is a further row.
  func step() throws -> Bool {
    let code = sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))),
        sql: prepared.sql)
    }
  }

  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  func integer(at index: Int) -> Int64 { sqlite3_column_int64(handle, CInt(index)) }

  func value(at index: Int) -> Value {
    let index = CInt(index)
    switch sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
    case SQLITE_TEXT:
      guard let text = sqlite3_column_text(handle, index) else { return .null }
      let count = Int(sqlite3_column_bytes(handle, index))
      return .text(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
    case SQLITE_BLOB:
      let count = Int(sqlite3_column_bytes(handle, index))
      return .blob(sqlite3_column_blob(handle, index).map { Array(UnsafeRawBufferPointer(start: $0, count: count)) } ?? [])
    default: return .null
    }
  }
}
