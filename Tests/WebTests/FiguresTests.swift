import Testing

@testable import Web

@Suite struct FiguresTests {
  @Test(arguments: [
    (Int64(0), "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (.min, "-9,223,372,036,854,775,808"),
  ])
  func thousandsStandApart(_ number: Int64, _ text: String) { #expect(Figures.grouped(number) == text) }

  @Test(arguments: [
    (Int64(123_450), 2, "1,234.50"), (5, 2, "0.05"), (-5, 2, "-0.05"), (100, 0, "100"), (-123_456, 3, "-123.456"),
    (.min, 2, "-92,233,720,368,547,758.08"),
  ])
  func decimalsAreExact(_ minor: Int64, _ places: Int, _ text: String) {
    #expect(Figures.decimal(minor, places: places) == text)
  }

  @Test func trailingZerosCanGo() {
    #expect(Figures.decimal(1500, places: 3, trimmed: true) == "1.5")
    #expect(Figures.decimal(2000, places: 3, trimmed: true) == "2")
  }

  @Test(arguments: [(0.8, "80.0%"), (1.0, "100.0%"), (0.12345, "12.3%"), (Double.nan, "–"), (.infinity, "–")])
  func sharesArePercentages(_ share: Double, _ text: String) { #expect(Figures.percent(share) == text) }
}
