import CPostgres
import Foundation

/// The answer to what was sent: a row at a time (libpq's single-row mode), or all of it when it was foreseen.
final class PostgresCursor: Cursor {
  private let connection: PostgresConnection
  private let prepared: PostgresPrepared
  private let text: String
  private var result: OpaquePointer?
  private var row: CInt = -1
  private var isDone = false
  private(set) var changed = 0

  init(_ connection: PostgresConnection, _ prepared: PostgresPrepared, text: String) {
    self.connection = connection
    self.prepared = prepared
    self.text = text
  }

  init(_ connection: PostgresConnection, _ answer: PostgresForeseen) {
    self.connection = connection
    prepared = answer.prepared
    text = answer.statement.text
    result = answer.result
    changed = Self.changed(by: answer.result)
    isDone = true
  }

  deinit { PQclear(result) }

  var columns: Columns { prepared.columns ?? Columns([]) }

  /// At the end all results are taken, so that the connection is ready again whatever happened.
  func step() throws -> Bool {
    row += 1
    if row < PQntuples(result) { return standing() }
    clear()
    var error: StoreError?
    while let next = try isDone ? nil : connection.nextResult(text) {
      switch PQresultStatus(next) {
      case PGRES_SINGLE_TUPLE:
        (result, row) = (next, 0)
        return standing()
      case PGRES_TUPLES_OK, PGRES_COMMAND_OK: changed = Self.changed(by: next)
      default: error = error ?? connection.failure(next, text)
      }
      PQclear(next)
    }
    isDone = true
    if let error { throw error }
    return false
  }

  private func standing() -> Bool {
    if prepared.columns == nil, let result { prepared.columns = Self.columns(of: result) }
    return true
  }

  func close() {
    while !isDone, (try? step()) == true {}
    clear()
  }

  func abandon() {
    if !isDone { connection.cancel() }
    close()
  }

  private func clear() {
    PQclear(result)
    result = nil
  }

  private static func columns(of result: OpaquePointer) -> Columns {
    Columns((0..<PQnfields(result)).map { PQfname(result, $0).map { String(cString: $0) } ?? "" })
  }

  /// `SELECT` counts its rows too, but changes none.
  private static func changed(by result: OpaquePointer?) -> Int {
    String(cString: PQcmdStatus(result)).hasPrefix("SELECT")
      ? 0 : Int(String(cString: PQcmdTuples(result))) ?? 0
  }

  /// Digits by hand: the library's function asks for the locale's ways each time.
  func integer(at index: Int) -> Int64 {
    guard let start = PQgetvalue(result, row, CInt(clamping: index)) else { return 0 }
    let isNegative = start.pointee == 45 /* - */
    var place = isNegative ? start + 1 : start
    var number: Int64 = 0
    while case let digit = Int64(place.pointee) &- 48, 0...9 ~= digit {
      number = number &* 10 &+ (isNegative ? -digit : digit)
      place += 1
    }
    return number
  }

  private func start(_ index: CInt) -> UnsafeMutablePointer<CChar>? {
    guard let result, index >= 0, index < PQnfields(result), PQgetisnull(result, row, index) == 0 else {
      return nil
    }
    return PQgetvalue(result, row, index)
  }

  /// Whole numbers of any width (also `numeric` without a fraction) are integers; the rest by type.
  func value(at index: Int) -> Value {
    let index = CInt(clamping: index)
    guard let result, let start = start(index) else { return .null }
    let type = PQftype(result, index)
    if type == 17 {
      return .blob(Self.bytes(hex: UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, index)))))
    }
    let text = String(cString: start)
    switch type {
    case 20, 21, 23, 26: return Int64(text).map(Value.integer) ?? .text(text)
    case 1700: return Int64(text).map(Value.integer) ?? Double(text).map(Value.real) ?? .text(text)
    case 700, 701: return Double(text).map(Value.real) ?? .text(text)
    case 16: return .integer(text == "t" ? 1 : 0)
    default: return .text(text)
    }
  }

  /// `\x0a1b…`
  private static func bytes(hex text: UnsafeRawBufferPointer) -> [UInt8] {
    func digit(_ place: Int) -> UInt8 { text[place] < 58 ? text[place] &- 48 : text[place] &- 87 }
    return [UInt8](unsafeUninitializedCapacity: text.count / 2) { bytes, count in
      for place in stride(from: 2, to: text.count - 1, by: 2) {
        bytes[count] = digit(place) << 4 | digit(place + 1)
        count += 1
      }
    }
  }
}
