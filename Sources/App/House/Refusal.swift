import Web

/// Why something asked for at the terminal is not done, in one sentence.
public struct Refusal: Error, CustomStringConvertible, Sendable {
  public let description: String

  init(_ zh: String, _ en: String) { description = Word(zh, en)[Terminal.language] }
}
