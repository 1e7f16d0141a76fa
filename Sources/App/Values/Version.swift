import Foundation
import Store
import Web

/// A record that people change in forms. When it was last changed is its version: whoever changes it has to have seen that.
protocol Edited: Record {
  var updatedAt: Instant { get set }
  var updatedBy: User.ID? { get set }
}

extension Edited {
  mutating func change(at now: Instant, by user: User.ID?) {
    (updatedAt, updatedBy) = (now.after(updatedAt), user)
  }
}

extension Instant {
  /// Itself, or the next there is after another: no two versions of a record are alike.
  func after(_ last: Instant) -> Instant { max(self, Instant(milliseconds: last.milliseconds + 1)) }
}

extension Call {
  /// Looks whether who changes something has seen what it is by now: by the version that a form or JSON brings, or by the
  /// header `If-Match`. Pages left open before there were versions bring none.
  /// - Parameters:
  ///   - seen: what was brought; after this, what it is, so that saving again is meant.
  ///   - user: who changed it last.
  ///   - differing: what stands where something else was typed.
  /// - Throws: ``AppError`` with status 428 where a program tells none, or 412 where `If-Match` tells another.
  func check<Version: LosslessStringConvertible & Equatable>(
    _ seen: inout Version?, is present: Version, by user: User.ID?, _ problems: inout Problems, in tx: Transaction,
    differing: () throws -> [Word]
  ) throws {
    defer { seen = present }
    if let tags = ifMatch {
      guard tags.contains("*") || tags.contains(present.description) else { throw AppError.otherVersion }
      return
    }
    guard let told = seen else {
      if format == .json { throw AppError.noVersion }
      return
    }
    guard told != present else { return }
    let names = try User.names(of: [user].compactMap(\.self), in: tx)
    problems["version"] = VersionWords.changedMeanwhile(by: user.flatMap { names[$0] } ?? "", now: try differing())
  }
}

/// What a form brings back so that nobody's change is written over unseen.
func hiddenVersion(_ version: (some LosslessStringConvertible)?) -> HTML {
  version.map { "<input type='hidden' name='version' value='\($0.description)'>" } ?? .empty
}

/// What stands in fields where something else was typed, by what the fields are called.
func differing(_ stands: some Encodable, from typed: some Encodable, _ labels: [String: Word]) -> [Word] {
  let (stands, typed) = (fields(of: stands), fields(of: typed))
  return labels.sorted { $0.key < $1.key }.compactMap { field, label in
    let (mine, theirs) = (stands[field] ?? .text(""), typed[field] ?? .text(""))
    return mine == theirs ? nil : VersionWords.standing(label, mine.text)
  }
}

private enum FieldContent: Equatable {
  case text(String)
  case other(String)

  var text: String? { if case .text(let text) = self { text } else { nil } }
}

private func fields(of input: some Encodable) -> [String: FieldContent] {
  guard let json = try? Wire.encode(input),
    let object = try? JSONSerialization.jsonObject(with: Data(json)) as? [String: Any]
  else { return [:] }
  return object.mapValues { value in (value as? String).map(FieldContent.text) ?? .other("\(value)") }
}

enum VersionWords {
  /// `行业：茶叶`; of what is no text only that it differs.
  static func standing(_ label: Word, _ value: String?) -> Word {
    guard let value else { return Word("\(label.zh)：已改动", "\(label.en): changed") }
    let shown = value.isEmpty ? "—" : value
    return Word("\(label.zh)：\(shown)", "\(label.en): \(shown)")
  }

  static func changedMeanwhile(by who: String, now: [Word]) -> Word {
    let (zh, en) = (now.map(\.zh).joined(separator: "；"), now.map(\.en).joined(separator: "; "))
    return Word(
      "\(who.isEmpty ? "有人" : who)在你编辑时作了修改。\(now.isEmpty ? "" : "现在是：\(zh)。")再次保存将以你的内容为准。",
      "\(who.isEmpty ? "Somebody" : who) changed this meanwhile. \(now.isEmpty ? "" : "It now says \(en). ")"
        + "Saving again puts yours in its place.")
  }
}

extension AppError {
  static let noVersion = AppError(
    status: 428, Word("请指明版本", "Tell the version"),
    Word(
      "没有更改任何内容。请用 version 字段或 If-Match 标头指明所见的版本；只改几个字段请用 PATCH。",
      "Nothing was changed. Tell in the field version, or in the header If-Match, which version you have seen; to change only "
        + "some fields use PATCH."))

  static let otherVersion = AppError(
    status: 412, Word("已被修改", "It was changed meanwhile"),
    Word("没有更改任何内容：它已不是 If-Match 所指的版本。", "Nothing was changed: it is no longer the version that If-Match names."))
}
