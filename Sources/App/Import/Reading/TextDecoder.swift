/// Turns the bytes of a file, chunk by chunk, into UTF-8. A character cut by the end of a chunk waits for the next; each
/// longest part that is no character becomes U+FFFD, as browsers do it.
struct TextDecoder: Sendable {
  /// U+FFFD in UTF-8.
  static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  let encoding: TextEncoding
  /// How many parts were no characters.
  private(set) var faults = 0
  private var held: [UInt8] = []

  init(encoding: TextEncoding) {
    self.encoding = encoding
  }

  mutating func decode(_ chunk: [UInt8], isLast: Bool) throws(ReadingProblem) -> [UInt8] {
    let bytes = held.isEmpty ? chunk : held + chunk
    held = []
    switch encoding {
    case .utf8: return utf8(bytes, isLast)
    case .windows1251: return Self.singles(bytes, SingleByteTable.windows1251)
    case .windows1252: return Self.singles(bytes, SingleByteTable.windows1252)
    case .utf16LE, .utf16BE, .gb18030, .big5, .shiftJIS, .eucKR:
      guard let converter = TextConverter(encoding) else { throw .encodingUnavailable(encoding) }
      return converted(bytes, isLast, converter)
    }
  }

  private mutating func utf8(_ bytes: [UInt8], _ isLast: Bool) -> [UInt8] {
    guard var fault = UTF8Check.firstFault(in: bytes) else { return bytes }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + 64)
    var rest = bytes[...]
    while true {
      text += rest[rest.startIndex..<fault.range.lowerBound]
      rest = rest[fault.range.lowerBound...]
      if fault.isCut && !isLast {
        held = Array(rest)
        return text
      }
      text += Self.replacement
      faults += 1
      rest = rest.dropFirst(max(1, fault.range.count))
      guard let next = UTF8Check.firstFault(in: rest) else { return text + rest }
      fault = next
    }
  }

  private static func singles(_ bytes: [UInt8], _ table: [[UInt8]]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 2)
    for byte in bytes {
      if byte < 0x80 { text.append(byte) } else { text += table[Int(byte) - 0x80] }
    }
    return text
  }

  /// All encodings asked for keep no state between characters, so each chunk may start a conversion of its own.
  private mutating func converted(_ bytes: [UInt8], _ isLast: Bool, _ converter: borrowing TextConverter) -> [UInt8] {
    let (text, used, found) = converter.convert(bytes, isLast: isLast)
    faults += found
    held = Array(bytes.dropFirst(used))
    return text
  }
}

/// Where bytes stop being UTF-8.
struct UTF8Check: Sendable {
  /// The longest part that is no character.
  let range: Range<Int>
  /// The bytes may be the start of a character whose rest is still to come.
  let isCut: Bool

  static func firstFault(in bytes: [UInt8]) -> UTF8Check? { firstFault(in: bytes[...]) }

  static func firstFault(in bytes: ArraySlice<UInt8>) -> UTF8Check? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      let (from, to) = (
        bytes.startIndex + error.byteOffsets.lowerBound, bytes.startIndex + error.byteOffsets.upperBound
      )
      return UTF8Check(range: from..<to, isCut: error.kind == .truncatedScalar && to >= bytes.endIndex)
    }
  }
}
