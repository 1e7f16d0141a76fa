import Analytics
import Foundation
import Testing

struct ExpectedProfitTests {
  private typealias Inputs = ExpectedProfit.Inputs

  /// 100,000 at 40 % less 5,000 service and 5,000 sales a year; 80 % stay; 10 % interest.
  private let steady = Inputs(
    years: Array(repeating: .init(revenue: 100_000, service: 5_000, sales: 5_000), count: 3), marginRate: 0.4,
    retention: 0.8, discountRate: 0.1, referralValue: 2_000, acquisitionCost: 7_500)

  @Test func aHandWorkedSheet() throws {
    let sheet = try #require(ExpectedProfit(steady))
    #expect(sheet.lines.map(\.year) == [1, 2, 3])
    #expect(sheet.lines.map(\.profit) == [30_000, 30_000, 30_000])
    // 30,000 · (8/11)^t = 21,818.18…, 15,867.77…, 11,540.20…
    #expect(sheet.lines.map(\.presentValue) == [21_818, 15_868, 11_540])
    #expect(sheet.total == 49_226 + 2_000 - 7_500)
    #expect(abs(sheet.lines[2].staying - 0.512) < 1e-12)
    #expect(abs(sheet.lines[2].discount - 1 / 1.331) < 1e-12)
  }

  @Test func overManyYearsItIsTheMarginMultiple() throws {
    // Σ_{t≥1} (r / (1 + d))^t = r / (1 + d − r), the margin multiple of S. Gupta and D. R. Lehmann, "Customers as assets",
    // Journal of Interactive Marketing 17 (2003): at 80 % and 12 %, 2.50.
    var long = steady
    long.years = Array(repeating: .init(revenue: 100_000_000, service: 0, sales: 0), count: 200)
    long.marginRate = 1
    long.discountRate = 0.12
    let total = try #require(ExpectedProfit(long)).total + 5_500
    #expect(abs(Double(total) / 100_000_000 - 2.5) < 1e-6)
  }

  @Test func eachLineIsRoundedOnceHalvesAwayFromZero() throws {
    func presentValue(revenue: Int64) throws -> Int64? {
      let inputs = Inputs(
        years: [.init(revenue: revenue, service: 0, sales: 0)], marginRate: 0.5, retention: 1, discountRate: 0)
      return try #require(ExpectedProfit(inputs)).lines.first?.presentValue
    }
    #expect(try [1, -1, 3, 4].map(presentValue) == [1, -1, 2, 2])
  }

  @Test func lossesAndNoYears() throws {
    var loss = steady
    loss.years = [.init(revenue: 1_000, service: 900, sales: 0)]
    #expect(try #require(ExpectedProfit(loss)).lines[0].presentValue == -364)
    loss.years = []
    #expect(try #require(ExpectedProfit(loss)).total == -5_500)
  }

  @Test func ratesOutsideTheirRangeAreRefused() {
    for (rate, allowed) in [(-0.1, false), (0, true), (1, true), (1.1, false), (.nan, false), (.infinity, false)] {
      var inputs = steady
      inputs.retention = rate
      #expect((ExpectedProfit(inputs) != nil) == allowed)
      inputs = steady
      inputs.discountRate = rate
      #expect((ExpectedProfit(inputs) != nil) == allowed)
    }
    var inputs = steady
    inputs.marginRate = -1.5
    #expect(ExpectedProfit(inputs) == nil)
  }

  @Test func theEndsOfTheNumberLineDoNotTrap() throws {
    let most = Inputs(
      years: [.init(revenue: .max, service: .min, sales: .min)], marginRate: 1, retention: 1, discountRate: 0,
      referralValue: .max, acquisitionCost: .min)
    #expect(try #require(ExpectedProfit(most)).total == .max)
    let least = Inputs(
      years: [.init(revenue: .min, service: .max, sales: .max)], marginRate: 1, retention: 1, discountRate: 0,
      referralValue: .min, acquisitionCost: .max)
    #expect(try #require(ExpectedProfit(least)).total == .min)
  }

  @Test func theWorksheetCanBeKept() throws {
    let kept = try JSONDecoder().decode(Inputs.self, from: JSONEncoder().encode(steady))
    #expect(kept == steady)
  }
}
