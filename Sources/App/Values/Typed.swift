import Foundation
import Store
import Web

/// Reads what somebody typed into a field, and says at the field what is wrong with it.
enum Typed {
  /// One line, blanks at its ends removed.
  static func line(
    _ typed: String?, _ field: String, limit: Int, required: Bool = false, _ problems: inout Problems
  ) -> String {
    let text = (typed ?? "").replacing("\0", with: "").trimmed
    if required, text.isEmpty { problems[field] = Problems.missing }
    if text.contains(where: \.isNewline) { problems[field] = Word("只能写一行", "Only one line, please") }
    return bounded(text, field, limit, &problems)
  }

  /// What names something to programs, without marks that nobody sees.
  static func code(_ typed: String?, _ field: String, limit: Int, _ problems: inout Problems) -> String {
    line(typed, field, limit: limit, &problems).unmarked
  }

  /// Several lines.
  static func text(
    _ typed: String?, _ field: String, limit: Int, required: Bool = false, _ problems: inout Problems
  ) -> String {
    let text = (typed ?? "").replacing("\0", with: "").replacing("\r\n", with: "\n").trimmed
    if required, text.isEmpty { problems[field] = Problems.missing }
    return bounded(text, field, limit, &problems)
  }

  static func day(_ typed: String?, _ field: String, _ problems: inout Problems) -> Day? {
    let text = (typed ?? "").halfWidth
    guard !text.isEmpty else { return nil }
    if let day = Day(text) { return day }
    problems[field] = Word("请写成 2026-11-22 这样的日期", "Write a date like 2026-11-22")
    return nil
  }

  static func email(_ typed: String?, _ field: String, _ problems: inout Problems) -> String {
    let text = line(typed?.address, field, limit: 200, &problems)
    let isAddress = text.isEmpty || text.wholeMatch(of: /[^@\s]+@[^@\s]+/) != nil
    if !isAddress { problems[field] = Word("这不像邮箱地址", "This does not look like an e-mail address") }
    return text
  }

  static func phones(_ typed: String?, _ field: String, _ problems: inout Problems) -> [PhoneNumber] {
    let lines = (typed ?? "").split(whereSeparator: \.isNewline).joined(separator: "、")
    let cell = PhoneCell(line(lines, field, limit: 2_000, &problems))
    if let bad = cell.rest.first {
      problems[field] = Word("“\(bad)”不像电话号码", "“\(bad)” does not look like a phone number")
    }
    return cell.phones
  }

  private static func bounded(_ text: String, _ field: String, _ limit: Int, _ problems: inout Problems) -> String {
    if text.count > limit { problems[field] = Word("最多 \(limit) 个字", "At most \(limit) characters") }
    return text
  }
}
