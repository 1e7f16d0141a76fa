/// A phone number kept as typed and in one normal form for matching.
struct PhoneNumber: Hashable, Codable, Sendable {
  let typed: String
  /// Digits of the full international number with a leading `+`. A local number without its area code, a short
  /// service number such as 95588 and a foreign one without its country cannot be made full and stay bare digits.
  let normal: String
  let `extension`: String?
  /// What was written beside it: 微信同号, 张总.
  var note: String?

  /// What two numbers have in common only when they are the same: extensions of one switchboard are different people.
  var key: String { self.extension.map { "\(normal)x\($0)" } ?? normal }

  /// As it is typed once more in a form, and read as what it is.
  var written: String { note.map { "\(typed)（\($0)）" } ?? typed }

  var shown: String { note.map { "\(typed) · \($0)" } ?? typed }

  var isChineseMobile: Bool {
    normal.utf8.count == 14 && normal.hasPrefix("+861")
  }

  /// Too long for a local number, and of no country that can be told.
  var lacksCountry: Bool { Self.isOfNoCountry(normal) }

  /// All numbers of a cell, see ``PhoneCell``.
  static func parseAll(_ text: String) throws(ValueProblem) -> [PhoneNumber] {
    let cell = PhoneCell(text)
    if cell.phones.isEmpty { throw ValueProblem(cell.rest.isEmpty ? .blank : .notAPhone(text)) }
    return cell.phones
  }

  /// `+86 138-1234-5678`, `0086…`, `（010）8888 7777转123`; `country` is assumed where none is written.
  static func parse(_ text: String, country: String = "86") throws(ValueProblem) -> PhoneNumber {
    let typed = text.unmarked
    if typed.isEmpty { throw ValueProblem(.blank) }
    // Excel marks texts of digits by an apostrophe.
    var number = String(typed.halfWidth.lowercased().drop { $0 == "'" })
    if let colon = number.firstIndex(of: ":") { number = String(number[number.index(after: colon)...]) }
    var inner = number.utf8.allSatisfy(\.isPhoneSign) ? takeLastPart(of: &number) : takeExtension(from: &number)
    guard number.utf8.count <= 40, number.utf8.allSatisfy(\.isPhoneSign) else {
      throw ValueProblem(.notAPhone(text))
    }
    // Spreadsheets turn long numbers into decimals.
    if number.hasSuffix(".0") { number.removeLast(2) }
    if inner == nil { inner = takeShortEnd(of: &number, country) }
    guard let normal = normalise(number, country: country), inner?.isEmpty != true else {
      throw ValueProblem(.notAPhone(text))
    }
    return PhoneNumber(typed: typed, normal: normal, extension: inner)
  }

  /// Signs that an extension stands behind, those first that begin like others.
  static let extensionMarks = [
    "转分机号", "转分机", "轉分機", "分机号", "分机", "分機", "转", "轉", "内线", "extension", "extn", "ext.", "ext", "#", "x",
  ]

  private static func takeExtension(from number: inout String) -> String? {
    for mark in extensionMarks {
      guard let range = number.firstRange(of: mark) else { continue }
      let digits = number[range.upperBound...].filter { $0 != " " && $0 != "." && $0 != ")" && $0 != ":" }
      number = String(number[..<range.lowerBound])
      while let last = number.last, " (,".contains(last) { number.removeLast() }
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

  /// `(0571) 8888-6666-801`, `0571-88886666(801)`: a number without its end, and of no country with it.
  private static func takeShortEnd(of number: inout String, _ country: String) -> String? {
    guard let sign = number.lastIndex(where: { $0 == "-" || $0 == "(" }) else { return nil }
    let end = number[number.index(after: sign)...].filter { $0 != ")" && $0 != " " }
    let main = String(number[..<sign])
    guard (1...5).contains(end.count), end.allSatisfy(\.isASCIIDigit), main.utf8.count(where: \.isDigit) >= 7,
      normalise(number, country: country).map(isOfNoCountry) ?? true,
      normalise(main, country: country).map(isOfNoCountry) == false
    else { return nil }
    number = main
    return String(end)
  }

  private static func isOfNoCountry(_ normal: String) -> Bool { normal.utf8.count > 8 && !normal.hasPrefix("+") }
}

extension UInt8 {
  var isPhoneSign: Bool {
    switch self {
    case 0x20, 0x28, 0x29, 0x2B, 0x2D, 0x2E: true
    default: isDigit
    }
  }
}
