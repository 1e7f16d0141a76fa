extension PhoneNumber {
  /// Countries inside which a zero is dialled before the number that is no part of it.
  private static let countriesWithZero = [
    "86", "886", "81", "82", "84", "60", "62", "63", "66", "90", "91", "44", "49", "33", "31", "32", "41", "43", "46",
    "27", "61", "64",
  ]

  /// How the number is dialled inside its country, where that is not its end: `057188886666`.
  var dialledInside: String? {
    guard normal.hasPrefix("+"), !isChineseMobile else { return nil }
    return Self.countriesWithZero.first { normal.dropFirst().hasPrefix($0) }.map {
      "0" + normal.dropFirst(1 + $0.utf8.count)
    }
  }

  static func normalise(_ number: String, country: String) -> String? {
    let written = number.filter { $0 != " " }
    if written.dropFirst().contains("+") { return nil }
    if written.hasPrefix("+") || written.hasPrefix("00") {
      // The zero dialled inside the country is no part of the full number.
      let digits = written.replacing("(0)", with: "").filter(\.isASCIIDigit)
      return international(written.hasPrefix("00") ? String(digits.dropFirst(2)) : digits)
    }
    let digits = written.filter(\.isASCIIDigit)
    guard (3...15).contains(digits.count) else { return nil }
    guard country == "86" else { return national(digits, country: country) }
    // Written as Americans do, which nobody writes a Chinese mobile.
    if digits.first == "1", number.split(whereSeparator: { !$0.isASCIIDigit }).map(\.count) == [1, 3, 3, 4] {
      return international(digits)
    }
    return chinese(digits) ?? foreign(digits)
  }

  private static func international(_ digits: String) -> String? {
    guard (7...15).contains(digits.count), digits.first != "0" else { return nil }
    if digits.first == "1", digits.count != 11 { return nil }
    guard let country = countriesWithZero.first(where: { digits.hasPrefix($0 + "0") }) else { return "+" + digits }
    return "+" + country + digits.dropFirst(country.utf8.count + 1)
  }

  private static func chinese(_ digits: String) -> String? {
    switch digits.count {
    case 11 where digits.first == "1": "+86" + digits
    case 10...12 where digits.first == "0": "+86" + digits.dropFirst()
    case 12...13 where digits.hasPrefix("86"): international(digits)
    case 13...14 where digits.hasPrefix("860"): international(digits)
    case 11 where digits.hasPrefix("852") || digits.hasPrefix("853"): international(digits)
    case 12 where digits.hasPrefix("886"): international(digits)
    case 10 where digits.hasPrefix("400") || digits.hasPrefix("800"): "+86" + digits
    case 3...8 where digits.first != "0": digits
    default: nil
    }
  }

  /// What no Chinese number looks like is of another country, which nothing tells; with a 1 before it, it is more
  /// likely a mobile with a digit too few or too many.
  private static func foreign(_ digits: String) -> String? {
    (9...13).contains(digits.count) && digits.first != "1" ? digits : nil
  }

  private static func national(_ digits: String, country: String) -> String? {
    let bare = digits.hasPrefix("0") ? digits.dropFirst() : digits[...]
    if bare.count < 7 { return digits.count <= 6 ? digits : nil }
    if country == "1", bare.count == 11, bare.first == "1" { return "+" + bare }
    return bare.count + country.count <= 15 ? "+" + country + bare : nil
  }
}
