import Analytics
import Foundation
import Testing

struct RhythmTests {
  @Test func gapsOfAHandWorkedCase() throws {
    // Days 0, 10, 10, 40, 60, and one after today: gaps 10, 30, 20.
    let gaps = try #require(PurchaseGaps(purchaseDays: [60, 10, 0, 10, 40, 99], asOf: 75))
    #expect(gaps.lengths == [10, 20, 30])
    #expect(gaps.present == 15)
    #expect(gaps.mean == 20)
    #expect(gaps.median == 20)
    #expect(gaps.variation == 0.5)
    #expect(PurchaseGaps(purchaseDays: [0, 10, 40], asOf: 40)?.median == 20)
  }

  @Test func fewPurchasesAndNone() throws {
    #expect(PurchaseGaps(purchaseDays: [], asOf: 5) == nil)
    #expect(PurchaseGaps(purchaseDays: [6], asOf: 5) == nil)
    let once = try #require(PurchaseGaps(purchaseDays: [5, 5], asOf: 5))
    #expect(once.lengths.isEmpty && once.present == 0)
    #expect(once.mean == nil && once.median == nil && once.variation == nil)
    #expect(PurchaseGaps(purchaseDays: [1, 2], asOf: 5)?.variation == nil)
    #expect(PurchaseGaps(purchaseDays: [.min, .max], asOf: .max)?.lengths == [.max])
    #expect(RhythmPopulation([once]) == nil)
  }

  @Test func theUsualGapIsBetweenTheCustomersAndEverybodys() throws {
    // Everybody each 14 days, so that the population's usual gap is 14.
    let population = try #require(RhythmPopulation(regular(14, times: 5, count: 3)))
    #expect(abs(population.usual - 14) < 1e-9)
    // Two gaps of 7 weigh as much as the two of the population: √(7 · 14).
    let gaps = try #require(PurchaseGaps(purchaseDays: [0, 7, 14], asOf: 14))
    #expect(abs(Rhythm(gaps, among: population).usual - 98.0.squareRoot()) < 1e-9)
    let once = try #require(PurchaseGaps(purchaseDays: [0], asOf: 28))
    #expect(abs(Rhythm(once, among: population).usual - 14) < 1e-9)
    #expect(abs(Rhythm(once, among: population).times - 2) < 1e-9)
  }

  @Test func everyCustomerCountsOnceInTheUsualGap() throws {
    let often = regular(2, times: 50, count: 1)
    let rarely = regular(32, times: 1, count: 1)
    let population = try #require(RhythmPopulation(often + rarely))
    #expect(abs(population.usual - 8) < 1e-9)
  }

  @Test func latenessIsTheShareOfGapsOutgrown() throws {
    let population = try #require(RhythmPopulation(regular(10, times: 3, count: 4)))
    func lateness(_ days: [Int], asOf today: Int) throws -> Double {
      try Rhythm(#require(PurchaseGaps(purchaseDays: days, asOf: today)), among: population).lateness
    }
    // Gaps 5, 10, 15; the population's part changes from 0 to 1 at the usual gap, (750 · 100)^(1/5) = 9.4.
    let days = [0, 5, 15, 30]
    #expect(try lateness(days, asOf: 35) == 0)
    #expect(try lateness(days, asOf: 36) == 0.2)
    #expect(try lateness(days, asOf: 40) == 0.6)
    #expect(try lateness(days, asOf: 41) == 0.8)
    #expect(try lateness(days, asOf: 46) == 1)
    // On the very day an always equal gap ends, nobody is late.
    #expect(try lateness([0, 10, 20, 30], asOf: 39) == 0)
    #expect(try lateness([0, 10, 20, 30], asOf: 42) == 1)
  }

  @Test func theSameGapIsLateForOneAndNotForAnother() throws {
    let population = try #require(RhythmPopulation(regular(7, times: 9, count: 9) + regular(90, times: 9, count: 9)))
    let weekly = try #require(PurchaseGaps(purchaseDays: Array(stride(from: 0, through: 70, by: 7)), asOf: 130))
    let quarterly = try #require(PurchaseGaps(purchaseDays: [0, 90, 180, 270, 360], asOf: 420))
    #expect(Rhythm(weekly, among: population).lateness > 0.95)
    #expect(Rhythm(quarterly, among: population).lateness < 0.4)
  }

  @Test func latenessNeverFallsAsDaysPass() throws {
    let population = try #require(RhythmPopulation((1...40).flatMap { regular($0, times: $0, count: 2) }))
    var last = 0.0
    for today in 40...400 {
      let gaps = try #require(PurchaseGaps(purchaseDays: [0, 4, 9, 40], asOf: today))
      let lateness = Rhythm(gaps, among: population).lateness
      #expect(last...1 ~= lateness)
      last = lateness
    }
    #expect(last == 1)
  }

  /// So many customers, each with so many gaps of the same length.
  private func regular(_ gap: Int, times: Int, count: Int) -> [PurchaseGaps] {
    Array(repeating: (0...times).map { $0 * gap }, count: count)
      .compactMap { PurchaseGaps(purchaseDays: $0, asOf: 10_000) }
  }
}
