import Testing

@testable import App

@Suite struct LostDigitsTests {
  @Test(arguments: [
    "4.40301E+17", "4,40301E+17", "1.38E+10", "4.40301199001011E+17", "4.40301199001011e+17", "4E+17", "1.3800138E10",
    "440301199001011000", "1234567890123450000",
  ]) func lost(text: String) {
    #expect(LostDigits.areIn(text))
  }

  @Test(arguments: [
    "440301199001011234", "13800138000", "1E5", "2E10", "A1E+10", "ORD-2024-0001", "", "E+17", "1.5E3",
    "000000000000000000",
    "12345678901234500", "1.2.3E+10", "4.4E+", "4.4E+x1", "0E+10", "12.5E+10", "张三",
  ]) func kept(text: String) {
    #expect(!LostDigits.areIn(text))
  }

  @Test(arguments: [
    ("17850.0", "17850"), ("17850.00", "17850"), ("17850", "17850"), ("0.0", "0"), ("17850.5", "17850.5"),
    ("A.0", "A.0"),
    ("1.2.0", "1.2.0"), ("007.0", "007.0"), (" 12 ", "12"), ("\u{200E}12\u{200B}", "12"), ("A\u{AD}B", "AB"),
    ("\u{FEFF}客户-1", "客户-1"), ("\u{3000}12.0", "12"), (".0", ".0"), ("12.", "12."), ("a b", "a b"), ("", ""),
  ]) func ids(text: String, normal: String) {
    #expect(OutsideID.normal(text) == normal)
  }
}
