/// A phone number kept as typed and in one normal form for matching.
struct PhoneNumber: Hashable, Codable, Sendable {
  let typed: String
  /// Digits of the full international number with a leading `+`. A local number without its area code, and a
  /// short service number such as 95588, cannot be made full and stays bare digits.
  let normal: String
  let `extension`: String?

  var isChineseMobile: Bool {
    normal.utf8.count == 14 && normal.hasPrefix("+861")
  }

  /// All numbers of a cell: `13812345678 / 010-88887777；02155556666转8`.
  static func parseAll(_ text: String, country: String = "86") throws(ValueProblem) -> [PhoneNumber] {
    var numbers: [PhoneNumber] = []
    for part in text.split(whereSeparator: { "/;、，,；／|\n\r\r\n".contains($0) }).prefix(20) {
      let typed = String(part).trimmed
      if !typed.isEmpty { numbers.append(try parse(typed, country: country)) }
    }
    if numbers.isEmpty { throw ValueProblem(text.trimmed.isEmpty ? .blank : .notAPhone(text)) }
    return numbers
  }

  /// `+86 138-1234-5678`, `0086…`, `（010）8888 7777转123`; `country` is assumed where none is written.
  static func parse(_ text: String, country: String = "86") throws(ValueProblem) -> PhoneNumber {
    let typed = text.trimmed
    if typed.isEmpty { throw ValueProblem(.blank) }
    // Excel marks texts of digits by an apostrophe.
    var number = String(typed.halfWidth.lowercased().drop { $0 == "'" })
    if let colon = number.firstIndex(of: ":") { number = String(number[number.index(after: colon)...]) }
    let inner =
      number.utf8.allSatisfy(\.isPhoneSign) ? takeLastPart(of: &number) : takeExtension(from: &number)
    guard number.utf8.count <= 40, number.utf8.allSatisfy(\.isPhoneSign) else {
      throw ValueProblem(.notAPhone(text))
    }
    // Spreadsheets turn long numbers into decimals.
    if number.hasSuffix(".0") { number.removeLast(2) }
    guard let normal = normalise(number, country: country), inner?.isEmpty != true else {
      throw ValueProblem(.notAPhone(text))
    }
    return PhoneNumber(typed: typed, normal: normal, extension: inner)
  }

  private static func takeExtension(from number: inout String) -> String? {
    for mark in ["转分机", "轉分機", "分机号", "分机", "分機", "转", "轉", "extension", "ext.", "ext", "#", "x"] {
      guard let range = number.firstRange(of: mark) else { continue }
      let digits = number[range.upperBound...].filter { $0 != " " && $0 != "." && $0 != ")" && $0 != ":" }
      number = String(number[..<range.lowerBound])
      return digits.count <= 8 && digits.allSatisfy(\.isASCIIDigit) ? digits : ""
    }
    return takeLastPart(of: &number)
  }

  /// `010-88887777-123`: behind seven or eight digits in one piece nothing but an extension can follow.
  private static func takeLastPart(of number: inout String) -> String? {
    let parts = number.split(separator: "-")
    guard parts.count >= 2, let last = parts.last, (1...6).contains(last.count),
      last.allSatisfy(\.isASCIIDigit),
      let main = parts.dropLast().last, (7...8).contains(main.count), main.allSatisfy(\.isASCIIDigit)
    else { return nil }
    number = parts.dropLast().joined(separator: "-")
    return String(last)
  }

  private static func normalise(_ number: String, country: String) -> String? {
    let written = number.filter { $0 != " " }
    if written.dropFirst().contains("+") { return nil }
    if written.hasPrefix("+") || written.hasPrefix("00") {
      // The zero dialled inside the country is no part of the full number.
      let digits = written.replacing("(0)", with: "").filter(\.isASCIIDigit)
      return international(written.hasPrefix("00") ? String(digits.dropFirst(2)) : digits)
    }
    let digits = written.filter(\.isASCIIDigit)
    guard (3...15).contains(digits.count) else { return nil }
    return country == "86" ? chinese(digits) : national(digits, country: country)
  }

  private static func international(_ digits: String) -> String? {
    guard (7...15).contains(digits.count), digits.first != "0" else { return nil }
    return digits.hasPrefix("860") ? "+86" + digits.dropFirst(3) : "+" + digits
  }

  private static func chinese(_ digits: String) -> String? {
    switch digits.count {
    case 11 where digits.first == "1": "+86" + digits
    case 10...12 where digits.first == "0": "+86" + digits.dropFirst()
    case 12...13 where digits.hasPrefix("86"): international(digits)
    case 11 where digits.hasPrefix("852") || digits.hasPrefix("853"): international(digits)
    case 12 where digits.hasPrefix("886"): international(digits)
    case 10 where digits.hasPrefix("400") || digits.hasPrefix("800"): "+86" + digits
    case 3...8 where digits.first != "0": digits
    default: nil
    }
  }

  private static func national(_ digits: String, country: String) -> String? {
    let bare = digits.hasPrefix("0") ? digits.dropFirst() : digits[...]
    if bare.count < 7 { return digits.count <= 6 ? digits : nil }
    if country == "1", bare.count == 11, bare.first == "1" { return "+" + bare }
    return bare.count + country.count <= 15 ? "+" + country + bare : nil
  }
}

extension UInt8 {
  fileprivate var isPhoneSign: Bool {
    switch self {
    case 0x20, 0x28, 0x29, 0x2B, 0x2D, 0x2E: true
    default: isDigit
    }
  }
}
