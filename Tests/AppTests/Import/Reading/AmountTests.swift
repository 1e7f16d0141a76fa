import Testing

@testable import App

@Suite struct AmountTests {
  @Test(
    arguments: [
      ("0", 0), ("12", 1200), ("12.5", 1250), ("-12", -1200), ("-0", 0), ("+7", 700), (".5", 50), ("5.", 500),
      ("¥1,234.50", 123_450), ("￥1,234.50", 123_450), ("$1,234.50", 123_450), ("(12.00)", -1200),
      ("（12.00）", -1200), ("¥(12.00)", -1200), ("(¥12.00)", -1200), ("-¥12", -1200), ("¥-12", -1200),
      ("12-", -1200),
      ("1.2万", 1_200_000), ("3亿", 30_000_000_000), ("1.5萬元", 1_500_000), ("-2万", -2_000_000), ("3千", 300_000),
      ("1 234,50", 123_450), ("1.234,50", 123_450), ("1.234.567", 123_456_700), ("1'234.50", 123_450),
      ("1,234,567", 123_456_700), ("1,234", 123_400), ("12,5", 1250), ("0,125", 13), ("1.234", 123),
      ("１２３", 12_300), ("１，２３４．５", 123_450), ("123元", 12_300), ("CNY 12", 1200), ("12 usd", 1200),
      ("人民币12元", 1200),
      ("HK$5", 500), ("5 €", 500), ("1.2e3", 120_000), ("1.2E-1", 12), (" 12 ", 1200),
      ("\u{3000}12\u{A0}", 1200),
      ("0.005", 1), ("-0.005", -1), ("0.0049999", 0), ("0.015", 2), ("0.0005", 0), ("2.675", 268),
      ("92233720368547758.07", Int64.max), ("-92233720368547758.07", -Int64.max), ("−5", -500),
      ("1,234.5万", 1_234_500_000),
    ] as [(String, Int64)]) func minorUnits(text: String, value: Int64) throws
  {
    #expect(try Amount.minorUnits(text) == value)
  }

  @Test(arguments: [
    "abc", "12abc", "1,23,4", "1.2.3,4,5", "--5", "(-5)", "12%", "¥", "---", "()", "e5", "1e999", "1,2345",
    "1234,567,8", "٣",
    "2020-02-01", "13812345678转1", "1e", ".", "1..2", "12 34", "NaN", "inf", "0x10",
  ]) func notNumbers(text: String) {
    #expect(throws: ValueProblem(.notANumber(text))) { try Amount.minorUnits(text) }
  }

  @Test(arguments: ["92233720368547758.08", "999999999999999999", "1e30", "9999999999亿"]) func tooLarge(
    text: String
  ) {
    #expect(throws: ValueProblem(.numberTooLarge(text))) { try Amount.minorUnits(text) }
  }

  @Test(arguments: ["", "  ", "\u{3000}"]) func blank(text: String) {
    #expect(throws: ValueProblem(.blank)) { try Amount.minorUnits(text) }
  }

  @Test func decimalsOfTheCurrency() throws {
    #expect(try Amount.minorUnits("1234.5", decimals: 0) == 1235)
    #expect(try Amount.minorUnits("1,234", decimals: 0) == 1234)
    #expect(try Amount.minorUnits("1.2345", decimals: 3) == 1235)
    #expect(try Amount.minorUnits("-1.5", decimals: 0) == -2)
  }

  @Test(
    arguments: [
      ("1", 1000), ("1.5", 1500), ("12件", 12_000), ("3 pcs", 3000), ("0.0005", 1), ("-2", -2000),
      ("1,000", 1_000_000),
    ] as [(String, Int64)]) func quantities(text: String, value: Int64) throws
  {
    #expect(try Amount.thousandths(text) == value)
  }

  @Test func unitsBelongToQuantitiesOnly() {
    #expect(throws: ValueProblem(.notANumber("12件"))) { try Amount.minorUnits("12件") }
  }

  @Test func columnDecidesTheDecimalMark() throws {
    #expect(DecimalMark.decide(["1.234", "12,5", "7"]).mark == .comma)
    #expect(DecimalMark.decide(["1.234", "2.500"]).mark == .point)
    #expect(DecimalMark.decide(["1,234.50", "12,5"]).mark == .point)
    #expect(DecimalMark.decide(["1.234,50"]).mark == .comma)
    #expect(DecimalMark.decide([String]()).mark == .point)
    #expect(try Amount.minorUnits("1.234", mark: .comma) == 123_400)
    #expect(try Amount.minorUnits("1.234,5", mark: .comma) == 123_450)
    #expect(try Amount.minorUnits("12.5", mark: .comma) == 1250)
    #expect(try Amount.minorUnits("1,234", mark: .comma) == 123)
  }

  /// Against a plain computation in integers, over the whole range the fast path takes and beyond.
  @Test func agreesWithIntegers() throws {
    var random = Seeded(seed: 7)
    for _ in 0..<2_000 {
      let value = Int64.random(in: -9_000_000_000_000_000...9_000_000_000_000_000, using: &random)
      let (whole, cents) = value.magnitude.quotientAndRemainder(dividingBy: 100)
      let text = (value < 0 ? "-" : "") + "\(whole)." + (cents < 10 ? "0" : "") + "\(cents)"
      #expect(try Amount.minorUnits(text) == value)
      #expect(try Amount.minorUnits("¥" + text) == value)
    }
  }

  @Test func sentencesNameTheText() {
    #expect(ValueProblem.zh(.notANumber("x")) == "“x”不是数字")
    #expect(ValueProblem.en(.notANumber("x")) == "“x” is not a number")
    #expect(ValueProblem.en(.notADate(String(repeating: "y", count: 99))).count < 70)
  }
}
