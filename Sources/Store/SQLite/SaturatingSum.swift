import GRDB
import GRDBSQLite

/// `saturating_sum(x)` in SQLite: whole numbers added up exactly and held within 64 bits at the end, 0 over no rows. Its own
/// `sum` ends the whole statement where a sum leaves 64 bits on the way.
enum SaturatingSum {
  /// 128 bits in halves, which SQLite gives as zeros.
  private struct Sum {
    var low: UInt64
    var high: Int64

    mutating func add(_ number: Int64) {
      let (sum, carries) = low.addingReportingOverflow(UInt64(bitPattern: number))
      low = sum
      high &+= (number >> 63) &+ (carries ? 1 : 0)
    }

    var saturated: Int64 {
      let number = Int64(bitPattern: low)
      return high == number >> 63 ? number : high < 0 ? .min : .max
    }
  }

  static func add(to db: GRDB.Database) throws {
    let code = sqlite3_create_function_v2(
      db.sqliteConnection, "saturating_sum", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil, nil,
      { context, _, values in
        guard let value = values?[0], sqlite3_value_type(value) != SQLITE_NULL else { return }
        let place = sqlite3_aggregate_context(context, CInt(MemoryLayout<Sum>.size))
        guard let sum = place?.assumingMemoryBound(to: Sum.self) else { return sqlite3_result_error_nomem(context) }
        sum.pointee.add(sqlite3_value_int64(value))
      },
      { context in
        let sum = sqlite3_aggregate_context(context, 0)?.assumingMemoryBound(to: Sum.self)
        sqlite3_result_int64(context, sum?.pointee.saturated ?? 0)
      }, nil)
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }
}
