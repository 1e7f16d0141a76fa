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
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
    guard self.month == month else { return nil }
  }

  /// Reads `YYYY-MM-DD`.
  public init?(_ iso: some StringProtocol) {
    let parts = iso.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard iso.utf8.count == 10, parts.count == 3, parts[0].count == 4, parts[1].count == 2 else { return nil }
    let numbers = parts.map { part in
      part.reduce(0 as Int?) { sum, byte in
        guard let sum, (48...57).contains(byte) else { return nil }
        return sum * 10 + Int(byte - 48)
      }
    }
    guard let year = numbers[0], let month = numbers[1], let day = numbers[2] else { return nil }
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
    let digits = [
      year / 1000, year / 100 % 10, year / 10 % 10, year % 10, month / 10, month % 10, day / 10, day % 10,
    ]
    var bytes = digits.map { UInt8(48 + $0) }
    bytes.insert(UInt8(ascii: "-"), at: 6)
    bytes.insert(UInt8(ascii: "-"), at: 4)
    return String(decoding: bytes, as: UTF8.self)
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
