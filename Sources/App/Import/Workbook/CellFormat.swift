import Foundation

/// What a number in a cell means, by the format Excel shows it in.
enum CellFormat: Equatable, Sendable {
  case plain
  case day
  case time
  case dayAndTime
  /// Shown with leading zeros, as codes are.
  case padded(Int)

  /// The formats every workbook knows without saying so (ECMA-376, part 1, 18.8.30), with those of Chinese ones.
  init(builtIn id: Int) {
    self =
      switch id {
      case 14...17, 27...31, 36, 50...54, 57, 58: .day
      case 18...21, 32...35, 45...47, 55, 56: .time
      case 22: .dayAndTime
      default: .plain
      }
  }

  /// A format as a workbook writes it: `yyyy"年"m"月"d"日"`, `00000`, `[$-804]h:mm`.
  init(code: String) {
    var letters = Set<Character>()
    var rest = code.lowercased().prefix { $0 != ";" }[...]
    while let sign = rest.popFirst() {
      switch sign {
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "[":
        // Hours, minutes or seconds that have passed; all else in brackets is a colour, a condition or a language.
        let inside = rest.prefix { $0 != "]" }
        if Set(inside).count == 1, let sign = inside.first, "hms".contains(sign) { letters.insert(sign) }
        rest = rest.dropFirst(inside.count + 1)
      case "\\", "_", "*": rest = rest.dropFirst()
      default: letters.insert(sign)
      }
    }
    let hasTime = !letters.isDisjoint(with: ["h", "s"])
    if !letters.isDisjoint(with: ["y", "d", "年", "日"]) || letters.contains("m") && !hasTime || code.contains("aaa") {
      self = hasTime ? .dayAndTime : .day
    } else if hasTime {
      self = .time
    } else if code.count > 1, code.count < 20, code.allSatisfy({ $0 == "0" }) {
      self = .padded(code.count)
    } else {
      self = .plain
    }
  }

  /// A stored number as a person reads it.
  /// - Parameter startsIn1904: whether days are counted from 1904 instead of 1900.
  func text(of stored: String, startsIn1904: Bool) -> String {
    switch self {
    case .plain: return Self.decimal(stored)
    case .padded(let width):
      let digits = Self.decimal(stored)
      guard digits.allSatisfy(\.isNumber) else { return digits }
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    case .day, .time, .dayAndTime:
      guard let serial = Double(stored), serial >= 0, serial < 2_958_466 else { return stored }
      return Self.moment(serial, self, startsIn1904: startsIn1904)
    }
  }

  /// Excel keeps fifteen digits and shows no more: `0.1` for `0.10000000000000001`, `13800138000` for `1.3800138E10`,
  /// and a longer number as a power of ten rather than with digits nobody typed.
  private static func decimal(_ stored: String) -> String {
    let isPlain = stored.utf8.count <= 15 && stored.utf8.allSatisfy { $0.isDigit || $0 == 0x2E || $0 == 0x2D }
    guard !isPlain, let number = Double(stored), number.isFinite else { return stored }
    if number == number.rounded(), number.magnitude < 1e15 { return "\(Int64(number))" }
    let shortest = "\(number)"
    let digits = shortest.prefix { $0 != "e" }.count { $0.isNumber }
    return digits <= 15 && !shortest.contains("e") ? shortest : String(format: "%.15G", number)
  }

  private static func moment(_ serial: Double, _ format: CellFormat, startsIn1904: Bool) -> String {
    var day = Int(serial)
    var second = Int(((serial - Double(day)) * 86_400).rounded())
    if second >= 86_400 { (day, second) = (day + 1, 0) }
    let clock = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(
      separator: ":")
    if format == .time && day == 0 { return clock }
    // 1900 was no leap year, but day 60 of the count is its 29 February.
    let number = startsIn1904 ? day - 24_107 : day - (day < 60 ? 25_568 : 25_569)
    let date = ParsedDay(daysSince1970: number).map(\.iso) ?? "\(day)"
    return format == .day && second == 0 ? date : "\(date) \(clock)"
  }
}
