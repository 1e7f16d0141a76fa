import Foundation

/// The languages of the interface.
public enum Language: String, Codable, Sendable, CaseIterable {
  case zh, en

  /// The value of `lang` attributes.
  public var tag: String { self == .zh ? "zh-CN" : "en" }
}

/// Who reads a page, as far as its text depends on it.
public struct Reader: Sendable {
  public var language: Language
  public var timeZone: TimeZone
  /// ISO 4217 code of the firm's currency.
  public var currency: String
  /// Milliseconds since 1970 UTC.
  public var now: Int64
  /// Goes into every form and proves that it was this site that showed it.
  public var formToken: String

  public init(
    language: Language, timeZone: TimeZone = .gmt, currency: String = "CNY", now: Int64 = 0, formToken: String = ""
  ) {
    self.language = language
    self.timeZone = timeZone
    self.currency = currency
    self.now = now
    self.formToken = formToken
  }
}

/// Something whose text depends on who reads it.
public protocol Localized: Sendable {
  func text(for reader: Reader) -> String
}

/// A word or sentence of the interface, in both languages side by side.
public struct Word: Localized, Codable, Hashable {
  public let zh: String
  public let en: String

  public init(_ zh: String, _ en: String) {
    self.zh = zh
    self.en = en
  }

  /// The same in both languages: names, figures, codes.
  public init(same text: String) { self.init(text, text) }

  public func text(for reader: Reader) -> String { self[reader.language] }

  public subscript(language: Language) -> String { language == .zh ? zh : en }
}

extension Word {
  /// An English noun with its number: `1 order`, `2 orders`.
  public static func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(Figures.grouped(Int64(count))) \(count == 1 ? noun : plural ?? noun + "s")"
  }
}

/// The hidden field every form carries.
struct FormToken: Localized {
  func text(for reader: Reader) -> String { reader.formToken }
}

extension HTML {
  public static let formToken: HTML = "<input type='hidden' name='_token' value='\(FormToken())'>"
}
