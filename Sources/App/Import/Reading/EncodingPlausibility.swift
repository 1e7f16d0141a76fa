/// How much bytes look like text that people write in an encoding, 0 to 1: by the share of them that are characters at
/// all, common ones of it, and such as stand in lists of customers. A few bad bytes only take their own share away.
enum EncodingPlausibility {
  static func score(_ bytes: [UInt8], as encoding: TextEncoding) -> Double {
    switch encoding {
    case .utf8: utf8(bytes)
    case .gb18030, .big5, .shiftJIS, .eucKR:
      0.6 * pairs(bytes, encoding) + 0.4 * everyday(bytes, encoding)
    case .windows1251: cyrillic(bytes)
    case .windows1252: western(bytes)
    case .utf16LE, .utf16BE: 0
    }
  }

  /// Three bytes that fit together are no accident.
  private static func utf8(_ bytes: [UInt8]) -> Double {
    var (decoder, high) = (TextDecoder(encoding: .utf8), bytes.count { $0 >= 0x80 })
    guard high > 0, let text = try? decoder.decode(bytes, isLast: true) else { return 0 }
    let good = text.count { $0 >= 0x80 } - decoder.faults * TextDecoder.replacement.count
    high = max(high, good)
    return Double(good) / Double(high)
  }

  private static func pairs(_ bytes: [UInt8], _ encoding: TextEncoding) -> Double {
    var (common, all) = (0.0, 0)
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      let trail = index + 1 < bytes.count ? bytes[index + 1] : 0
      if lead < 0x80 {
        index += 1
        continue
      }
      all += 1
      if encoding == .shiftJIS, (0xA1...0xDF).contains(lead) {
        // Narrow kana, which banks print.
        common += 0.3
        index += 1
      } else if encoding == .gb18030, isFour(bytes[index...]) {
        // Rare characters only, which say nothing either way.
        all -= 1
        index += 4
      } else if encoding.isLead(lead), encoding.isTrail(trail) {
        if encoding.isCommon(lead, trail) { common += 1 }
        index += 2
      } else {
        all += 1
        index += 1
      }
    }
    return all == 0 ? 0 : common / Double(all)
  }

  private static func isFour(_ bytes: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(bytes.prefix(4))
    return bytes.count == 4 && bytes[1].isDigit && (0x81...0xFE).contains(bytes[2]) && bytes[3].isDigit
  }

  /// The share of characters that stand in many names, addresses and headers.
  private static func everyday(_ bytes: [UInt8], _ encoding: TextEncoding) -> Double {
    var decoder = TextDecoder(encoding: encoding)
    guard let text = try? decoder.decode(bytes, isLast: true) else { return 0 }
    let characters = String(decoding: text, as: UTF8.self).unicodeScalars.lazy.filter { !$0.isASCII }
    let known = EverydayCharacters.of(encoding)
    var (count, all) = (0, 0)
    for character in characters {
      all += 1
      if known.contains(character) { count += 1 }
    }
    return all == 0 ? 0 : Double(count) / Double(all)
  }

  /// Accented letters stand alone among ASCII letters; Chinese bytes come in pairs.
  private static func western(_ bytes: [UInt8]) -> Double {
    average(bytes) { before, byte, after in
      guard before < 0x80 && after < 0x80 else { return 0 }
      return byte >= 0xC0 || byte == 0x80 || (0x91...0x97).contains(byte) || byte >= 0xA0 ? 1 : 0.5
    }
  }

  /// Cyrillic letters make words of their own, capital only at the front.
  private static func cyrillic(_ bytes: [UInt8]) -> Double {
    average(bytes) { before, byte, _ in
      let isWithin = before.isCyrillic
      if before.isLetter { return 0 }
      if byte.isCyrillic { return byte.isCyrillicCapital ? (isWithin ? (before.isCyrillicCapital ? 0.5 : 0) : 1) : 1 }
      return [0xB9, 0xAB, 0xBB, 0xA0].contains(byte) || (0x91...0x97).contains(byte) ? 0.5 : 0
    }
  }

  private static func average(_ bytes: [UInt8], _ weight: (UInt8, UInt8, UInt8) -> Double) -> Double {
    var (sum, all) = (0.0, 0)
    for (index, byte) in bytes.enumerated() where byte >= 0x80 {
      all += 1
      sum += weight(index > 0 ? bytes[index - 1] : 0, byte, index + 1 < bytes.count ? bytes[index + 1] : 0)
    }
    return all == 0 ? 0 : sum / Double(all)
  }
}

extension TextEncoding {
  fileprivate func isTrail(_ byte: UInt8) -> Bool {
    switch self {
    case .big5: (0x40...0x7E).contains(byte) || (0xA1...0xFE).contains(byte)
    case .shiftJIS: (0x40...0x7E).contains(byte) || (0x80...0xFC).contains(byte)
    case .eucKR: (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x81...0xFE).contains(byte)
    default: (0x40...0x7E).contains(byte) || (0x80...0xFE).contains(byte)
    }
  }

  /// Punctuation and everyday characters; the rest of each table is rare.
  fileprivate func isCommon(_ lead: UInt8, _ trail: UInt8) -> Bool {
    switch self {
    // Rows 16-55 of GB 2312 are the 3,755 characters of every day.
    case .gb18030: trail >= 0xA1 && ((0xB0...0xD7).contains(lead) || (0xA1...0xA3).contains(lead))
    // A4-C6 are the 5,401 of every day.
    case .big5: (0xA1...0xC6).contains(lead)
    // Kana, and the kanji of the first level.
    case .shiftJIS: (0x81...0x83).contains(lead) || (0x88...0x97).contains(lead)
    case .eucKR: trail >= 0xA1 && ((0xB0...0xC8).contains(lead) || lead == 0xA1 || lead == 0xA3)
    default: false
    }
  }
}

extension UInt8 {
  /// In Windows-1251.
  fileprivate var isCyrillic: Bool { self >= 0xC0 || Self.furtherCyrillic.contains(self) }
  fileprivate var isCyrillicCapital: Bool { (0xC0...0xDF).contains(self) || Self.furtherCapitals.contains(self) }

  private static let furtherCapitals: [UInt8] = [0xA5, 0xA8, 0xAA, 0xAF, 0xB2]
  private static let furtherCyrillic = furtherCapitals + [0xB3, 0xB4, 0xB8, 0xBA, 0xBF]
}
