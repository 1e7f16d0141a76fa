/// A calendar day out of a cell, with its time of day and offset from UTC where the cell told them.
struct ParsedDay: Equatable, Sendable {
  let year: Int
  let month: Int
  let day: Int
  /// Seconds since midnight.
  var second: Int?
  /// Seconds east of Greenwich, known when the time ends in `Z` or `+08:00`.
  var offset: Int?

  /// Nil for a day that does not exist or lies outside 1800-2999, where nobody trades and mistypings live.
  init?(year: Int, month: Int, day: Int) {
    guard (1800...2999).contains(year), (1...12).contains(month), day >= 1, day <= Self.length(year, month)
    else {
      return nil
    }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// `YYYY-MM-DD`.
  var iso: String {
    Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2)
  }

  /// The day it was in a place `seconds` east of Greenwich. A cell without an offset already means the local
  /// day.
  func local(toOffset seconds: Int) -> ParsedDay {
    guard let second, let offset else { return self }
    let moved = second + seconds - offset
    let days = moved >= 0 ? moved / 86_400 : -((86_399 - moved) / 86_400)
    var day = ParsedDay(daysSince1970: daysSince1970 + days) ?? self
    day.second = moved - days * 86_400
    day.offset = seconds
    return day
  }

  private static func length(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}

extension ParsedDay {
  /// Gregorian days counted from 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
  var daysSince1970: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  init?(daysSince1970 days: Int) {
    guard (-100_000...1_000_000).contains(days) else { return nil }
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * march + 2) / 5 + 1)
  }
}
