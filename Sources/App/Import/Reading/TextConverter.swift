import Glibc

/// The C library's conversion of an encoding to UTF-8.
struct TextConverter: ~Copyable {
  private let handle: iconv_t
  private let encoding: TextEncoding

  /// Nil where the machine cannot convert it.
  init?(_ encoding: TextEncoding) {
    guard let name = encoding.converterName, let handle = iconv_open("UTF-8", name), Int(bitPattern: handle) != -1
    else { return nil }
    (self.handle, self.encoding) = (handle, encoding)
  }

  deinit { iconv_close(handle) }

  /// What is no character becomes U+FFFD.
  /// - Returns: the text, the bytes it is made of, and how many faults there were. What is left may be the start of a
  ///   character, unless the bytes are the last.
  func convert(_ bytes: [UInt8], isLast: Bool) -> (text: [UInt8], used: Int, faults: Int) {
    var (used, faults) = (0, 0)
    // One byte gives three at most, as a fault does, two give three, four give four; a rare pair of combining marks is
    // why there is room to spare.
    let text = [UInt8](unsafeUninitializedCapacity: bytes.count * 3 + 64) { output, filled in
      while used < bytes.count {
        let isFaulty = convert(bytes, &used, into: output, &filled)
        if used >= bytes.count || !(isFaulty || isLast) || output.count - filled < 16 { break }
        for byte in TextDecoder.replacement {
          output.initializeElement(at: filled, to: byte)
          filled += 1
        }
        faults += 1
        used = min(bytes.count, used + faultLength(bytes[used...]))
      }
    }
    return (text, used, faults)
  }

  /// Up to the next fault; false where it ends for another reason.
  private func convert(
    _ bytes: [UInt8], _ used: inout Int, into output: UnsafeMutableBufferPointer<UInt8>, _ filled: inout Int
  ) -> Bool {
    bytes.withUnsafeBytes { input in
      // Iconv takes a pointer to bytes it could change, and does not.
      var from = UnsafeMutableRawPointer(mutating: input.baseAddress)?.advanced(by: used)
        .assumingMemoryBound(to: CChar.self)
      var to = UnsafeMutableRawBufferPointer(output).baseAddress?.advanced(by: filled)
        .assumingMemoryBound(to: CChar.self)
      var (left, room) = (input.count - used, output.count - filled)
      let result = iconv(handle, &from, &left, &to, &room)
      let isFaulty = result == -1 && errno == EILSEQ
      (used, filled) = (input.count - left, output.count - room)
      return isFaulty
    }
  }

  /// How many bytes at the start are no character together. A byte of ASCII behind a first half stands for itself.
  private func faultLength(_ bytes: ArraySlice<UInt8>) -> Int {
    if encoding == .utf16LE || encoding == .utf16BE { return 2 }
    guard let first = bytes.first, encoding.isLead(first), let second = bytes.dropFirst().first else { return 1 }
    return second >= 0x80 ? 2 : 1
  }
}

extension TextEncoding {
  fileprivate var converterName: String? {
    switch self {
    case .utf16LE: "UTF-16LE"
    case .utf16BE: "UTF-16BE"
    case .gb18030: "GB18030"
    case .big5: "CP950"
    case .shiftJIS: "CP932"
    case .eucKR: "CP949"
    case .utf8, .windows1251, .windows1252: nil
    }
  }

  /// Whether a byte begins a character of two bytes.
  func isLead(_ byte: UInt8) -> Bool {
    self == .shiftJIS ? (0x81...0x9F).contains(byte) || (0xE0...0xFC).contains(byte) : (0x81...0xFE).contains(byte)
  }
}

/// The upper half of the encodings that have a byte for each character, each in UTF-8.
enum SingleByteTable {
  /// The five codes Windows leaves empty become the control characters of Latin-1, as browsers do it.
  static let windows1252 = table(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ", from: 0xA0)

  static let windows1251 = table(
    "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{98}™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї", from: 0x410)

  /// The characters from 0x80 on, and the one after which they go on as Unicode has them.
  private static func table(_ special: String, from first: UInt32) -> [[UInt8]] {
    let scalars = Array(special.unicodeScalars)
    let others = (0..<UInt32(128 - scalars.count)).compactMap { Unicode.Scalar(first + $0) }
    return (scalars + others).map { Array(String(Character($0)).utf8) }
  }
}
