import Foundation

/// Text as search and sorting see it: one form for every way of writing the same letter.
enum Folding {
  /// What a text is made of.
  enum Piece: Equatable {
    /// A Chinese character.
    case han(Unicode.Scalar)
    /// A letter or digit of any other script: lower case, half width, without marks.
    case letter(Unicode.Scalar)
    /// Punctuation, which is passed over: `O'Brien` is `obrien`.
    case mark
    case blank
  }

  /// The pieces of a text, at most `limit` characters of it.
  static func pieces(_ text: some StringProtocol, limit: Int = 4096) -> [Piece] {
    var pieces: [Piece] = []
    for scalar in text.unicodeScalars.prefix(limit) {
      if scalar.isASCII {
        pieces.append(ascii(scalar))
      } else if isHan(scalar) {
        pieces.append(.han(scalar))
      } else {
        // Full width, ligatures and accents come apart into plain letters and marks.
        for plain in String(scalar).decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
          pieces += other(plain)
        }
      }
    }
    return pieces
  }

  private static func ascii(_ scalar: Unicode.Scalar) -> Piece {
    switch scalar {
    case "a"..."z", "0"..."9": .letter(scalar)
    case "A"..."Z": .letter(Unicode.Scalar(UInt8(scalar.value) | 0x20))
    case " ", "\t", "\n", "\r": .blank
    default: .mark
    }
  }

  private static func other(_ scalar: Unicode.Scalar) -> [Piece] {
    if scalar.isASCII { return [ascii(scalar)] }
    if isHan(scalar) { return [.han(scalar)] }
    if let plain = withoutParts[scalar] { return plain.unicodeScalars.map { .letter($0) } }
    return switch scalar.properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark,
      .decimalNumber, .letterNumber, .otherNumber:
      [.letter(scalar)]
    case .nonspacingMark, .enclosingMark, .format: []
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control: [.blank]
    default: [.mark]
    }
  }

  /// Letters whose stroke is no mark of its own.
  private static let withoutParts: [Unicode.Scalar: String] = [
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
    "ŧ": "t",
  ]

  static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3007: true
    case 0x20000...0x323AF: true
    default: false
    }
  }
}
