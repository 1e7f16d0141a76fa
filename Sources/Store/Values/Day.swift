/// A calendar day, without a time or a zone. `YYYY-MM-DD` in columns, JSON and URLs.
///
/// Proleptic Gregorian, years 1 to 9999. Conversions follow H. Hinnant, "chrono-Compatible Low-Level
/// Date Algorithms" (2013), `days_from_civil` and `civil_from_days`.
public struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  public let number: Int

  public init(number: Int) { self.number = min(max(number, -719_162), 2_932_896) }

  /// Nil when the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    guard day <= (month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31) else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  /// Reads `YYYY-MM-DD`; nil for anything else.
  public init?(_ iso: Substring) { self.init(String(iso)) }

  public init?(_ iso: String) {
    var (place, year, month, day) = (0, 0, 0, 0)
    for byte in iso.utf8 {
      let digit = Int(byte) - 48
      switch place {
      case 4, 7: guard byte == UInt8(ascii: "-") else { return nil }
      case _ where !(0...9).contains(digit): return nil
      case ..<4: year = year * 10 + digit
      case ..<7: month = month * 10 + digit
      case ..<10: day = day * 10 + digit
      default: return nil
      }
      place += 1
    }
    guard place == 10 else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private var civil: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  public var year: Int { civil.year }
  public var month: Int { civil.month }
  /// Day of the month, 1…31.
  public var day: Int { civil.day }
  /// 1 Monday … 7 Sunday.
  public var weekday: Int { ((number + 3) % 7 + 7) % 7 + 1 }

  /// The first day of its week, and of its month.
  public var monday: Day { adding(days: 1 - weekday) }
  public var firstOfMonth: Day { adding(days: 1 - day) }

  public func adding(days: Int) -> Day {
    let (sum, overflow) = number.addingReportingOverflow(days)
    return Day(number: overflow ? (days > 0 ? .max : .min) : sum)
  }

  /// Whole days from another day to this one; negative when this one is earlier.
  public func days(since other: Day) -> Int { number - other.number }

  public static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}

extension Day: LosslessStringConvertible {
  public var description: String {
    let (year, month, day) = civil
    return String(unsafeUninitializedCapacity: 10) { bytes in
      func write(_ number: Int, endingAt end: Int, _ digits: Int) {
        var rest = number
        for place in 0..<digits {
          bytes[end - place] = UInt8(48 + rest % 10)
          rest /= 10
        }
      }
      write(year, endingAt: 3, 4)
      write(month, endingAt: 6, 2)
      write(day, endingAt: 9, 2)
      (bytes[4], bytes[7]) = (UInt8(ascii: "-"), UInt8(ascii: "-"))
      return 10
    }
  }
}

extension Day: Bindable {
  public var value: Value { .text(description) }
  public init?(value: Value) {
    guard case .text(let text) = value else { return nil }
    self.init(text)
  }
}

extension Day: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let day = Day(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\"\(text)\" is not a day (YYYY-MM-DD)"))
    }
    self = day
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
