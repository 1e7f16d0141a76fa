import Analytics
import Testing

struct RepeatRateTests {
  @Test func whoHasHadNoTimeYetIsCountedOnlySoLong() throws {
    // As of day 100. Back after 10 and 30 days; not back in 100; new on day 95; not yet begun.
    let rate = RepeatRate(
      [
        .init(first: 0, second: 10), .init(first: 20, second: 50), .init(first: 0, second: nil),
        .init(first: 95, second: nil), .init(first: 101, second: 102),
      ], asOf: 100)
    #expect(rate.buyers == 4)
    #expect(rate.repeated == 2)
    #expect(rate.plainShare == 0.5)
    #expect(rate.share(within: 9) == 0)
    // The newcomer of 5 days is out before anybody comes back: 1 of 3, then 1 of 2.
    let ten = try #require(rate.share(within: 10))
    let thirty = try #require(rate.share(within: 30))
    #expect(abs(ten - 1.0 / 3) < 1e-12)
    #expect(abs(thirty - 2.0 / 3) < 1e-12)
    #expect(rate.median == 30)
    #expect(rate.share(within: 101) == nil)
  }

  @Test func aSecondOrderAfterTheAsOfDayHasNotHappened() {
    let rate = RepeatRate([.init(first: 0, second: 30)], asOf: 29)
    #expect(rate.repeated == 0)
    #expect(rate.share(within: 29) == 0)
    #expect(rate.median == nil)
    #expect(RepeatRate([.init(first: 0, second: 30)], asOf: 30).median == 30)
  }

  @Test func nobodyAndTheEndsOfTheNumberLine() {
    #expect(RepeatRate([], asOf: 0).plainShare == nil)
    #expect(RepeatRate([.init(first: .min, second: .max)], asOf: .max).median == .max)
  }
}
