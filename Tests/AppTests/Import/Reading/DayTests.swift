import Testing

@testable import App

@Suite struct DayTests {
  @Test(arguments: [
    ("2020-02-21", "2020-02-21"), ("2020/2/1", "2020-02-01"), ("2020.2.1", "2020-02-01"),
    ("2020 2 1", "2020-02-01"),
    ("2020年2月1日", "2020-02-01"), ("2020年2月1号", "2020-02-01"), ("２０２０－０２－０１", "2020-02-01"),
    ("20200201", "2020-02-01"), ("2020-02-21 23:59:54", "2020-02-21"),
    ("2020-02-21T23:59:54.123Z", "2020-02-21"),
    ("20200221235954", "2020-02-21"), ("202002212359", "2020-02-21"), ("20200221 23:59", "2020-02-21"),
    ("2020/2/1 9:05", "2020-02-01"), ("2020年2月1日 下午3:05", "2020-02-01"), ("2020年2月1日星期六", "2020-02-01"),
    ("2020年2月1日9时5分", "2020-02-01"), ("43882", "2020-02-21"), ("43882.75", "2020-02-21"),
    ("25569", "1970-01-01"),
    ("12-Jan-2020", "2020-01-12"), ("Jan 12, 2020", "2020-01-12"), ("12 January 2020", "2020-01-12"),
    ("12Jan2020", "2020-01-12"), ("12-Jan-20", "2020-01-12"), ("2020-Jan-12", "2020-01-12"),
    ("January 1st, 1999", "1999-01-01"), ("Sat, 01 Feb 2020 10:00:00 GMT", "2020-02-01"),
    ("Sept 3, 2021", "2021-09-03"),
    ("2020-02-29", "2020-02-29"), ("2000-02-29", "2000-02-29"), ("20-2-1", "2020-02-01"),
    ("99/12/31", "1999-12-31"),
    ("2024年3月5日 下午3点", "2024-03-05"), ("2024.03.05", "2024-03-05"), ("２０２４．０３．０５", "2024-03-05"),
    ("2024年3月5日(火)", "2024-03-05"), ("2024/03/05(二)", "2024-03-05"), ("2024-03-05（周二）", "2024-03-05"),
    ("2024年3月4日(月)", "2024-03-04"), ("2024年3月4日 月曜日", "2024-03-04"), ("民国113年3月5日", "2024-03-05"),
    ("令和6年3月5日", "2024-03-05"), ("平成元年2月1日", "1989-02-01"), ("2024年3月5日 晚上8点", "2024-03-05"),
    ("1/15/2013", "2013-01-15"), ("2/1/2020 3:05:00 PM", "2020-02-01"), ("2020-02-21 23:59:60", "2020-02-21"),
  ]) func days(text: String, iso: String) throws {
    #expect(try ParsedDay.parse(text).iso == iso)
  }

  @Test(arguments: [
    "2020-02-30", "2019-02-29", "1900-02-29", "2020-13-01", "2020-00-10", "0000-00-00", "20201301",
    "2020/4/31", "1/32/2020",
    "1799-12-31", "9999-12-31",
  ]) func impossible(text: String) {
    #expect(throws: ValueProblem(.impossibleDate(text))) { try ParsedDay.parse(text) }
  }

  @Test(arguments: [
    "x", "2020", "2020-02", "2020年2月", "12:30", "2020-02-01 foo", "2020-02-01 25:00", "2020-02-01 10", "1-2",
    "200201",
    "Foo 12, 2020", "1234567", "2020-02-01-05", "Jan Feb 2020", "昨天", "1582214400", "13:00 PM",
    "2020-02-01 13:00 PM",
  ]) func notDates(text: String) {
    #expect(throws: ValueProblem(.notADate(text))) { try ParsedDay.parse(text) }
  }

  @Test func blank() {
    #expect(throws: ValueProblem(.blank)) { try ParsedDay.parse(" \u{3000}") }
  }

