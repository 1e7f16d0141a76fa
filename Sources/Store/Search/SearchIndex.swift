/// A record as it can be found. Ids are unique across all kinds.
public struct SearchDocument: Sendable, Equatable {
  public let id: Int64
  /// Letters and digits, such as `customer`.
  public let kind: String
  public let terms: SearchTerms

  public init(id: Int64, kind: String, terms: SearchTerms) {
    self.id = id
    self.kind = kind
    self.terms = terms
  }
}

public enum SearchSchema {
  /// SQLite keeps the terms as text and an FTS5 index of it, which is told of every change by hand. Its `ascii`
  /// tokenizer parts terms at blanks and takes everything beyond ASCII as it is. PostgreSQL keeps a `tsvector`.
  public static let migrations = [
    Migration(
      2, "search",
      [
        """
        CREATE TABLE search_document (
          id \(SQL.key), kind TEXT NOT NULL, terms \(SQL.either("TEXT", "TSVECTOR")) NOT NULL)
        """,
        .either(
          """
          CREATE VIRTUAL TABLE search_index USING fts5(
            kind, terms, content='search_document', content_rowid='id', tokenize='ascii', columnsize=0)
          """,
          "CREATE INDEX search_index ON search_document USING gin (terms)"),
      ])
  ]
}

extension Transaction {
  /// Makes a record findable, or findable by other terms than before.
  public func index(_ id: Int64, kind: String, terms: SearchTerms) throws {
    try index(all: [SearchDocument(id: id, kind: kind, terms: terms)])
  }

  /// Makes many records findable at the engine's full speed. When an id comes more than once, the last counts.
  public func index(all documents: [SearchDocument]) throws {
    let latest = Dictionary(documents.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    let sorted = latest.values.sorted { $0.id < $1.id }
    for start in stride(from: 0, to: sorted.count, by: 10_000) {
      let part = sorted[start..<min(start + 10_000, sorted.count)]
      try unindex(part.map(\.id))
      let rows = part.map { [$0.id.value, $0.kind.value, .text($0.terms.text(for: engine))] }
      try append(to: "search_document", columns: ["id", "kind", "terms"], rows: rows)
      if engine == .sqlite {
        try append(to: "search_index", columns: ["rowid", "kind", "terms"], rows: rows)
      }
    }
  }

  /// Makes records unfindable; those that are not there are passed by.
  public func unindex(_ ids: [Int64]) throws {
    if engine == .sqlite {
      try run(
        """
        INSERT INTO search_index (search_index, rowid, kind, terms)
        SELECT 'delete', id, kind, terms FROM search_document WHERE id IN \(in: ids)
        """)
    }
    try run("DELETE FROM search_document WHERE id IN \(in: ids)")
  }

  /// Makes the index anew from the documents, should it ever be damaged.
  public func rebuildIndex() throws {
    try run(
      .either("INSERT INTO search_index (search_index) VALUES ('rebuild')", "REINDEX INDEX search_index"))
  }
}

extension SearchTerms {
  /// The column's text: terms with blanks between them, or a `tsvector` in which Chinese characters, which are
  /// searched by phrases, have a place.
  func text(for engine: EngineKind) -> String {
    guard engine == .postgres else { return list.joined(separator: " ") }
    var text = ""
    for (offset, term) in list.enumerated() {
      if offset > 0 { text += " " }
      text += "'\(term)'"
      if term.unicodeScalars.first.map(Folding.isHan) ?? false { text += ":\(offset + 1)" }
    }
    return text
  }
}
