/// A month of the proleptic Gregorian calendar, years 1 to 9999.
///
/// Conversions follow H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
public struct CalendarMonth: Hashable, Comparable, Codable, Sendable {
  /// 1…9999.
  public let year: Int
  /// 1 January … 12 December.
  public let month: Int

  /// Nil when the calendar has no such month.
  public init?(year: Int, month: Int) {
    guard 1...9999 ~= year, 1...12 ~= month else { return nil }
    self.init(number: year * 12 + month - 1)
  }

  /// The month in which a day lies, by its number since 1970-01-01; the first or last month there is for days beyond.
  public init(containing day: Int) {
    let shifted = min(max(day, -719_162), 2_932_896) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    // Counted from March, so that the odd day of a leap year comes last.
    self.init(number: (era * 400 + yearOfEra) * 12 + (5 * dayOfYear + 2) / 153 + 2)
  }

  /// Day number of its first day.
  public var firstDay: Int { Self.firstDay(ofMonth: number) }

  /// 28…31.
  public var days: Int { Self.firstDay(ofMonth: number + 1) - firstDay }

  /// So many months later, or earlier; held at the first and last month there is.
  public func advanced(by months: Int) -> CalendarMonth {
    let (sum, overflow) = number.addingReportingOverflow(months)
    return CalendarMonth(number: overflow ? (months > 0 ? .max : .min) : sum)
  }

  /// Months from another to this one; negative when this one is earlier.
  public func months(since other: CalendarMonth) -> Int { number - other.number }

  public static func < (a: Self, b: Self) -> Bool { a.number < b.number }

  /// Months since January of the year 0.
  private var number: Int { year * 12 + month - 1 }

  private init(number: Int) {
    let held = min(max(number, 12), 9999 * 12 + 11)
    year = held / 12
    month = held % 12 + 1
  }

  private static func firstDay(ofMonth number: Int) -> Int {
    let (year, march) = ((number - 2) / 12, (number - 2) % 12)
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * march + 2) / 5 - 719_468
  }
}

extension CalendarMonth {
  /// - Throws: `DecodingError` where the calendar has no such month.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let year = try container.decode(Int.self, forKey: .year)
    let month = try container.decode(Int.self, forKey: .month)
    guard let valid = CalendarMonth(year: year, month: month) else {
      throw DecodingError.dataCorruptedError(forKey: .month, in: container, debugDescription: "no such month")
    }
    self = valid
  }
}
