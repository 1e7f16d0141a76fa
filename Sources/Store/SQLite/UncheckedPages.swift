import GRDBSQLite

/// A database read whatever its checksums say.
final class UncheckedPages {
  private let db: OpaquePointer

  init?(_ path: String) {
    var db: OpaquePointer?
    guard sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, "unix") == SQLITE_OK, let db else {
      sqlite3_close(db)
      return nil
    }
    self.db = db
  }

  deinit { sqlite3_close(db) }

  /// Whether SQLite itself finds nothing wrong.
  var isSound: Bool { rows("PRAGMA integrity_check(1)", nil) { Self.text($0, 0) } == ["ok"] }

  func pairs(_ sql: String) -> [(String, String)] {
    rows(sql, nil) { (Self.text($0, 0), Self.text($0, 1)) }
  }

  func numbers(_ sql: String, _ value: String) -> [Int] {
    rows(sql, value) { Int(sqlite3_column_int64($0, 0)) }
  }

  private static func text(_ statement: OpaquePointer, _ column: CInt) -> String {
    sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
  }

  /// As far as they can be read.
  private func rows<Value>(_ sql: String, _ value: String?, _ read: (OpaquePointer) -> Value) -> [Value] {
    var (statement, values): (OpaquePointer?, [Value]) = (nil, [])
    guard sqlite3_prepare_v2(db, sql, -1, &statement, nil) == SQLITE_OK, let statement else { return [] }
    defer { sqlite3_finalize(statement) }
    let transient = unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)
    if let value { sqlite3_bind_text(statement, 1, value, -1, transient) }
    while sqlite3_step(statement) == SQLITE_ROW { values.append(read(statement)) }
    return values
  }
}

extension PageCheck {
  /// Finds out what the damaged pages belong to, as far as what leads to them can be read.
  /// - Parameter path: of the database, which must not be open for writing elsewhere than in this process.
  mutating func findTables(in path: String) {
    guard !damaged.isEmpty, let db = UncheckedPages(path) else { return }
    let wanted = Set(damaged)
    for (name, table) in db.pairs(
      "SELECT name, tbl_name FROM sqlite_master WHERE rootpage > 0 UNION SELECT 'sqlite_schema', 'sqlite_schema'")
    {
      let count = db.numbers("SELECT pageno FROM dbstat WHERE name = ?", name).count(where: wanted.contains)
      if count > 0 { tables[table, default: 0] += count }
    }
  }
}
