import Testing

@testable import App

/// Amounts as people of many countries and programs write them.
@Suite struct WrittenAmountTests {
  @Test(
    arguments: [
      ("12.-", 1200), ("12,-", 1200), ("1.234,-", 123_400), ("1,234.-", 123_400), ("12,--", 1200), ("12.—", 1200),
      ("-12.-", -1200), ("(12.-)", -1200), ("Fr. 12.-", 1200), ("CHF 12.-", 1200), ("12,- €", 1200),
      ("1'234.-", 123_400),
      ("1.5k", 150_000), ("2K", 200_000), ("3m", 300_000_000), ("1.2M", 120_000_000), ("$1.5k", 150_000),
      ("1.5k €", 150_000), ("-2 k", -200_000),
      ("1,23,456.00", 12_345_600), ("1,23,45,678", 1_234_567_800), ("₹ 12,34,567", 123_456_700),
      ("12,34,567.5", 123_456_750),
      ("-", 0), ("—", 0), ("--", 0), ("－", 0), ("¥ -", 0), (" - ", 0),
      ("１２，３４５．６０", 1_234_560), ("－１２", -1200), ("￥１２", 1200),
      ("1 234,50", 123_450), ("1\u{A0}234,50", 123_450), ("1\u{202F}234,50", 123_450), ("1\u{2009}234,50", 123_450),
      ("1\u{3000}234,50", 123_450), ("1’234.50", 123_450), ("12.00-", -1200), ("-¥12", -1200), ("¥-12", -1200),
    ] as [(String, Int64)]) func read(text: String, value: Int64) throws
  {
    #expect(try Amount.minorUnits(text) == value)
  }

  @Test(arguments: [
    "CHF 120.00", "120.00 CHF", "CHF120", "120chf", "NZD 120", "THB120.00", "Fr. 120.00", "120 zł", "120 kr", "kr. 120",
    "R$ 120", "C$120", "A$120", "NZ$120", "S$120", "HK$120", "US$120", "NT$120", "MOP$120", "RM120", "Rp 120", "120港币",
    "新加坡元120", "瑞士法郎 120", "120泰铢", "120 руб.", "₩120", "￦120", "₹120", "฿120", "120₫", "₱120", "120 ₽", "₺120",
    "XAF 120", "120 UYU", "KWD 120", "人民币 120.00 元", "$120 USD", "£120", "￡120", "120円", "Rs. 120", "120 Kč",
  ]) func withTheirCurrency(text: String) throws {
    #expect(try Amount.minorUnits(text) == 12_000)
  }

  @Test(arguments: [
    "1,2,3", "12..5", "1.2.3", "12,34,5", "1,23,45", "123,45,678", "12.-5", "12,---", ".-", ",-", "5.-.-", "1.5kk",
    "1e3k",
    "XYZ 12", "CHF", "---", "12 CR", "CR 12", "k", "M", "1,23,456,7",
  ]) func nonsense(text: String) {
    #expect(throws: ValueProblem(.notANumber(text))) { try Amount.minorUnits(text) }
  }

  @Test func metresAreNoMillions() throws {
    #expect(throws: ValueProblem.self) { try Amount.thousandths("3 m") }
    #expect(try Amount.thousandths("2K") == 2_000_000)
    #expect(try Amount.thousandths("-") == 0)
  }

  @Test(
    arguments: [
      ("1,234", .point, false), ("1.234", .comma, false), ("12,5", .comma, true), ("1.234,50", .comma, true),
      ("12,50", .comma, true), ("12.5", .point, true), ("1,234.50", .point, true), ("1,234,567", .point, true),
      ("12,-", .comma, true), ("12.-", .point, true), ("1,23,456", .point, true), ("1.234.567", .comma, true),
      ("0,125", .comma, true), ("0.125", .point, true), ("1234,567", .comma, true), ("1 234,50", .comma, true),
      (".5", .point, true), ("¥1,234.50", .point, true), ("-12,5 €", .comma, true), ("１２，５", .comma, true),
      ("Fr. 12", nil, false), ("12.34567", .point, true), ("12", nil, false), ("", nil, false), ("1,2,3", nil, false),
      ("2024-03-05", nil, false), ("5.3.2024", nil, false), ("1.5k", .point, true), ("abc", nil, false),
      ("-", nil, false),
    ] as [(String, DecimalMark?, Bool)]) func evidence(text: String, mark: DecimalMark?, isStrong: Bool)
  {
    let found = DecimalMark.evidence(in: text)
    #expect(found?.mark == mark)
    #expect(found?.isStrong ?? false == isStrong)
  }

  @Test(
    arguments: [
      ("CHF 12", "CHF"), ("12 CHF", "CHF"), ("Fr. 12.-", "CHF"), ("$12", "USD"), ("$12 CAD", "CAD"), ("C$ 12", "CAD"),
      ("12 kr", "SEK"), ("1.5k USD", "USD"), ("12kr.", "SEK"), ("12 KRW", "KRW"), ("3万元", nil), ("3万美元", "USD"),
      ("¥12", "CNY"), ("12", nil), ("1,234.50", nil), ("2k", nil), ("12泰铢", "THB"), ("-12 ₽", "RUB"), ("R$12", "BRL"),
      ("12港币", "HKD"), ("XAF 5", "XAF"), ("foo 12", nil),
    ] as [(String, String?)]) func signs(text: String, code: String?)
  {
    #expect(CurrencyName.sign(in: text, usually: "EUR") == code)
  }

  @Test(
    arguments: [
      ("瑞郎", "CHF"), ("新臺幣", "TWD"), ("澳门元", "MOP"), ("thb", "THB"), ("US$", "USD"), ("元", "CNY"), ("Fr.", "CHF"),
      ("卢布", "RUB"), ("￥", "CNY"), ("人民币（元）", "CNY"), ("US Dollar", "USD"), ("hello", nil),
    ] as [(String, String?)]) func names(text: String, code: String?)
  {
    #expect(CurrencyName.code(of: text) == code)
  }

  @Test func sharedSignsAreTheUsualOne() {
    #expect(CurrencyName.sign(in: "12 kr", usually: "NOK") == "NOK")
    #expect(CurrencyName.sign(in: "$12", usually: "NZD") == "NZD")
    #expect(CurrencyName.sign(in: "£12", usually: "EGP") == "EGP")
  }
}
