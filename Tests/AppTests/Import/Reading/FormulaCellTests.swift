import Testing

@testable import App

/// What a spreadsheet would run, and how it comes back.
@Suite struct FormulaCellTests {
  static let formulas = [
    "=1+1", "=cmd|' /C calc'!A0", "+86 138 0013 8000", "-2+3", "-A1", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "＝1+1",
    "＠x", "'=1", "''+1", "-", "--1", "\n@x", "\u{3000}=1",
  ]
  static let plain = ["", "张伟", "-12.00", "-1,234.50", "12", "a=b", "O'Brien", "'", "'s Gravenhage", "#N/A", "1-2"]

  @Test(arguments: formulas) func isMarkedAndComesBack(_ text: String) {
    #expect(text.withoutFormula == "'" + text)
    #expect(text.withoutFormula.withFormula == text)
  }

  @Test(arguments: plain) func staysAsItIs(_ text: String) {
    #expect(text.withoutFormula == text)
    #expect(text.withFormula == text)
  }

  @Test func aFileIsReadWithoutItsMarks() throws {
    let file = "a,b\n\"'=1+1\",'s Gravenhage\n'+86 138,'-5+1\n"
    var reader = CSVReader(text: Array(file.utf8), delimiter: .comma)
    var rows: [[String]] = []
    while let record = try reader.next() { rows.append(record.fields) }
    #expect(rows == [["a", "b"], ["=1+1", "'s Gravenhage"], ["+86 138", "-5+1"]])
  }
}
