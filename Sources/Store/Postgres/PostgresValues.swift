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

  init(_ values: [Value]) {
    for value in values {
      switch value {
      case .null: add(nil, type: 0)
      case .integer(let number): add(Array("\(number)".utf8), type: 20)
      case .real(let number): add(Array("\(number)".utf8), type: 701)
      case .text(let text): add(Array(text.utf8), type: 25)
      case .blob(let bytes): add(bytes, type: 17)
      }
    }
  }

  private mutating func add(_ bytes: [UInt8]?, type: Oid) {
    let isBinary = type == 17
    lengths.append(CInt(clamping: bytes?.count ?? 0))
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
      buffer.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(bytes)[start...]).copyMemory(from: $0)
      }
      pointers.append(UnsafePointer(base + start))
      start += buffer.count
    }
    return pointers.withUnsafeBufferPointer { body($0.baseAddress, lengths, formats) }
  }
}
