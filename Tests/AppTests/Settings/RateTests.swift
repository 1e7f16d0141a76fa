import Testing

@testable import App

@Suite struct RateTests {
  @Test(arguments: [
    ("7.1534", "7.1534"), ("7", "7"), ("0.000000001", "0.000000001"), ("007.10", "7.1"),
    ("999999999.999999999", "999999999.999999999"),
  ])
  func reads(_ typed: String, _ written: String) {
    #expect(Rate(typed)?.description == written)
  }

  @Test(arguments: ["", "0", "0.0", "-1", "7,15", "1e3", "1.", ".5", "1.0000000001", "1234567890", "７.1"])
  func refuses(_ typed: String) {
    #expect(Rate(typed) == nil)
  }

  /// Worked out by hand: 12.34 USD at 7.1534 is 88.272956 CNY.
  @Test func convertsExactly() throws {
    let rate = try #require(Rate("7.1534"))
    #expect(rate.convert(1234, from: 2, to: 2) == 8827)
    #expect(rate.convert(-1234, from: 2, to: 2) == -8827)
    #expect(rate.convert(0, from: 2, to: 2) == 0)
    // ¥1,000 of Japan at 0.0475 is 47.50; 1.234 Kuwaiti dinars at 23.3 are 28.7522.
    #expect(Rate("0.0475")?.convert(1000, from: 0, to: 2) == 4750)
    #expect(Rate("23.3")?.convert(1234, from: 3, to: 2) == 2875)
  }

  @Test func roundsHalfAwayFromZero() throws {
    let half = try #require(Rate("0.5"))
    #expect([1, 3, 5, -1, -3].map { half.convert($0, from: 2, to: 2) } == [1, 2, 3, -1, -2])
    #expect(Rate("0.499999999")?.convert(1, from: 2, to: 2) == 0)
  }

  @Test func saysWhenItIsTooMuch() throws {
    let large = try #require(Rate("999999999.999999999"))
    #expect(large.convert(.max, from: 2, to: 2) == nil)
    #expect(large.convert(.min, from: 0, to: 3) == nil)
    #expect(Rate("1")?.convert(.max, from: 2, to: 2) == .max)
    #expect(Rate("1")?.convert(.min, from: 2, to: 2) == .min)
  }
}
