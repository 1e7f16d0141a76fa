import Foundation
import Store
import Web

/// How the store's values look in pages and in the description of the API.
extension ID: Slug {
  public var slug: String { description }
}

extension ID: SchemaDescribed {
  public static var schema: Schema { .text(pattern: "^[0-9A-HJKMNP-TV-Z]{13}$") }
}

extension Day: SchemaDescribed {
  public static var schema: Schema { .text(format: "date") }
}

extension Instant: SchemaDescribed {
  public static var schema: Schema { .text(format: "date-time") }
}

extension Position: SchemaDescribed {
  public static var schema: Schema { .text() }
}

/// `2026-11-22`, the same in both languages.
extension Day: Localized {
  public func text(for reader: Reader) -> String { description }
}

/// Date and time on the firm's clocks: `2026-11-22 10:32`.
extension Instant: Localized {
  public func text(for reader: Reader) -> String {
    let local = local(in: reader.timeZone)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(local.day) \(two(local.hour)):\(two(local.minute))"
  }
}

/// How long ago a day was: today, yesterday, 3 days ago, 4 months ago, 2 years ago.
struct Ago: Localized {
  let day: Day
  init(_ day: Day) { self.day = day }

  func text(for reader: Reader) -> String {
    let today = Instant(milliseconds: reader.now).day(in: reader.timeZone)
    let days = today.days(since: day)
    let word: Word =
      switch days {
      case ..<0: Word("\(-days) 天后", "in \(Word.counted(-days, "day"))")
      case 0: Word("今天", "today")
      case 1: Word("昨天", "yesterday")
      case ..<100: Word("\(days) 天前", "\(days) days ago")
      case ..<730: Word("\(days / 30) 个月前", "\(days / 30) months ago")
      default: Word("\(days / 365) 年前", "\(days / 365) years ago")
      }
    return word.text(for: reader)
  }
}
