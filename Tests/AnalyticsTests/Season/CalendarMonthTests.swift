import Analytics
import Foundation
import Testing

struct CalendarMonthTests {
  @Test func daysOfMonths() throws {
    func days(_ year: Int, _ month: Int) throws -> Int { try #require(CalendarMonth(year: year, month: month)).days }
    #expect(try days(2023, 2) == 28 && days(2024, 2) == 29 && days(1900, 2) == 28 && days(2000, 2) == 29)
    #expect(try (1...12).map { try days(2023, $0) } == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    #expect(try days(9999, 12) == 31 && days(1, 1) == 31)
    #expect(CalendarMonth(year: 2023, month: 13) == nil && CalendarMonth(year: 0, month: 1) == nil)
  }

  /// Month by month through all years: each begins where the one before ends.
  @Test func monthsFollowEachOther() throws {
    let first = try #require(CalendarMonth(year: 1, month: 1))
    var day = -719_162
    for index in 0..<(9999 * 12) {
      let month = first.advanced(by: index)
      guard month.firstDay == day, CalendarMonth(containing: day) == month,
        CalendarMonth(containing: day + month.days - 1) == month, month.months(since: first) == index
      else {
        Issue.record("\(month)")
        return
      }
      day += month.days
    }
    #expect(day == 2_932_897)
    #expect(CalendarMonth(containing: 0) == CalendarMonth(year: 1970, month: 1))
    #expect(CalendarMonth(containing: .max) == CalendarMonth(year: 9999, month: 12))
    #expect(CalendarMonth(containing: .min) == first && first.advanced(by: .min) == first)
  }

  @Test func storedMonthsAreChecked() throws {
    let decoder = JSONDecoder()
    let month = try decoder.decode(CalendarMonth.self, from: Data(#"{"year": 2024, "month": 2}"#.utf8))
    #expect(month.days == 29)
    #expect(throws: DecodingError.self) {
      try decoder.decode(CalendarMonth.self, from: Data(#"{"year": 2024, "month": 0}"#.utf8))
    }
  }
}
