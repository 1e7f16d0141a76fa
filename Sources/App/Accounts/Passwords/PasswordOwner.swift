import Store

/// Whose password it is to be: what everybody knows of a person is tried before anything else.
struct PasswordOwner: Sendable {
  let email: String
  /// Words of the person's name and address, of the firm and of this product, also as they sound in pinyin.
  let words: [String]

  init(email: String, name: String, firm: String) {
    self.email = email
    let spoken = ["关系", "guanxi"] + [name, firm].flatMap { Self.words(of: String($0.unicodeScalars.prefix(200))) }
    words = Array(Set(Self.parts(of: email) + spoken)).sorted()
  }

  /// `wei.zhang88@example.cn` → `wei.zhang88`, `wei`, `zhang`, `example`.
  private static func parts(of email: String) -> [String] {
    let (local, domain) = (email.prefix { $0 != "@" }, email.drop { $0 != "@" })
    let labels = domain.dropFirst().split(separator: ".").dropLast()
    return [String(local)] + (local.split { !$0.isLetter } + labels).map(String.init).filter { $0.count > 1 }
  }

  /// A name as it is written, its words, pairs of its Chinese characters, and what it sounds like.
  private static func words(of name: String) -> [String] {
    let written = name.split { !$0.isLetter && !$0.isNumber }.map { $0.lowercased() }
    let pairs = written.flatMap { word in zip(word, word.dropFirst()).filter { !$0.0.isASCII }.map { "\($0)\($1)" } }
    let syllables = Pinyin.syllables(name)
    let sound = [syllables.joined(), syllables.map { $0.prefix(1) }.joined()]
    return (written + [written.joined()] + pairs + syllables + sound).filter { $0.count > 1 }
  }
}
