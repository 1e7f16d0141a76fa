import Analytics
import Testing

struct LeavingWarningTests {
  private typealias Signal = LeavingWarning.Signal

  private func outlook(_ noPurchase: Double, since: Int = 40, usual: Double? = 20, alive: Double? = nil)
    -> LeavingWarning.Outlook
  {
    LeavingWarning.Outlook(noPurchase: noPurchase, days: 90, sinceLast: since, usualGap: usual, alive: alive)
  }

  private func level(_ outlook: LeavingWarning.Outlook) -> LeavingWarning.Level { LeavingWarning(outlook).level }

  @Test func theLevelIsThatOfWhatIsLikely() {
    #expect(level(outlook(0.49)) == .none)
    #expect(level(outlook(0.50)) == .watch)
    #expect(level(outlook(0.75)) == .leaving)
    #expect(level(outlook(0.75, alive: 0.1)) == .leaving)
    #expect(level(outlook(0.1, alive: 0.09)) == .left)
    var strict = LeavingWarning.Rule()
    strict.leaving = 0.9
    #expect(LeavingWarning(outlook(0.8), rule: strict).level == .watch)
  }

  /// Whoever buys once a year is likely to buy nothing in a quarter, and that is no news.
  @Test func whoeverIsNotLateIsNotWarnedOf() {
    #expect(level(outlook(0.95, since: 20)) == .none)
    #expect(level(outlook(0.95, since: 21)) == .leaving)
    #expect(level(outlook(0.95, usual: nil)) == .leaving)
  }

  @Test func onlyWhatSaysSomethingIsGivenAsAReason() throws {
    let known: [Signal] = try [
      .overdue(rhythm(present: 0)), .spending(spend(before: 100, now: 20)), .complaints(0), .complaints(2),
      .alive(before: 0.9, now: 0.8), .alive(before: 0.9, now: 0.6),
    ]
    let warning = LeavingWarning(outlook(0.8), reasons: known)
    #expect(
      try warning.signals == [
        .noPurchase(0.8, days: 90), .spending(spend(before: 100, now: 20)), .complaints(2),
        .alive(before: 0.9, now: 0.6),
      ])
    #expect(LeavingWarning(outlook(0.1), reasons: known).signals.isEmpty)
  }

  @Test func noNumberSpeaksForNothing() {
    #expect(level(outlook(.nan)) == .none)
    #expect(level(outlook(0.2, alive: .nan)) == .none)
  }

  @Test func levelsAreInOrder() {
    #expect(LeavingWarning.Level.allCases.sorted() == [.none, .watch, .leaving, .left])
  }

  @Test func spendingOfTwoStretchesOfTheSameLength() throws {
    // As of day 730, stretches of 365: (0, 365] and (365, 730].
    let change = try #require(
      SpendChange(
        [(0, 900), (1, 100), (200, 100), (365, 200), (366, 50), (730, 50), (731, 900)], asOf: 730))
    #expect(change.before == 400)
    #expect(change.now == 100)
    #expect(change.fall == 0.75)
  }

  @Test func tooLittleToCompare() {
    let days = [(day: 1, amount: Int64(5)), (1, 5), (2, 5), (15, 5)]
    #expect(SpendChange(days, asOf: 20, window: 10) == nil)
    #expect(SpendChange(days, asOf: 20, window: 10, leastDays: 2)?.before == 15)
    #expect(SpendChange(days, asOf: 20, window: 0, leastDays: 0) == nil)
    #expect(SpendChange([(1, 5), (2, -5), (3, 0)], asOf: 20, window: 10) == nil)
    #expect(SpendChange([], asOf: .min, window: .max, leastDays: -1) == nil)
  }

  private func spend(before: Int64, now: Int64) throws -> SpendChange {
    try #require(SpendChange([(5, before), (15, now)], asOf: 20, window: 10, leastDays: 1))
  }

  private func rhythm(present: Int) throws -> Rhythm {
    let gaps = try #require(PurchaseGaps(purchaseDays: [0, 10, 20, 30], asOf: 30 + present))
    return try Rhythm(gaps, among: #require(RhythmPopulation([gaps])))
  }
}
