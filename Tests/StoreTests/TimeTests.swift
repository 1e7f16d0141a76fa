import Foundation
import Store
import Testing

struct DayTests {
  @Test func agreesWithTheCalendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let first = try #require(Day("1900-01-01")), last = try #require(Day("2100-12-31"))
    for number in first.number...last.number {
      let day = Day(number: number)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(number) * 86400))
      let weekday = ((parts.weekday ?? 0) + 5) % 7 + 1
      guard day.year == parts.year, day.month == parts.month, day.day == parts.day, day.weekday == weekday
      else {
        return #expect(Bool(false), "\(day) is \(parts)")
      }
      guard Day(year: day.year, month: day.month, day: day.day) == day, Day(day.description) == day else {
        return #expect(Bool(false), "\(day) does not come back")
      }
    }
    #expect(last.days(since: first) == 73_413)
  }

  @Test(arguments: [
    "", "2024-2-29", "2023-02-29", "2100-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-04-31",
    "0000-01-01",
    "2024-01-1x", "20240101", "２０２４-01-01", "2024-01-01 ", "-024-01-01", "2024/01/01", "2024--1-01",
    "----------",
  ])
  func refusesOtherTexts(_ text: String) { #expect(Day(text) == nil) }

  @Test func staysWithinItsCalendar() {
    #expect(Day(number: .min).description == "0001-01-01")
    #expect(Day(number: .max).description == "9999-12-31")
    #expect(Day(number: 0).adding(days: .max).description == "9999-12-31")
    #expect(Day(number: 0).adding(days: .min).description == "0001-01-01")
    #expect(Day("2024-02-29").map { $0.adding(days: 366).description } == "2025-03-01")
    #expect(Day(year: .max, month: 1, day: 1) == nil)
    #expect(Day(year: 2024, month: .min, day: .max) == nil)
  }
}

struct InstantTests {
  @Test(arguments: [
    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Africa/Cairo", "Asia/Beirut", "Pacific/Apia", "America/Santiago",
  ])
  func agreesWithTheCalendarOfAZone(_ name: String) throws {
    let zone = try #require(TimeZone(identifier: name))
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let first = try #require(Day("1985-01-01"))
    for number in first.number..<first.number + 15_000 {
      let day = Day(number: number)
      let noon = try #require(
        calendar.date(from: DateComponents(year: day.year, month: day.month, day: day.day, hour: 12)))
      guard Instant(milliseconds: Int64(noon.timeIntervalSince1970) * 1000).day(in: zone) == day else {
        continue
      }
      let start = calendar.startOfDay(for: noon)
      let ours = Instant(startOf: day, in: zone)
      guard ours.milliseconds == Int64(start.timeIntervalSince1970) * 1000 else {
        return #expect(Bool(false), "\(day) in \(name) starts at \(ours), expected \(start)")
      }
      guard ours.day(in: zone) == day, Instant(milliseconds: ours.milliseconds - 1).day(in: zone) < day else {
        return #expect(Bool(false), "\(ours) is not the first of \(day) in \(name)")
      }
    }
  }

  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-11-22T07:15:00Z", 1_795_331_700_000),
      ("1969-12-31T23:59:59.999Z", -1),
      ("2026-11-22T15:15:00+08:00", 1_795_331_700_000), ("2026-11-22T02:45:00.5-0430", 1_795_331_700_500),
      ("2026-11-22 07:15:00.123456Z", 1_795_331_700_123),
    ] as [(String, Int64)])
  func readsISO(_ text: String, _ milliseconds: Int64) throws {
    let instant = try #require(Instant(text))
    #expect(instant.milliseconds == milliseconds)
    #expect(Instant(instant.description) == instant)
  }

  @Test(arguments: [
    "", "2026-11-22", "2026-11-22T07:15:00", "2026-13-22T07:15:00Z", "2026-11-22T24:00:00Z",
    "2026-11-22T07:60:00Z",
    "2026-11-22T07:15:60Z", "2026-02-30T07:15:00Z", "2026-11-22T07:15:00.Z", "x2026-11-22T07:15:00Z",
  ])
  func refusesOtherTexts(_ text: String) { #expect(Instant(text) == nil) }

  @Test func staysWithinItsCalendar() throws {
    #expect(Instant(milliseconds: .min).description == "0001-01-01T00:00:00Z")
    #expect(Instant(milliseconds: .max).description == "9999-12-31T23:59:59.999Z")
    #expect(Instant.now().adding(seconds: .max) == Instant(milliseconds: .max))
    #expect(Instant.now().adding(seconds: .min) == Instant(milliseconds: .min))
    let shanghai = try #require(TimeZone(identifier: "Asia/Shanghai"))
    #expect(Instant(milliseconds: .max).day(in: shanghai) == Day("9999-12-31"))
    #expect(Instant(startOf: Day(number: .min), in: shanghai) == Instant(milliseconds: .min))
  }

  @Test func keepsMillisecondsInJSON() throws {
    let instants = [
      Instant.now(), Instant(milliseconds: 1), Instant(milliseconds: -1), Instant(milliseconds: 12_050),
    ]
    #expect(try JSONDecoder().decode([Instant].self, from: JSONEncoder().encode(instants)) == instants)
  }
}
