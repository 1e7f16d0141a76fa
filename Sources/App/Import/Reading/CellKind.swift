/// What a single cell looks like, without knowing its column.
enum CellKind: Equatable, Sendable {
  case words, number, date, email, phone

  static func of(_ text: String) -> CellKind {
    let text = text.halfWidth
    guard !text.isEmpty else { return .words }
    if isEmail(text) { return .email }
    let digits = text.utf8.count { $0 >= 0x30 && $0 <= 0x39 }
    if digits == 0 { return .words }
    if digits != 5, (try? DayText(text))?.couldBeDay == true { return .date }
    if isPhone(text, digits: digits) { return .phone }
    return (try? DecimalText(text)) == nil ? .words : .number
  }

  static func isEmail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let host = parts.last, !parts.contains(where: { $0.isEmpty || $0.contains(" ") })
    else {
      return false
    }
    return host.contains(".") && host.first != "." && host.last != "."
  }

  /// Plain digits are a phone only as a Chinese mobile; everything else needs a sign that numbers do not
  /// have.
  private static func isPhone(_ text: String, digits: Int) -> Bool {
    guard digits >= 7, let phone = try? PhoneNumber.parse(text), !phone.lacksCountry else { return false }
    return text.utf8.count == digits ? phone.isChineseMobile : !text.contains(".") && !text.contains(",")
  }
}
