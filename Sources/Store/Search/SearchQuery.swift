/// What somebody looks for. All its parts must be found: Chinese characters as they stand next to each other, two by two,
/// letters and digits as the beginning of a term. Nothing in it can be an error.
public struct SearchQuery: Sendable, Equatable {
  enum Part: Sendable, Equatable {
    case phrase([String])
    case beginning(String)
  }

  let parts: [Part]

  init(parts: [Part]) { self.parts = parts }

  /// Nil when there is nothing to look for, such as in a text of blanks and punctuation.
  public init?(_ text: String) {
    var parts: [Part] = []
    var run: [Unicode.Scalar] = []
    var isHan = false
    func finish() {
      defer { run = [] }
      guard !run.isEmpty else { return }
      let part: Part =
        isHan
        ? .phrase(run.count == 1 ? [String(run[0])] : SearchTerms.pairs(of: run))
        : .beginning(run.prefix(SearchTerms.length).reduce(into: "") { $0.unicodeScalars.append($1) })
      if !parts.contains(part) { parts.append(part) }
    }
    for piece in Folding.pieces(text, limit: 200) {
      switch piece {
      case .han(let character):
        if !isHan { finish() }
        isHan = true
        run.append(character)
      case .letter(let letter):
        if isHan { finish() }
        isHan = false
        run.append(letter)
      case .blank: finish()
      case .mark: break
      }
    }
    finish()
    guard !parts.isEmpty else { return nil }
    self.parts = Array(parts.prefix(8))
  }
}
