/// Cells that a spreadsheet would run when it opens a file of text: `=HYPERLINK(…)`, `@SUM(…)`, `+86…` as a sum. Files that
/// leave mark them with an apostrophe, as spreadsheets do themselves, and files that come are read without it.
extension String {
  /// As it may stand in a file that a spreadsheet opens.
  var withoutFormula: String { beginsFormula && !isNegativeNumber ? "'" + self : self }

  /// What ``withoutFormula`` was made of.
  var withFormula: String { utf8.first == Self.apostrophe && beginsFormula ? String(dropFirst()) : self }

  private static let apostrophe = UInt8(ascii: "'")

  /// Behind apostrophes and blanks; full-width signs count in Chinese and Japanese spreadsheets.
  private var beginsFormula: Bool {
    let start = unicodeScalars.drop { $0 == "'" }
    guard let sign = start.first(where: { !$0.properties.isWhitespace || $0 == "\t" || $0 == "\r" || $0 == "\n" })
    else {
      return false
    }
    return ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"].contains(sign)
  }

  /// Refunds are to stay numbers.
  private var isNegativeNumber: Bool {
    utf8.first == UInt8(ascii: "-") && utf8.count > 1
      && utf8.dropFirst().allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
  }
}
