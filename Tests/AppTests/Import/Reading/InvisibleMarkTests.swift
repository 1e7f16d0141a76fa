import Testing

@testable import App

@Suite struct InvisibleMarkTests {
  static let marks = [
    "\u{200E}", "\u{200F}", "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}",
    "\u{2068}",
    "\u{2069}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{AD}", "\u{61C}",
  ]
  static let blanks = ["\u{A0}", "\u{202F}", "\u{2007}", "\u{3000}", "\u{2003}", "\t"]

  @Test(arguments: marks) func goFromWhatIsNoText(mark: String) throws {
    func inside(_ text: String) -> String { mark + text.map(String.init).joined(separator: mark) + mark }
    #expect(inside("A01").unmarked == "A01" && inside("a@b.cn").address == "a@b.cn")
    #expect(try PhoneNumber.parse(inside("0571-88886666转8")).key == "+8657188886666x8")
    #expect(PhoneCell(inside("13800138000（张总）")).phones.map(\.shown) == ["13800138000 · 张总"])
    #expect(try Amount.minorUnits(inside("1,234.50"), decimals: 2) == 123_450)
    #expect(try ParsedDay.parse(inside("2026-01-02"), order: .yearFirst).daysSince1970 == 20_455)
    #expect((mark + "王" + mark + "芳" + mark).trimmed == "王" + mark + "芳")
  }

  @Test(arguments: blanks) func blanksOfEveryKind(blank: String) throws {
    #expect("\(blank)A 01\(blank)".unmarked == "A 01" && "A\(blank)01".unmarked == "A 01")
    #expect("\(blank)a@b\(blank).cn\(blank)".address == "a@b.cn")
    #expect(try PhoneNumber.parse("\(blank)138\(blank)0013\(blank)8000").normal == "+8613800138000")
    #expect(try ParsedDay.parse("\(blank)2026-01-02\(blank)", order: .yearFirst).daysSince1970 == 20_455)
    #expect(try Amount.minorUnits("\(blank)12.5\(blank)", decimals: 2) == 1_250)
    #expect("\(blank)王\(blank)芳\(blank)".trimmed == "王\(blank)芳")
  }

  @Test func textKeepsWhatStandsInIt() {
    for text in ["👨\u{200D}👩\u{200D}👧", "می\u{200C}خواهم", "a\u{AD}b"] { #expect(text.trimmed == text) }
    #expect("\u{200E}\u{200F} ".trimmed == "" && "\u{FEFF}".unmarked == "")
  }
}
