import Analytics
import Testing

struct LeavingWarningTests {
  private typealias Signal = LeavingWarning.Signal

  @Test func eachSignalByItself() throws {
    #expect(level(.complaints(0)) == .none)
    #expect(level(.complaints(9)) == .watch)
    #expect(level(.alive(before: 0.95, now: 0.8)) == .none)
    #expect(level(.alive(before: 0.95, now: 0.7)) == .watch)
    #expect(level(.alive(before: nil, now: 0.7)) == .none)
    #expect(level(.alive(before: nil, now: 0.49)) == .leaving)
    #expect(level(.alive(before: 0.05, now: 0.09)) == .left)
    #expect(try level(.spending(spend(before: 100, now: 71))) == .none)
    #expect(try level(.spending(spend(before: 100, now: 70))) == .watch)
    #expect(try level(.spending(spend(before: 100, now: 39))) == .leaving)
    #expect(try level(.spending(spend(before: 100, now: -5))) == .leaving)
  }

  @Test func overdueByOwnRhythm() throws {
    // Every ten days, as everybody does: late from the eleventh day, and never more than leaving.
    #expect(try level(.overdue(rhythm(present: 10))) == .none)
    #expect(try level(.overdue(rhythm(present: 11))) == .leaving)
    #expect(try level(.overdue(rhythm(present: 9_999))) == .leaving)
    var strict = LeavingWarning.Rule()
    strict.lateLeaving = 2
    #expect(try LeavingWarning([.overdue(rhythm(present: 51))], rule: strict).level == .watch)
  }

  @Test func twoSignalsForWatchMakeLeaving() throws {
    let fell = Signal.alive(before: 0.9, now: 0.6)
    let warning = LeavingWarning([.complaints(1), fell])
    #expect(warning.level == .leaving)
    #expect(warning.signals == [.complaints(1), fell])
    #expect(LeavingWarning([.complaints(1), .alive(before: 0.9, now: 0.9)]).level == .watch)
    #expect(LeavingWarning([.complaints(1), fell, .alive(before: nil, now: 0.01)]).level == .left)
  }

  @Test func onlyWhatAlarmsIsGivenAsAReason() throws {
    let warning = try LeavingWarning([
      .overdue(rhythm(present: 0)), .spending(spend(before: 100, now: 20)), .complaints(0),
    ])
    #expect(warning.level == .leaving)
    #expect(try warning.signals == [.spending(spend(before: 100, now: 20))])
    #expect(LeavingWarning([]).level == .none)
  }

  @Test func noNumberSpeaksForNothing() {
    #expect(level(.alive(before: .nan, now: .nan)) == .none)
    #expect(level(.alive(before: .nan, now: 0.9)) == .none)
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

  private func level(_ signal: Signal) -> LeavingWarning.Level { LeavingWarning([signal]).level }

  private func spend(before: Int64, now: Int64) throws -> SpendChange {
    try #require(SpendChange([(5, before), (15, now)], asOf: 20, window: 10, leastDays: 1))
  }

  private func rhythm(present: Int) throws -> Rhythm {
    let gaps = try #require(PurchaseGaps(purchaseDays: [0, 10, 20, 30], asOf: 30 + present))
    return try Rhythm(gaps, among: #require(RhythmPopulation([gaps])))
  }
}
