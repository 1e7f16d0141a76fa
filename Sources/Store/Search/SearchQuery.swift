/// What somebody looks for. All its parts must be found: Chinese characters as they stand next to each other,
/// letters and digits as the beginning of a term. Nothing in it can be an error.
public struct SearchQuery: Sendable, Equatable {
  enum Part: Sendable, Equatable {
    case phrase([String])
    case beginning(String)
  }

  let parts: [Part]

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
        ? .phrase(run.map { String($0) })
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

  /// In the words of FTS5. Terms are letters and digits alone, so that quotes cannot be left.
  func sqlite(kind: String?) -> String {
    let terms = parts.map { part in
      switch part {
      case .phrase(let characters): "\"" + characters.joined(separator: " ") + "\""
      case .beginning(let letters): "\"\(letters)\" *"
      }
    }
    let wanted = "terms : (" + terms.joined(separator: " AND ") + ")"
    guard let kind else { return wanted }
    return "kind : \"\(kind.replacing("\"", with: ""))\" AND " + wanted
  }

  /// In the words of `tsquery`.
  var postgres: String {
    parts.map { part in
      switch part {
      case .phrase(let characters): "(" + characters.map { "'\($0)'" }.joined(separator: " <-> ") + ")"
      case .beginning(let letters): "'\(letters)':*"
      }
    }.joined(separator: " & ")
  }
}

extension SQL {
  /// The ids of what a query finds, for `customer.id IN \(SQL.matching(query, kind: "customer"))`.
  ///
  /// The index is asked once, whatever the statement around it: left to itself PostgreSQL would at times walk
  /// the customers in their order and look at each one's terms.
  public static func matching(_ query: SearchQuery, kind: String? = nil) -> SQL {
    let ofKind: SQL = kind.map { " AND kind = \($0)" } ?? .nothing
    return .either(
      "(SELECT rowid FROM search_index WHERE search_index MATCH \(query.sqlite(kind: kind)))",
      """
      (WITH found AS MATERIALIZED (
        SELECT id FROM search_document WHERE terms @@ \(query.postgres)::tsquery\(ofKind)) SELECT id FROM found)
      """)
  }
}
