/// Long numbers that a spreadsheet took for amounts: it keeps fifteen digits and shows the rest as a power of ten, so
/// that several customers or orders seem to have one number.
enum LostDigits {
  /// `4.40301E+17`, `1,38E+10`, `4.40301199001011E17`, and eighteen digits or more of which all after the fifteenth are
  /// zeros.
  static func areIn(_ text: String) -> Bool {
    guard text.utf8.first?.isDigit == true, (5...40).contains(text.utf8.count) else { return false }
    return text.utf8.allSatisfy(\.isDigit) ? areZeros(text) : isPowerOfTen(Array(text.utf8))
  }

  private static func areZeros(_ digits: String) -> Bool {
    digits.utf8.count >= 18 && digits.utf8.first != 0x30 && digits.utf8.dropFirst(15).allSatisfy { $0 == 0x30 }
  }

  /// With a plus before the power, as spreadsheets write it; without one, as some programs do, only a number that is
  /// no code such as `1E5`.
  private static func isPowerOfTen(_ text: [UInt8]) -> Bool {
    guard let place = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }), place > 0, text[0] != 0x30
    else { return false }
    let fraction = text[1..<place]
    guard fraction.isEmpty || fraction.first == 0x2E || fraction.first == 0x2C,
      fraction.dropFirst().allSatisfy(\.isDigit)
    else { return false }
    var power = text[(place + 1)...]
    let isSigned = power.popFirst(UInt8(ascii: "+"))
    guard (1...3).contains(power.count), power.allSatisfy(\.isDigit) else { return false }
    return isSigned ? power.count >= 2 : fraction.count > 1 && power.decimal >= 7
  }
}

extension ArraySlice<UInt8> {
  fileprivate mutating func popFirst(_ byte: UInt8) -> Bool {
    guard first == byte else { return false }
    removeFirst()
    return true
  }
}

/// What a customer or an order is called where it comes from.
enum OutsideID {
  /// Without blanks around it and marks nobody sees, and without the decimals that programs write behind a number:
  /// `17850.0` is `17850`.
  static func normal(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2E }) { return text }
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
    let seen = isPlain ? text : String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.isInvisible }))
    return withoutZeros(seen.trimmed)
  }

  private static func withoutZeros(_ text: String) -> String {
    guard let point = text.utf8.firstIndex(of: 0x2E) else { return text }
    let (whole, decimals) = (text.utf8[..<point], text.utf8[point...].dropFirst())
    guard !whole.isEmpty, whole.allSatisfy(\.isDigit), whole.count == 1 || whole.first != 0x30, !decimals.isEmpty,
      decimals.allSatisfy({ $0 == 0x30 })
    else { return text }
    return String(text[..<point])
  }
}

extension Unicode.Scalar {
  /// Direction marks, joiners, soft hyphens and the like: they come along when something is copied.
  fileprivate var isInvisible: Bool { properties.generalCategory == .format }
}
