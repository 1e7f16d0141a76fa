import Foundation
import Testing

@testable import Analytics

struct StartCheckTests {
  /// Two years of its record.
  private func check(_ firm: SimulatedFirm, until day: Int = 728) -> StartCheck {
    StartCheck(firstPurchases: firm.customers.compactMap { $0.first?.day }.filter { $0 <= day }, firstDay: 0)
  }

  /// Half of the customers came before. By the second year 90 % of those are seen, `1 − (63 / 791)^0.9`, and 70 % of
  /// the others: 56 % of the customers on record are older, and from day 478 on one in five of those first seen.
  /// A tenth of the customers leaves three times the error.
  @Test(arguments: [(300, 0.16), (3_000, 0.05)])
  func aTruncatedStartIsFound(customers: Int, error: Double) throws {
    for seed in 0..<10 {
      let start = try #require(check(SimulatedFirm(.truncated, customers: customers, seed: UInt64(seed + 60))).start)
      let older = try #require(start.olderCustomers)
      let share = older / Double(customers) / (0.5 * 0.897 + 0.5 * 728 / 1_032)
      #expect(abs(share - 0.56) < error, "\(share)")
      if customers == 3_000 { #expect(350...600 ~= start.settledFrom, "\(start)") }
      #expect(start.olderUntil <= start.settledFrom)
    }
  }

  /// An error rate of 1 %: two false alarms of ten would happen once in 200 worlds.
  @Test(arguments: SimulatedFirm.World.allCases.filter { $0 != .truncated })
  func noneIsFoundWhereThereIsNone(world: SimulatedFirm.World) {
    let checks = (0..<10).map { check(SimulatedFirm(world, customers: 1_000, seed: UInt64($0 + 20))) }
    #expect(checks.allSatisfy { $0.limit != nil })
    #expect(checks.count { $0.start != nil } <= 1, "\(checks)")
  }

  /// Newcomers at a rate that stays, rises or falls: an error rate of 1 % makes rarely more than 9 of 400.
  @Test(arguments: [0.0, 0.4, -0.25])
  func theErrorRateIsAsStated(yearlyChange: Double) {
    var random = SplitMix(state: 99)
    let found = (0..<400).count { _ in
      let days = (0..<900).flatMap { day in
        [Int](repeating: day, count: Int(random.poisson(0.6 * (1 + yearlyChange * Double(day) / 365))))
      }
      return StartCheck(firstPurchases: days, firstDay: 0).start != nil
    }
    #expect(found <= 9, "\(found) of 400")
  }

  /// All customers of CDNOW are of one quarter: nobody was acquired later, and nobody is older.
  @Test func aClosedCohortIsNotTruncated() {
    let days = (0..<2_000).map { $0 % 84 }
    let check = StartCheck(firstPurchases: days, firstDay: 0)
    #expect(check.start == nil && check.limit == nil && check.seen == 672)
  }

  @Test func oddInput() {
    for days in [[], [5], [-3, .max, .min], Array(repeating: 0, count: 1_000)] as [[Int]] {
      #expect(StartCheck(firstPurchases: days, firstDay: 0).start == nil)
    }
    #expect(StartCheck(firstPurchases: [.max, .max], firstDay: .min).seen == 0)
    #expect(StartCheck(firstPurchases: [.max], firstDay: .max).seen == 1)
    #expect(TruncatedStart(firstDay: 5, settledFrom: 5) == nil)
  }
}
