import Web

/// What one look at the product's health found.
public struct Finding: Sendable, Equatable {
  /// A name for programs: `database`, `totals`…
  public let name: String
  public let title: Word
  public let isFine: Bool
  public let detail: Word
  /// What to do about it, where something is wrong.
  public let advice: Word?

  static func fine(_ name: String, _ title: Word, _ detail: Word) -> Finding {
    Finding(name: name, title: title, isFine: true, detail: detail, advice: nil)
  }

  static func wrong(_ name: String, _ title: Word, _ detail: Word, advice: Word) -> Finding {
    Finding(name: name, title: title, isFine: false, detail: detail, advice: advice)
  }

  /// `✓ Totals: as the orders say`, and a second line with the advice.
  public func text(_ language: Language) -> String {
    let line = "\(isFine ? "✓" : "✗") \(title[language])\(language == .zh ? "：" : ": ")\(detail[language])"
    return advice.map { "\(line)\n  → \($0[language])" } ?? line
  }
}

/// As programs read it, in English.
extension Finding: Encodable {
  private enum CodingKeys: CodingKey { case name, ok, detail, advice }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(isFine, forKey: .ok)
    try container.encode(detail.en, forKey: .detail)
    try container.encodeIfPresent(advice?.en, forKey: .advice)
  }
}
