import Foundation
import Store
import Testing

@testable import App

@Suite struct BackupRetentionTests {
  private static let zone = TimeZone(identifier: "Asia/Shanghai") ?? .gmt

  private static func moment(_ text: String) throws -> Instant { try #require(Instant("\(text):00+08:00"), "\(text)") }

  private static func kept(_ moments: [String], _ retention: BackupRetention = .init()) throws -> [String] {
    let found = retention.kept(of: try moments.map(moment), in: zone)
    return try moments.filter { found.contains(try moment($0)) }
  }

  @Test func nothingAndOne() throws {
    #expect(try Self.kept([]) == [])
    #expect(try Self.kept(["2020-01-01T02:00"]) == ["2020-01-01T02:00"])
  }

  @Test func ofADayTheNewest() throws {
    let day = ["2026-11-22T02:00", "2026-11-22T23:59", "2026-11-22T12:00"]
    #expect(try Self.kept(day) == ["2026-11-22T23:59"])
    // Midnight is the firm's.
    let night = ["2026-11-21T23:59", "2026-11-22T00:00"]
    #expect(try Self.kept(night) == night)
  }

  @Test func sevenDaysThenWeeksThenMonths() throws {
    let daily = (0..<60).map { days in Day("2026-11-22").map { "\($0.adding(days: -days))T02:00" } ?? "" }
    // 22 November is a Sunday: weeks end on the 22nd, 15th, 8th and 1st, months on their last days.
    let week = (16...22).reversed().map { "2026-11-\($0)T02:00" }
    let expected =
      week + ["2026-11-15T02:00", "2026-11-08T02:00", "2026-11-01T02:00", "2026-10-31T02:00", "2026-09-30T02:00"]
    #expect(try Self.kept(daily) == expected)
  }

  /// Days without any do not count: after a pause the older ones are all the more needed.
  @Test func pausesDoNotUseThemUp() throws {
    let moments = ["2026-11-22T02:00", "2026-03-01T02:00", "2026-02-28T02:00", "2025-01-05T02:00"]
    #expect(try Self.kept(moments) == moments)
  }

  @Test func theNewestStaysWhateverTheRule() throws {
    let none = BackupRetention(days: 0, weeks: 0, months: 0)
    #expect(try Self.kept(["2026-11-20T02:00", "2026-11-22T02:00", "2026-11-21T02:00"], none) == ["2026-11-22T02:00"])
  }

  @Test func monthsOfOneYearAndTheNext() throws {
    let monthly = (0..<20).map {
      String(format: "%04d-%02d-15T02:00", 2026 - ($0 > 10 ? 1 : 0), $0 > 10 ? 23 - $0 : 11 - $0)
    }
    .filter { !$0.contains("-00-") }
    let kept = try Self.kept(monthly)
    #expect(kept == Array(monthly.prefix(12)))
  }

  /// Three years of a backup a night, each followed by a clearing: what a firm goes back to is always there.
  @Test(arguments: [0, 1, 5]) func nightAfterNight(_ missed: Int) throws {
    var there: Set<Instant> = []
    let start = try #require(Day("2024-01-01"))
    for number in 0..<1_100 {
      let day = start.adding(days: number)
      if missed > 0, number % 7 < missed { continue }
      let new = Instant(startOf: day, in: Self.zone).adding(seconds: 7_200)
      let before = there
      there = BackupRetention().kept(of: Array(there.union([new])), in: Self.zone)
      #expect(there.contains(new) && there.count <= 7 + 4 + 12)
      // Only what a newer one of its day, week or month stands for is let go.
      #expect(before.subtracting(there).allSatisfy { $0 < new.adding(seconds: -6 * 86_400) })
      guard number > 400 else { continue }
      let months = Set(there.map { $0.day(in: Self.zone).firstOfMonth })
      #expect((0..<11).allSatisfy { months.contains(Self.month(day, back: $0)) }, "\(day)")
    }
  }

  private static func month(_ day: Day, back months: Int) -> Day {
    (0..<months).reduce(day.firstOfMonth) { first, _ in first.adding(days: -1).firstOfMonth }
  }
}
