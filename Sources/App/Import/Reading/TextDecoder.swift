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
    let cut = isLast ? 0 : UTF8Check.cutLength(bytes)
    held = Array(bytes.suffix(cut))
    let whole = cut == 0 ? bytes : Array(bytes.dropLast(cut))
    if UTF8Check.isValid(whole) { return whole }
    let text = Array(String(decoding: whole, as: UTF8.self).utf8)
    faults += Self.replacements(text) - Self.replacements(whole)
    return text
  }

  private static func replacements(_ text: [UInt8]) -> Int {
    text.indices.dropLast(2).count { text[$0] == 0xEF && text[$0 + 1] == 0xBF && text[$0 + 2] == 0xBD }
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

/// Whether bytes are UTF-8.
enum UTF8Check {
  static func isValid(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

  /// How many bytes at the end may be the start of a character whose rest is still to come.
  static func cutLength(_ bytes: [UInt8]) -> Int {
    for back in 1...3 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > back ? back : 0
    }
    return 0
  }
}