  @Test(
    arguments: [
      ("2020-02-21 23:59:54", 86_394, nil), ("2020-02-21T00:00:00Z", 0, 0), ("2020-02-21", nil, nil),
      ("2020-02-21T10:00+08:00", 36_000, 28_800), ("2020-02-21 10:00 -0530", 36_000, -19_800),
      ("43882.5", 43_200, nil),
      ("2020-02-21 12:30 AM", 1_800, nil), ("2020-02-21 12:30 PM", 45_000, nil),
      ("2020年2月21日 下午3时5分", 54_300, nil), ("2024年3月5日 下午3点", 54_000, nil), ("2024年3月5日 凌晨12点5分", 300, nil),
      ("2024年3月5日 午後3時5分", 54_300, nil), ("2024年3月5日 中午12点", 43_200, nil),
    ] as [(String, Int?, Int?)]) func times(text: String, second: Int?, offset: Int?) throws
  {
    let day = try ParsedDay.parse(text)
    #expect(day.second == second)
    #expect(day.offset == offset)
  }

  @Test func instantsFallOnTheLocalDay() throws {
    let shanghai = 8 * 3600
    #expect(try ParsedDay.parse("2020-02-21T23:59:54Z").local(toOffset: shanghai).iso == "2020-02-22")
    #expect(try ParsedDay.parse("2020-03-01T01:00:00+08:00").local(toOffset: 0).iso == "2020-02-29")
    #expect(try ParsedDay.parse("2020-02-21T08:00:00Z").local(toOffset: shanghai).second == 57_600)
    #expect(try ParsedDay.parse("2020-02-21 23:59:54").local(toOffset: shanghai).iso == "2020-02-21")
  }

  @Test(
    arguments: [
      ("05.03.2024", true, false), ("5.3.24", true, true), ("5. 3. 2024", true, false), ("5/3/24", false, true),
      ("2024-03-05", false, false), ("2024.03.05", true, false), ("5 Mar 24", false, true), ("20240305", false, false),
      ("2024-03-05 10:00:00.5", false, false), ("43882.5", false, false),
    ] as [(String, Bool, Bool)]) func howItIsWritten(text: String, isDotted: Bool, hasShortYear: Bool) throws
  {
    let day = try DayText(text)
    #expect(day.isDotted == isDotted)
    #expect(day.hasShortYear == hasShortYear)
  }

  @Test(arguments: ["民国", "令和x年3月5日", "2024年3月5日(甲)", "-", "--", "月曜日"]) func wordsAloneAreNoDates(text: String) {
    #expect(throws: ValueProblem(.notADate(text))) { try ParsedDay.parse(text) }
  }

  @Test func orderOfAColumn() throws {
    typealias Decision = DayOrder.Decision
    let american = ["1/2/2013", "1/15/2013", "3/3/2013"]
    #expect(DayOrder.decide(american, preferring: .dayFirst) == Decision(order: .monthFirst, isCertain: true))
    #expect(
      DayOrder.decide(["15/1/2013", "1/2/2013"], preferring: .monthFirst)
        == Decision(order: .dayFirst, isCertain: true))
    #expect(
      DayOrder.decide(["1/2/2013"], preferring: .dayFirst) == Decision(order: .dayFirst, isCertain: false))
    #expect(
      DayOrder.decide(["1/2/2013"], preferring: .yearFirst) == Decision(order: .monthFirst, isCertain: false))
    #expect(
      DayOrder.decide(["85-3-12", "20-1-30"], preferring: .monthFirst)
        == Decision(order: .yearFirst, isCertain: true))
    #expect(
      DayOrder.decide(["2020-01-30", "x", ""], preferring: .dayFirst)
        == Decision(order: .dayFirst, isCertain: true))
    #expect(try ParsedDay.parse("3/4/2020", order: .dayFirst).iso == "2020-04-03")
    #expect(try ParsedDay.parse("3/4/2020", order: .monthFirst).iso == "2020-03-04")
    #expect(try ParsedDay.parse("3/4/20", order: .yearFirst).iso == "2003-04-20")
  }

  @Test func everyDayThereAndBack() {
    for number in -62_000...376_000 {
      guard let day = ParsedDay(daysSince1970: number) else {
        Issue.record("no day \(number)")
        return
      }
      if day.daysSince1970 != number { Issue.record("\(number) became \(day.iso)") }
    }
    #expect(ParsedDay(daysSince1970: 18_262)?.iso == "2020-01-01")
    #expect(ParsedDay(daysSince1970: Int.max) == nil)
  }
}
