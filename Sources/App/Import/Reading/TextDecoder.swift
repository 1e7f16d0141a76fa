import Glibc

/// Turns the bytes of a file, chunk by chunk, into UTF-8. A character cut by the end of a chunk waits for the
/// next.
struct TextDecoder: Sendable {
  let encoding: TextEncoding
  /// Bytes of the file that have become text.
  private(set) var offset: Int
  private var held: [UInt8] = []

  init(encoding: TextEncoding, startingAt offset: Int = 0) {
    self.encoding = encoding
    self.offset = offset
  }

  /// The good text, and whether the bytes right after it are not valid in the encoding.
  struct Outcome: Sendable {
    var text: [UInt8]
    var isFaulty = false
  }

  mutating func decode(_ chunk: [UInt8], isLast: Bool) throws(ReadingProblem) -> Outcome {
    let bytes = held.isEmpty ? chunk : held + chunk
    let step: Step
    switch encoding {
    case .utf8: step = Self.utf8(bytes)
    case .windows1252: step = Self.windows1252(bytes)
    case .utf16LE: step = try iconv(bytes, from: "UTF-16LE")
    case .utf16BE: step = try iconv(bytes, from: "UTF-16BE")
    case .gb18030: step = try iconv(bytes, from: "GB18030")
    case .big5: step = try iconv(bytes, from: "CP950")
    }
    offset += step.used
    held = Array(bytes.dropFirst(step.used))
    return Outcome(text: step.text, isFaulty: step.isFaulty || (isLast && !held.isEmpty))
  }

  private struct Step {
    var text: [UInt8]
    var used: Int
    var isFaulty: Bool
  }

  private static func utf8(_ bytes: [UInt8]) -> Step {
    guard let fault = UTF8Check.firstFault(in: bytes) else {
      return Step(text: bytes, used: bytes.count, isFaulty: false)
    }
    return Step(text: Array(bytes.prefix(fault.offset)), used: fault.offset, isFaulty: !fault.isCut)
  }

  /// The five codes Windows leaves empty become the control characters of Latin-1, as browsers do it.
  private static func windows1252(_ bytes: [UInt8]) -> Step {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      switch byte {
      case 0x00..<0x80: text.append(byte)
      case 0x80..<0xA0: text += Array(String(windows1252Specials[Int(byte) - 0x80]).utf8)
      default: text += [0xC0 | byte >> 6, 0x80 | byte & 0x3F]
      }
    }
    return Step(text: text, used: bytes.count, isFaulty: false)
  }

  private static let windows1252Specials: [Unicode.Scalar] = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

  /// All encodings asked for keep no state between characters, so each chunk may start a conversion of its
  /// own.
  private func iconv(_ bytes: [UInt8], from name: String) throws(ReadingProblem) -> Step {
    guard let converter = iconv_open("UTF-8", name), Int(bitPattern: converter) != -1 else {
      throw .encodingUnavailable(encoding)
    }
    defer { iconv_close(converter) }
    var used = 0
    var isFaulty = false
    // Two bytes give three at most, four give four; a rare pair of combining marks is why there is room to
    // spare.
    let text = [UInt8](unsafeUninitializedCapacity: bytes.count * 3 + 16) { output, filled in
      (used, filled, isFaulty) = Self.convert(bytes, into: output, with: converter)
    }
    return Step(text: text, used: used, isFaulty: isFaulty)
  }

  private static func convert(
    _ bytes: [UInt8], into output: UnsafeMutableBufferPointer<UInt8>, with converter: iconv_t
  ) -> (used: Int, filled: Int, isFaulty: Bool) {
    var source = bytes
    return source.withUnsafeMutableBytes { input in
      var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
      var to = UnsafeMutableRawBufferPointer(output).baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = input.count
      var room = output.count
      let result = Glibc.iconv(converter, &from, &left, &to, &room)
      let isFaulty = result == -1 && errno == EILSEQ
      return (input.count - left, output.count - room, isFaulty)
    }
  }
}

/// Where bytes stop being UTF-8.
struct UTF8Check: Sendable {
  let offset: Int
  /// The bytes may be the start of a character whose rest is still to come.
  let isCut: Bool

  static func firstFault(in bytes: [UInt8]) -> UTF8Check? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      let range = error.byteOffsets
      let isCut = error.kind == .truncatedScalar && range.upperBound >= bytes.count
      return UTF8Check(offset: range.lowerBound, isCut: isCut)
    }
  }
}
