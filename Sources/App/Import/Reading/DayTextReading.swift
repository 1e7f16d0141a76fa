extension DayText {
  /// Chinese and Japanese words of dates as ASCII signs; nil when something else than a date is written.
  static func ascii(_ raw: String) -> [UInt8]? {
    if raw.utf8.allSatisfy({ $0 < 0x80 && $0 > 0x1F }) { return trimmed(Array(raw.utf8)) }
    guard raw.utf8.count <= 200 else { return nil }
    var bytes: [UInt8] = []
    for scalar in withoutNames(raw.halfWidth).unicodeScalars {
      switch scalar {
      case "年", "月": bytes.append(0x2D)
      case "时", "時", "点", "點", "分": bytes.append(0x3A)
      // Weekdays say nothing new.
      case "日", "号", "號", "秒", "星", "期", "周", "週", "一", "二", "三", "四", "五", "六", "天": bytes.append(0x20)
      default:
        guard scalar.isASCII else { return nil }
        bytes.append(UInt8(scalar.value))
      }
    }
    return trimmed(bytes)
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.first == 0x20 || bytes.last == 0x20 else { return bytes }
    let blank: (UInt8) -> Bool = { $0 == 0x20 }
    return Array(bytes.drop(while: blank).reversed().drop(while: blank).reversed())
  }

  /// Halves of the day, weekdays in brackets or in Japanese, and years counted from an emperor or a republic.
  private static func withoutNames(_ raw: String) -> String {
    var text = raw
    for (word, sign) in words where text.contains(word) { text = text.replacing(word, with: sign) }
    if let bracket = text.firstMatch(of: /[(\[](周|週|星期)?[一二三四五六日天月火水木金土](曜日?)?[)\]]/) {
      text.replaceSubrange(bracket.range, with: " ")
    }
    for (era, before) in eras where text.hasPrefix(era) {
      let rest = text.dropFirst(era.count).drop { $0 == " " }
      let year = rest.hasPrefix("元年") ? "1" : rest.prefix { $0.isASCIIDigit }
      guard let number = Int(year), (1...200).contains(number) else { return text }
      return "\(before + number)" + rest.dropFirst(rest.hasPrefix("元年") ? 1 : year.count)
    }
    return text
  }

  private static let words =
    [("上午", "AM "), ("下午", "PM "), ("午前", "AM "), ("午後", "PM "), ("凌晨", "AM "), ("早上", "AM "), ("中午", "PM ")]
    + [("晚上", "PM ")] + "月火水木金土日".map { ("\($0)曜日", " ") }

  /// The year before the first of each.
  private static let eras = [
    ("中华民国", 1911), ("中華民國", 1911), ("民国", 1911), ("民國", 1911), ("令和", 2018), ("平成", 1988), ("昭和", 1925),
  ]

  /// `20200201`, `20200201235954`, and the day numbers of Excel: `43882`, `43882.75`.
  mutating func readCompact(_ text: [UInt8]) -> Bool {
    let digits = text.prefix { $0.isDigit }
    switch (digits.count, text.count) {
    case (8, 8), (12, 12), (14, 14):
      appendCompact(digits)
      return text.count == 8 || time.read(pairs: Array(text.dropFirst(8)))
    case (5, 5): return readSerial(digits, fraction: [])
    case (5, 7...) where text[5] == 0x2E && text.dropFirst(6).allSatisfy(\.isDigit):
      return readSerial(digits, fraction: text.dropFirst(6).prefix(9))
    default: return false
    }
  }

  private mutating func appendCompact(_ digits: ArraySlice<UInt8>) {
    let from = digits.startIndex
    parts.append(.number(digits.prefix(4).decimal, digits: 4))
    parts.append(.number(digits[(from + 4)..<(from + 6)].decimal, digits: 2))
    parts.append(.number(digits[(from + 6)..<(from + 8)].decimal, digits: 2))
  }

  /// Day 25569 is 1970-01-01.
  private mutating func readSerial(_ digits: ArraySlice<UInt8>, fraction: ArraySlice<UInt8>) -> Bool {
    guard let day = ParsedDay(daysSince1970: digits.decimal - 25_569) else { return false }
    parts = [.number(day.year, digits: 4), .number(day.month, digits: 2), .number(day.day, digits: 2)]
    if !fraction.isEmpty {
      var scale = 1
      for _ in fraction { scale *= 10 }
      time.second = min(86_399, (fraction.decimal * 86_400 + scale / 2) / scale)
    }
    return true
  }

  mutating func read(_ text: [UInt8]) -> Bool {
    parts = []
    var rest = text[...]
    var points = 0
    while parts.count < 3 {
      let gap = rest.prefix { $0.isDateSeparator }
      if gap.contains(0x2E) { points += 1 }
      rest = rest.dropFirst(gap.count)
      guard let next = rest.first else { return false }
      if next.isDigit {
        guard readNumber(&rest) else { return false }
      } else {
        let word = rest.prefix { $0.isLetter }
        rest = rest.dropFirst(word.count)
        guard readWord(word) else { return false }
      }
    }
    isDotted = points == 2
    rest = rest.drop { $0.isDateSeparator && $0 != 0x2D }
    return rest.isEmpty || time.read(rest)
  }

  private mutating func readNumber(_ rest: inout ArraySlice<UInt8>) -> Bool {
    let digits = rest.prefix { $0.isDigit }
    rest = rest.dropFirst(digits.count)
    switch digits.count {
    case 1, 2, 4: parts.append(.number(digits.decimal, digits: digits.count))
    case 8 where parts.isEmpty: appendCompact(digits)
    default: return false
    }
    let ordinal = String(decoding: rest.prefix(2), as: UTF8.self).lowercased()
    if ["st", "nd", "rd", "th"].contains(ordinal) { rest = rest.dropFirst(2) }
    return true
  }

  private mutating func readWord(_ word: ArraySlice<UInt8>) -> Bool {
    let word = String(decoding: word, as: UTF8.self).lowercased()
    guard word.utf8.count >= 3 else { return false }
    if Self.weekdays.contains(where: { $0.hasPrefix(word) }) { return true }
    let named = word == "sept" ? "sep" : word
    guard let month = Self.months.firstIndex(where: { $0.hasPrefix(named) }) else { return false }
    parts.append(.monthName(month + 1))
    return parts.count { if case .monthName = $0 { true } else { false } } == 1
  }

  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november",
    "december",
  ]
}

extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  fileprivate var isDateSeparator: Bool {
    switch self {
    case 0x20, 0x2C, 0x2D, 0x2E, 0x2F: true
    default: false
    }
  }
}

extension Sequence<UInt8> {
  /// The value of at most 18 ASCII digits.
  var decimal: Int {
    var value = 0
    for digit in prefix(18) { value = value * 10 + Int(digit & 0x0F) }
    return value
  }
}
