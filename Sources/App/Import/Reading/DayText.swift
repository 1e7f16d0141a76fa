/// The three parts of a date as written, before it is decided which is the day.
struct DayText: Equatable, Sendable {
  enum Part: Equatable, Sendable {
    case number(Int, digits: Int)
    case monthName(Int)
  }

  var parts: [Part] = []
  var time = DayTime()
  /// The parts are parted by points, as `5.3.2024`.
  var isDotted = false

  init(_ raw: String) throws(ValueProblem) {
    guard let text = Self.ascii(raw) else { throw ValueProblem(.notADate(raw)) }
    if text.isEmpty { throw ValueProblem(raw.trimmed.isEmpty ? .blank : .notADate(raw)) }
    guard text.count <= 60, readCompact(text) || read(text) else { throw ValueProblem(.notADate(raw)) }
  }

  /// Only digits, and the year is not the first part, or not told by four digits.
  var needsOrder: Bool {
    !parts.contains { if case .monthName = $0 { true } else { false } } && Self.length(parts.first) != 4
  }

  var hasLongYear: Bool {
    parts.contains { Self.length($0) == 4 }
  }

  var hasShortYear: Bool { parts.count == 3 && !hasLongYear }

  var couldBeDay: Bool {
    DayOrder.allCases.contains { day($0) != nil }
  }

  func day(_ order: DayOrder) -> ParsedDay? {
    guard parts.count == 3 else { return nil }
    let (year, month, day) = arranged(order)
    guard case .number(let written, let digits) = year, case .number(let dayNumber, 1...2) = day else {
      return nil
    }
    let monthNumber: Int
    switch month {
    case .monthName(let named): monthNumber = named
    case .number(let number, 1...2): monthNumber = number
    case .number: return nil
    }
    let full = digits == 4 ? written : written + (written < 69 ? 2000 : 1900)
    var result = ParsedDay(year: full, month: monthNumber, day: dayNumber)
    result?.second = time.second
    result?.offset = time.offset
    return result
  }

  private func arranged(_ order: DayOrder) -> (year: Part, month: Part, day: Part) {
    let (first, second, third) = (parts[0], parts[1], parts[2])
    if Self.length(first) == 4 { return (first, second, third) }
    if case .monthName = first { return (third, first, second) }
    if case .monthName = second { return (third, second, first) }
    switch order {
    case .yearFirst where Self.length(third) != 4: return (first, second, third)
    case .yearFirst, .monthFirst: return (third, first, second)
    case .dayFirst: return (third, second, first)
    }
  }

  private static func length(_ part: Part?) -> Int {
    if case .number(_, let digits) = part { digits } else { 0 }
  }
}

extension ParsedDay {
  /// A date as people and programs write it, read in the order that was decided for its column.
  static func parse(_ text: String, order: DayOrder = .yearFirst) throws(ValueProblem) -> ParsedDay {
    if let plain = plain(text) { return plain }
    guard let day = try DayText(text).day(order) else { throw ValueProblem(.impossibleDate(text)) }
    return day
  }

  /// What programs write and so most files hold: `2020-02-21`, `2020-02-21 23:59:54`.
  private static func plain(_ text: String) -> ParsedDay? {
    let found = text.utf8.withContiguousStorageIfAvailable { bytes -> ParsedDay? in
      guard bytes.count == 10 || (bytes.count == 19 && bytes[10] == 0x20), bytes[4] == 0x2D, bytes[7] == 0x2D,
        let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
        var result = ParsedDay(year: year, month: month, day: day)
      else { return nil }
      if bytes.count == 10 { return result }
      guard bytes[13] == 0x3A, bytes[16] == 0x3A, let hour = number(bytes[11..<13]), hour < 24,
        let minute = number(bytes[14..<16]), minute < 60, let second = number(bytes[17..<19]), second < 60
      else { return nil }
      result.second = hour * 3600 + minute * 60 + second
      return result
    }
    return found ?? nil
  }

  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    digits.allSatisfy(\.isDigit) ? digits.decimal : nil
  }
}
