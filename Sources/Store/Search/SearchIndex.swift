/// A record as it can be found. Ids are unique across all kinds.
public struct SearchDocument: Sendable, Equatable {
  public let id: Int64
  /// Letters and digits, such as `customer`.
  public let kind: String
  /// What the record itself is called.
  public let name: SearchTerms
  /// What else it can be found by.
  public let more: SearchTerms

  public init(id: Int64, kind: String, name: SearchTerms, more: SearchTerms = SearchTerms()) {
    self.id = id
    self.kind = kind
    self.name = name
    self.more = more
  }
}

public enum SearchSchema {
  /// SQLite keeps the terms as text and an FTS5 index of it, which is told of every change by hand. Its `ascii`
  /// tokenizer parts terms at blanks and takes everything beyond ASCII as it is. PostgreSQL keeps two `tsvector`.
  public static let migrations = [
    Migration(
      2, "search",
      [
        """
        CREATE TABLE search_document (
          id \(SQL.key), kind TEXT NOT NULL,
          name \(SQL.either("TEXT", "TSVECTOR")) NOT NULL, more \(SQL.either("TEXT", "TSVECTOR")) NOT NULL)
        """,
        .either(
          """
          CREATE VIRTUAL TABLE search_index USING fts5(
            kind, name, more, content='search_document', content_rowid='id', tokenize='ascii', columnsize=0)
          """,
          "CREATE INDEX search_index ON search_document USING gin ((name || more), name)"),
      ]),
    // Orders are found by an index of their numbers; there were too many of them here.
    Migration(
      10, "search without orders",
      [
        .either(
          """
          INSERT INTO search_index (search_index, rowid, kind, name, more)
          SELECT 'delete', id, kind, name, more FROM search_document WHERE kind = 'order'
          """, "SELECT 1"),
        "DELETE FROM search_document WHERE kind = 'order'",
      ]),
    ranking,
  ]
}

extension Transaction {
  /// Makes a record findable, or findable by other terms than before.
  public func index(_ document: SearchDocument) throws { try index(all: [document]) }

  /// Makes many records findable at the engine's full speed. When an id comes more than once, the last counts.
  public func index(all documents: [SearchDocument]) throws {
    let latest = Dictionary(documents.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    let sorted = latest.values.sorted { $0.id < $1.id }
    for start in stride(from: 0, to: sorted.count, by: 10_000) {
      let part = sorted[start..<min(start + 10_000, sorted.count)]
      let places = try places(of: part.map(\.id))
      try unindex(part.map(\.id))
      let rows = part.map { document -> [Value] in
        // In a `tsvector` the kind is a term too, which nothing typed can be: the index finds both together.
        let kind = engine == .postgres ? "'=\(document.kind)' " : ""
        return [
          document.id.value, document.kind.value, .text(kind + document.name.text(for: engine)),
          .text(document.more.text(for: engine)),
        ]
      }
      try append(to: "search_document", columns: ["id", "kind", "name", "more"], rows: rows)
      if engine == .sqlite {
        try append(to: "search_index", columns: ["rowid", "kind", "name", "more"], rows: rows)
      }
      for (place, id) in places { try rank(id, at: place) }
    }
  }

  /// Makes records unfindable; those that are not there are passed by.
  public func unindex(_ ids: [Int64]) throws {
    try unrank(ids)
    if engine == .sqlite {
      try run(
        """
        INSERT INTO search_index (search_index, rowid, kind, name, more)
        SELECT 'delete', id, kind, name, more FROM search_document WHERE id IN \(in: ids)
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
  /// The column's text: terms with blanks between them, or a `tsvector` in which pairs of Chinese characters, which
  /// are searched by phrases, have a place. Places begin at 2, so that no phrase crosses from one column to the next.
  func text(for engine: EngineKind) -> String {
    guard engine == .postgres else { return list.joined(separator: " ") }
    var text = ""
    for (offset, term) in list.enumerated() {
      if offset > 0 { text += " " }
      text += "'\(term)'"
      if term.unicodeScalars.count == 2, term.unicodeScalars.allSatisfy(Folding.isHan) { text += ":\(offset + 2)" }
    }
    return text
  }
}
