import Foundation
import Testing

@testable import Web

/// Every `Word("…", "…")` in the sources, read as text: a word in one language only is a mistake nobody sees.
@Suite struct WordTests {
  struct Found: Sendable, CustomTestStringConvertible {
    let zh: String
    let en: String
    let file: String
    var testDescription: String { "\(file): \(zh) / \(en)" }
  }

  static let all: [Found] = {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
      .standardized
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? []
    return files.filter { $0.pathExtension == "swift" }.flatMap { file -> [Found] in
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      return text.matches(of: /Word\(\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\s*\)/).map {
        Found(zh: String($0.1), en: String($0.2), file: file.lastPathComponent)
      }
    }
  }()

  private func isHan(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }

  @Test func thereAreWords() { #expect(Self.all.count > 300) }

  @Test func noWordIsMissing() {
    for word in Self.all where word.zh != word.en {
      #expect(word.zh.isEmpty == word.en.isEmpty, "\(word)")
    }
  }

  @Test func chineseIsChinese() {
    for word in Self.all where word.zh.contains(where: \.isLetter) && word.zh != word.en {
      let plain = word.zh.replacing(/\\\([^)]*\)/, with: "")
      #expect(isHan(plain) || !plain.contains(where: \.isLetter), "\(word)")
    }
  }

  /// Examples of what to type (浙江杭州, 张伟) may stand in English sentences; whole sentences may not.
  @Test func englishIsEnglish() {
    for word in Self.all where isHan(word.en) {
      let han = word.en.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) }
      #expect(han * 3 < word.en.count, "\(word)")
    }
  }

  @Test func chineseUsesItsOwnPunctuation() {
    for word in Self.all {
      #expect(word.zh.firstMatch(of: /[\u{4e00}-\u{9fff}][,;:?!](?:[\u{4e00}-\u{9fff}]|$)/) == nil, "\(word)")
    }
  }
}
