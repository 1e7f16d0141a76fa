import Web

/// Why something asked for at the terminal is not done, in one sentence.
public struct Refusal: Error, CustomStringConvertible, Sendable {
  let word: Word
  /// Whether something else must be asked for, rather than the same again.
  let isWrongUse: Bool

  init(_ zh: String, _ en: String, isWrongUse: Bool = false) {
    word = Word(zh, en)
    self.isWrongUse = isWrongUse
  }

  public var description: String { word[Terminal.language] }
}
