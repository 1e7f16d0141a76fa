import Foundation
import Testing

@testable import Analytics

struct SeasonalClockTests {
  @Test func theCalendarWhereTwoYearsAreNotKnown() {
    let young = SeasonalClock(book(days: 700) { _ in 20 }, asOf: 699)
    #expect(young == .calendar)
    #expect(young.time(12) - young.time(-7) == 19)
    #expect(SeasonalClock([], asOf: 0) == .calendar)
    // First purchases tell nothing of when customers buy.
    let first = (0..<1_500).map { PurchaseDays(days: [$0], amounts: [1]) }
    #expect(SeasonalClock(first, asOf: 1_499) == .calendar)
  }

  /// Between 4 and 36 purchases a day; the firm grows by half in three years, which is no season.
  @Test func findsTheSeason() {
    let level = { (day: Int) in 1 + 0.8 * sin(2 * .pi * Double(day) / 364) }
    let today = 3 * 364 - 1
    let clock = SeasonalClock(
      book(days: today + 1) { Int((20 * level($0) * (1 + Double($0) / 2_184)).rounded()) }, asOf: today)
    for start in stride(from: 0, to: 364, by: 28) {
      let expected = (start + 1...start + 28).reduce(0) { $0 + level($1) }
      // As far as a month's mean tells of a day's level.
      expect([clock.time(today + start + 28) - clock.time(today + start)], near: [expected], absolute: 1.5)
    }
    expect([clock.time(today + 500) - clock.time(today + 136)], near: [364], absolute: 1e-9)
    expect([clock.time(-5) - clock.time(-5 - 7 * 364)], near: [7 * 364], absolute: 1e-9)
  }

  @Test func timeNeverGoesBackAndNoDayTraps() {
    let clock = SeasonalClock(book(days: 800) { $0 % 364 < 100 ? 9 : 0 }, asOf: 799)
    #expect(clock != .calendar)
    for day in -400..<1_600 { #expect(clock.time(day) <= clock.time(day + 1)) }
    #expect(clock.time(.min) < clock.time(.max))
  }

  /// Purchases at random moments: the clock strays from the calendar by less than they do.
  @Test func chanceIsNoSeason() {
    var random = SplitMix(state: 11)
    let customers = book(days: 3 * 364) { _ in
      // Five on average.
      (0..<10).count { _ in random.uniform() < 0.5 }
    }
    let clock = SeasonalClock(customers, asOf: 3 * 364 - 1)
    for start in stride(from: 0, to: 364, by: 91) {
      expect([clock.time(start + 91) - clock.time(start)], near: [91], absolute: 3)
    }
  }

  /// A firm with so many repeat purchases on each day, after a first one by everybody.
  private func book(days: Int, _ count: (Int) -> Int) -> [PurchaseDays] {
    var customers = [[Int]](repeating: [-1], count: 60)
    for day in 0..<days {
      for customer in 0..<count(day) { customers[customer].append(day) }
    }
    return customers.map { PurchaseDays(days: $0, amounts: $0.map { _ in 1 }) }
  }
}
