import Foundation
import Testing

@testable import Analytics

struct LeavingFeaturesTests {
  @Test func purchasesOfADayAreOne() {
    let purchases = PurchaseDays(days: [30, 10, 30, 20], amounts: [5, 7, -8, .max, 9])
    #expect(purchases.days == [10, 20, 30])
    #expect(purchases.amounts == [7, .max, -3])
    #expect(PurchaseDays(days: [1, 1], amounts: [.max, .max]).amounts == [.max])
    #expect(PurchaseDays(days: [], amounts: []).days.isEmpty)
  }

  /// Days 0, 10, 30 and 40, seen on day 50 with ten days to come.
  @Test func handWorkedCase() throws {
    let purchases = PurchaseDays(days: [0, 10, 30, 40, 51], amounts: [100, 20, -5, 40, 1000])
    let features = try #require(LeavingFeatures(purchases, asOf: 50, days: 10))
    #expect(features.recency == 10 && features.frequency == 4 && features.age == 50)
    #expect(features.ownGap == 40.0 / 3)
    let gaps = try #require(PurchaseGaps(purchaseDays: purchases.days, asOf: 50)?.variation)
    expect([features.variation ?? 0], near: [gaps], relative: 1e-12)
    #expect(features.recent == .init(one: 0, two: 1, four: 2))
    #expect(features.spend == .init(late: 40, early: 120, ever: 160))
  }

  @Test func noRhythmOfOneGap() throws {
    let once = try #require(LeavingFeatures(PurchaseDays(days: [3], amounts: [0]), asOf: 3, days: 90))
    #expect(once.recency == 0 && once.frequency == 1 && once.ownGap == nil && once.variation == nil)
    let twice = try #require(LeavingFeatures(PurchaseDays(days: [3, 9], amounts: [1, 1]), asOf: 12, days: 90))
    #expect(twice.ownGap == nil && twice.variation == nil && twice.recency == 3)
    #expect(LeavingFeatures(PurchaseDays(days: [], amounts: []), asOf: 0, days: 90) == nil)
    #expect(LeavingFeatures(PurchaseDays(days: [8], amounts: [1]), asOf: 7, days: 90) == nil)
  }

  /// Whatever is put in, there are as many numbers as there should be, and each is one.
  @Test func columnsAreFinite() throws {
    let odd = [
      PurchaseDays(days: [5], amounts: [.min]), PurchaseDays(days: [.min], amounts: [1]),
      PurchaseDays(days: [.min, 0, .max], amounts: [.max, .max, 0]),
      PurchaseDays(days: [0, 1, 2], amounts: [0, 0, 0]), PurchaseDays(days: [5, 5, 5], amounts: [1, 1, 1]),
    ]
    for today in [5, 400, Int.max] {
      let features = odd.compactMap { LeavingFeatures($0, asOf: today, days: 90) }
      for customer in features {
        for firm in [FirmHabits(features, toCome: 90), FirmHabits([customer], toCome: 90), FirmHabits([], toCome: 90)] {
          let columns = customer.columns(among: firm, purchaseModel: 1.0.logOdds)
          #expect(columns.count == LeavingFeatures.columnCount && columns[0] == 1)
          #expect(columns.allSatisfy { $0.isFinite }, "\(customer) \(columns)")
        }
      }
    }
  }

  @Test func habitsOfTheFirm() throws {
    let customers = [[0, 10, 40], [20], [30, 40]].map { PurchaseDays(days: $0, amounts: $0.map { _ in 12 }) }
    let habits = FirmHabits(customers.compactMap { LeavingFeatures($0, asOf: 50, days: 90) }, toCome: 90)
    #expect(habits.gap == 50.0 / 3)
    #expect(habits.amount == 12)
    // Three repeat purchases in 50 + 30 + 20 days.
    expect([habits.rateShape / habits.rateScale], near: [0.03], relative: 1e-12)
  }
}
