import Web

/// Why something asked for at the terminal is not done, in one sentence.
public struct Refusal: Error, CustomStringConvertible, Sendable {
  public let description: String
  /// Whether something else must be asked for, rather than the same again.
  let isWrongUse: Bool

  init(_ zh: String, _ en: String, isWrongUse: Bool = false) {
    description = Word(zh, en)[Terminal.language]
    self.isWrongUse = isWrongUse
  }
}
