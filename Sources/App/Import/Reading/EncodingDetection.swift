extension TextEncoding {
  /// What a file seems to be written in.
  struct Guess: Equatable, Sendable {
    var encoding: TextEncoding
    /// No other encoding explains the file nearly as well.
    var isSure = true
  }

  /// The most plausible encoding of a file, from its start and from the first places that are not plain
  /// ASCII, so that a long table of numbers with one Chinese name far down is still understood.
  static func detect(in source: ByteSource) throws(ReadingProblem) -> Guess {
    let chunk = 1 << 18
    let start = try source.read(at: 0, count: chunk)
    if isNoTable(start) { throw .notTable }
    if start.count < chunk { return detect(start, isWhole: true) }
    // Cutting at line ends keeps pieces of different places from making a false character.
    var sample = start[...(start.lastIndex(where: isLineEnd) ?? start.count - 1)]
    var offset = start.count
    while sample.count < 4 * chunk {
      let more = try source.read(at: offset, count: chunk)
      if more.isEmpty { break }
      offset += more.count
      if more.contains(where: { $0 >= 0x80 }) { sample += wholeLines(more) }
    }
    return detect(Array(sample), isWhole: false)
  }

  /// `isWhole` says that the bytes end where the file ends, so that a cut character at the end is a fault.
  static func detect(_ bytes: [UInt8], isWhole: Bool) -> Guess {
    if let announced = announced(by: bytes) { return Guess(encoding: announced) }
    if let wide = utf16WithoutMark(bytes) { return Guess(encoding: wide) }
    if isUTF8(bytes, isWhole: isWhole) { return Guess(encoding: .utf8) }
    let lines = telling(bytes)
    let candidates: [TextEncoding] = [.utf8, .gb18030, .big5, .shiftJIS, .eucKR, .windows1252, .windows1251]
    let scored = candidates.map { (encoding: $0, score: EncodingPlausibility.score(lines, as: $0)) }
    let best = scored.reduce((encoding: .windows1252, score: 0)) { $1.score > $0.score ? $1 : $0 }
    let second = scored.filter { $0.encoding != best.encoding }.map(\.score).max() ?? 0
    // Of few characters more is asked.
    let margin = 0.1 + 1 / Double(max(1, lines.count { $0 >= 0x80 }))
    return Guess(encoding: best.encoding, isSure: best.score >= 0.5 && best.score - second >= margin)
  }

  /// The lines that are not plain ASCII, as far as they are needed.
  private static func telling(_ bytes: [UInt8]) -> [UInt8] {
    var lines: [UInt8] = []
    for line in bytes.split(whereSeparator: isLineEnd) where line.contains(where: { $0 >= 0x80 }) {
      lines += line
      lines.append(0x0A)
      if lines.count > 1 << 16 { break }
    }
    return Array(lines.prefix(1 << 17))
  }

  /// By the marks of what people bring by mistake, or because of signs that no text holds.
  private static func isNoTable(_ bytes: [UInt8]) -> Bool {
    let marks: [[UInt8]] = [
      [0x1F, 0x8B], Array("%PDF".utf8), [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("BEGIN:VCARD".utf8),
    ]
    if marks.contains(where: bytes.starts) { return true }
    if announced(by: bytes) != nil || utf16WithoutMark(bytes) != nil { return false }
    let signs = bytes.count { $0 < 0x20 && !(0x09...0x0D).contains($0) && $0 != 0x1A && $0 != 0 }
    return signs > 8 && signs * 50 > bytes.count
  }

  private static func wholeLines(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    guard let first = bytes.firstIndex(where: isLineEnd), let last = bytes.lastIndex(where: isLineEnd) else {
      return []
    }
    return bytes[first...last]
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == 0x0A || byte == 0x0D
  }

  private static func isUTF8(_ bytes: [UInt8], isWhole: Bool) -> Bool {
    UTF8Check.isValid(isWhole ? bytes : Array(bytes.dropLast(UTF8Check.cutLength(bytes))))
  }

  /// Western letters, digits and line ends leave every other byte zero.
  private static func utf16WithoutMark(_ bytes: [UInt8]) -> TextEncoding? {
    let start = bytes.prefix(4096)
    guard start.count >= 8 else { return nil }
    var zeros = [0, 0]
    for (index, byte) in start.enumerated() where byte == 0 { zeros[index & 1] += 1 }
    let half = start.count / 2
    if zeros[1] * 4 > half && zeros[0] * 20 < half { return .utf16LE }
    if zeros[0] * 4 > half && zeros[1] * 20 < half { return .utf16BE }
    return nil
  }
}
