import CPostgres

/// Values as libpq wants them: texts, except bytes, which go as they are.
struct PostgresParameters {
  private var buffers: [[UInt8]?] = []
  private(set) var types: [Oid] = []
  private var lengths: [CInt] = []
  private var formats: [CInt] = []

  var count: Int { types.count }
  /// Distinguishes statements of the same text with values of other kinds.
  var signature: String { types.map { "\($0)," }.joined() }

  init(_ values: [Value], sql: String) throws {
    for value in values {
      switch value {
      case .null: add(nil, type: 0)
      case .integer(let number): add(Array("\(number)".utf8), type: 20)
      case .real(let number): add(Array("\(number)".utf8), type: 701)
      case .text(let text):
        guard !text.utf8.contains(0) else { throw StoreError.statement("a text holds the character NUL", sql: sql) }
        add(Array(text.utf8), type: 25)
      case .blob(let bytes): add(bytes, type: 17)
      }
    }
  }

  private mutating func add(_ bytes: [UInt8]?, type: Oid) {
    let isBinary = type == 17
    lengths.append(CInt(bytes?.count ?? 0))
    buffers.append(bytes.map { isBinary && !$0.isEmpty ? $0 : $0 + [0] })
    types.append(type)
    formats.append(isBinary ? 1 : 0)
  }

  func withPointers<Result>(
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?, [CInt], [CInt]) -> Result
  ) -> Result {
    let total = buffers.reduce(0) { $0 + ($1?.count ?? 0) }
    let bytes = UnsafeMutableBufferPointer<CChar>.allocate(capacity: max(total, 1))
    defer { bytes.deallocate() }
    var pointers: [UnsafePointer<CChar>?] = []
    var start = 0
    for buffer in buffers {
      guard let buffer, let base = bytes.baseAddress else {
        pointers.append(nil)
        continue
      }
      for (offset, byte) in buffer.enumerated() { bytes[start + offset] = CChar(bitPattern: byte) }
      pointers.append(UnsafePointer(base + start))
      start += buffer.count
    }
    return pointers.withUnsafeBufferPointer { body($0.baseAddress, lengths, formats) }
  }
}

/// The single row of a result in single-row mode.
final class PostgresCursor: Cursor {
  private let result: OpaquePointer
  let columns: Columns

  init(_ result: OpaquePointer, columns: Columns) {
    self.result = result
    self.columns = columns
  }

  static func columns(of result: OpaquePointer) -> Columns {
    Columns((0..<PQnfields(result)).map { PQfname(result, $0).map { String(cString: $0) } ?? "" })
  }

  func integer(at index: Int) -> Int64 {
    guard case .integer(let number) = value(at: index) else { return 0 }
    return number
  }

  /// Whole numbers of any width (also `numeric` without a fraction) are integers; the rest by type.
  func value(at index: Int) -> Value {
    let index = CInt(index)
    guard index < PQnfields(result), PQgetisnull(result, 0, index) == 0, let start = PQgetvalue(result, 0, index)
    else { return .null }
    let text = String(cString: start)
    switch PQftype(result, index) {
    case 20, 21, 23: return Int64(text).map(Value.integer) ?? .text(text)
    case 1700: return Int64(text).map(Value.integer) ?? Double(text).map(Value.real) ?? .text(text)
    case 700, 701: return Double(text).map(Value.real) ?? .text(text)
    case 16: return .integer(text == "t" ? 1 : 0)
    case 17: return .blob(Self.bytes(hex: text))
    default: return .text(text)
    }
  }

  /// `\x0a1b…`
  private static func bytes(hex text: String) -> [UInt8] {
    let digits = text.utf8.dropFirst(2).map { $0 < 58 ? $0 - 48 : $0 - 87 }
    return stride(from: 0, to: digits.count - digits.count % 2, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
