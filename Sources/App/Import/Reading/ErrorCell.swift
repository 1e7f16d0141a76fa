/// What spreadsheets write where they have no value.
enum ErrorCell {
  private static let texts: Set<String> = [
    "#N/A", "#NV", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!",
    "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#GETTING_DATA", "#BUSY!", "#EXTERNAL!", "#ERROR!", "#PYTHON!",
  ]

  /// Whether a text is one; `#####` is a number in a column too narrow for it.
  static func isOne(_ text: String) -> Bool {
    guard text.utf8.first == UInt8(ascii: "#"), (3...255).contains(text.utf8.count) else { return false }
    return texts.contains(text.uppercased()) || text.utf8.allSatisfy { $0 == UInt8(ascii: "#") }
  }
}
