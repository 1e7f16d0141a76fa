import Web

extension String {
  /// Without blanks, line ends and invisible marks around it, of whatever script.
  var trimmed: String {
    guard let first = utf8.first, let last = utf8.last else { return self }
    if first > 0x20 && first < 0x80 && last > 0x20 && last < 0x80 { return self }
    let scalars = unicodeScalars
    guard let from = scalars.firstIndex(where: { !$0.isBlank }),
      let to = scalars.lastIndex(where: { !$0.isBlank })
    else { return "" }
    return from == scalars.startIndex && scalars.index(after: to) == scalars.endIndex
      ? self : String(scalars[from...to])
  }

  /// Trimmed, full-width letters, digits and signs as their ASCII twins, every kind of blank and minus as
  /// one, without invisible marks.
  var halfWidth: String {
    if utf8.allSatisfy({ $0 < 0x80 && $0 > 0x1F }) { return trimmed }
    var folded = String.UnicodeScalarView()
    for scalar in unicodeScalars where !scalar.isInvisibleMark { folded.append(scalar.halfWidth) }
    return String(folded).trimmed
  }

  /// What names something to programs, such as an id: trimmed, every kind of blank as one, without invisible marks. In
  /// names and texts these may have a meaning, between the parts of an emoji or in Persian.
  var unmarked: String {
    if utf8.allSatisfy({ $0 < 0x80 && $0 > 0x1F }) { return trimmed }
    var plain = String.UnicodeScalarView()
    for scalar in unicodeScalars where !scalar.isInvisibleMark { plain.append(scalar.isBlank ? " " : scalar) }
    return String(plain).trimmed
  }
}

extension String {
  /// An e-mail address, in which blanks of other kinds than one's own were never meant.
  var address: String {
    utf8.allSatisfy { $0 < 0x80 && $0 > 0x1F }
      ? trimmed : String(String.UnicodeScalarView(unicodeScalars.filter { $0 == " " || !$0.isBlank })).halfWidth
  }
}

extension Unicode.Scalar {
  var isBlank: Bool { properties.isWhitespace || isInvisibleMark }

  /// Its ASCII twin, where it has one.
  var halfWidth: Unicode.Scalar {
    switch value {
    case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0) ?? self
    case 0xFFE1: "£"
    case 0xFFE5: "¥"
    case 0xFFE6: "₩"
    case 0x2010...0x2015, 0x2212: "-"
    case 0x2018, 0x2019: "'"
    case 0x3010: "["
    case 0x3011: "]"
    default: isBlank ? " " : self
    }
  }
}
