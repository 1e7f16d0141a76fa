import Foundation
import Testing

@testable import Analytics

struct SeasonProfileTests {
  private func near(_ profile: SeasonProfile, _ truth: [Double]) -> Double {
    zip(profile.factors, SeasonProfile.meanOne(truth)).map { abs($0 - $1) }.max() ?? .infinity
  }

  @Test func aSeasonIsFoundUnderATrend() throws {
    for (growth, seed) in [(0.0, 1), (0.03, 2), (-0.02, 3)] as [(Double, UInt64)] {
      let firm = MonthlyFirm(level: 1_000, growth: growth, swing: 0.5)
      let profile = try #require(SeasonProfile(MonthlyHistory(firm.months(48, seed: seed))))
      // Four standard errors: 5 % of a month, of which there are four.
      expect(profile.factors, near: SeasonProfile.meanOne((1...12).map(firm.season)), relative: 4 * 0.05 / 2)
    }
  }

  /// Four times as much is bought in the best weeks as in the worst; customers come and come.
  @Test(arguments: [1_000, 3_000])
  func theSeasonOfASimulatedFirmIsFound(customers: Int) throws {
    let months = SimulatedFirm(.season, customers: customers, seed: 5).months(repeatsOnly: true)
    let profile = try #require(SeasonProfile(MonthlyHistory(months)))
    let truth = SeasonProfile.meanOne((0..<12).map { 1 + 0.6 * sin(2 * .pi * (Double($0) + 0.5) / 12) })
    for (month, factor) in profile.factors.enumerated() {
      // Four standard errors of counting.
      let counted = Double(months.count { $0.month.month == month + 1 })
      expect([factor], near: [truth[month]], relative: 4 / counted.squareRoot())
    }
    #expect(!profile.poolsNewYear)
  }

  @Test(arguments: [SimulatedFirm.World.nbd, .bg, .paretoSlow, .heavySpenders])
  func aFirmWithoutSeasonGetsNone(world: SimulatedFirm.World) throws {
    let firm = SimulatedFirm(world, customers: 1_000, seed: 11)
    let profile = try #require(SeasonProfile(MonthlyHistory(firm.months())))
    #expect(near(profile, Array(repeating: 1, count: 12)) < 0.03, "\(profile.factors)")
  }

  /// Nineteen of twenty are given none at all; of the rest hardly any is off by more than 3 %.
  @Test(arguments: [24, 36, 60])
  func noiseIsNoSeason(months: Int) throws {
    let profiles = try (0..<200).map { seed in
      try #require(SeasonProfile(MonthlyHistory(MonthlyFirm().months(months, seed: 700 + UInt64(seed)))))
    }
    let flat = profiles.count(where: \.isFlat)
    #expect(flat >= 176, "\(flat) of 200")
    let near = profiles.count { self.near($0, Array(repeating: 1, count: 12)) < 0.03 }
    #expect(near >= 190, "\(near) of 200")
  }

  @Test func twoYearsAreNeeded() {
    let firm = MonthlyFirm(level: 1_000, swing: 0.5)
    #expect(SeasonProfile(MonthlyHistory(firm.months(23, seed: 1))) == nil)
    #expect(SeasonProfile(MonthlyHistory(firm.months(24, seed: 1)))?.isFlat == false)
    #expect(SeasonProfile(MonthlyHistory([])) == nil)
  }

  /// Half of what February sells moves into January when the holiday is early, in every other year.
  @Test func aMovingNewYearMakesNoFalseSeason() throws {
    let months = MonthlyFirm(level: 1_000, scatter: 0.03).months(60, seed: 4).map { total in
      let early = total.month.year.isMultiple(of: 2)
      let times =
        switch total.month.month {
        case 1: early ? 1.5 : 1.0
        case 2: early ? 1.0 : 1.5
        default: 1.0
        }
      return MonthTotal(month: total.month, purchases: Int(Double(total.purchases) * times), sales: total.sales)
    }
    let profile = try #require(SeasonProfile(MonthlyHistory(months)))
    #expect(profile.poolsNewYear)
    #expect(profile.factors[0] == profile.factors[1])
    #expect(1.05...1.3 ~= profile.factors[0], "\(profile.factors)")
  }

  @Test func aFirmThatClosesInAugust() throws {
    let months = MonthlyFirm(level: 500).months(48, seed: 8).filter { $0.month.month != 8 }
    let profile = try #require(SeasonProfile(MonthlyHistory(months)))
    #expect(profile.factors[7] > 0 && profile.factors[7] < 0.1, "\(profile.factors)")
  }

  @Test func byHand() throws {
    let profile = try #require(SeasonProfile(factors: [2] + Array(repeating: 1, count: 11)))
    #expect(abs(profile.factors[0] - 2 * profile.factors[5]) < 1e-12)
    #expect(abs(profile.operationalDay(146_097) - 146_097) < 1e-6)
    for factors in [[], [1], Array(repeating: 0, count: 12), Array(repeating: -1, count: 12)] as [[Double]] {
      #expect(SeasonProfile(factors: factors) == nil)
    }
    #expect(SeasonProfile(factors: Array(repeating: .infinity, count: 12)) == nil)
    #expect(SeasonProfile(factors: Array(repeating: 1e300, count: 12))?.isFlat == true)
    let text = String(decoding: try JSONEncoder().encode(profile), as: UTF8.self)
    #expect(try JSONDecoder().decode(SeasonProfile.self, from: Data(text.utf8)) == profile)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(SeasonProfile.self, from: Data(text.replacing("[", with: "[-").utf8))
    }
  }

  /// Day by day against sums, over leap years and before 1970.
  @Test func seasonalTime() throws {
    let profile = try #require(SeasonProfile(factors: (1...12).map(Double.init)))
    for start in [-800, 0, 10_950, 19_700] {
      var sum = profile.operationalDay(start)
      for day in (start + 1)...(start + 800) {
        sum += profile[CalendarMonth(containing: day)]
        guard abs(profile.operationalDay(day) - sum) < 1e-8 else {
          Issue.record("day \(day)")
          return
        }
      }
      let weight = profile.weight(fromDay: start, toDay: start + 800)
      #expect(abs(weight - (sum - profile.operationalDay(start)) / 800) < 1e-10)
    }
    #expect(profile.operationalDay(0) == 0)
    #expect(profile.weight(fromDay: 5, toDay: 5) == profile.factors[0])
    #expect(profile.operationalDay(.max).isFinite && profile.weight(fromDay: .min, toDay: .max) > 0)
    #expect(SeasonProfile.flat.operationalDay(12_345) == 12_345)
  }
}
