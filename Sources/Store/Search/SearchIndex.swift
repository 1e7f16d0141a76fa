/// What is searched, each kind by an index of its own: the many customers are not gone through for the few products.
public enum SearchKind: String, Bindable, CaseIterable {
  case customer, product

  var index: SQL { SQL(name: "search_\(rawValue)_index") }
  /// On rows of `search_document`.
  var condition: SQL { SQL(name: "kind = '\(rawValue)'") }
}

/// A record as it can be found. Ids are unique across all kinds.
public struct SearchDocument: Sendable, Equatable {
  public let id: Int64
  public let kind: SearchKind
  /// What the record itself is called.
  public let name: SearchTerms
  /// What else it can be found by.
  public let more: SearchTerms

  public init(id: Int64, kind: SearchKind, name: SearchTerms, more: SearchTerms = SearchTerms()) {
    self.id = id
    self.kind = kind
    self.name = name
    self.more = more
  }
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
      let places = try takeOut(part.map(\.id))
      try append(
        to: "search_document", columns: ["id", "kind", "name", "more"],
        rows: part.lazy.map { [engine] document in
          let (name, more) = (document.name.text(for: engine), document.more.text(for: engine))
          return [document.id.value, document.kind.value, name.value, more.value]
        })
      for kind in SearchKind.allCases { try fill(kind, part.lazy.filter { $0.kind == kind }.map(\.id)) }
      for (place, id) in places { try rank(id, at: place) }
    }
  }

  /// Tells the index of SQLite of documents that are there now; PostgreSQL knows.
  private func fill(_ kind: SearchKind, _ ids: some Collection<Int64>) throws {
    guard engine == .sqlite, !ids.isEmpty else { return }
    try run(
      """
      INSERT INTO \(kind.index) (rowid, name, more)
      SELECT id, name, more FROM search_document WHERE id IN \(in: Array(ids)) ORDER BY id
      """)
  }

  /// Makes records unfindable; those that are not there are passed by.
  public func unindex(_ ids: [Int64]) throws { _ = try takeOut(ids) }

  /// - Returns: where those that were ranked stood.
  private func takeOut(_ ids: [Int64]) throws -> [(place: Int64, id: Int64)] {
    let places = try unrank(ids)
    for kind in SearchKind.allCases where engine == .sqlite {
      try run(
        """
        INSERT INTO \(kind.index) (\(kind.index), rowid, name, more)
        SELECT 'delete', id, name, more FROM search_document WHERE id IN \(in: ids) AND \(kind.condition)
        """)
    }
    try run("DELETE FROM search_document WHERE id IN \(in: ids)")
    return places
  }

  /// Makes the indexes anew from the documents, should they ever be damaged.
  public func rebuildIndex() throws {
    for kind in SearchKind.allCases {
      try run(
        .either("INSERT INTO \(kind.index) (\(kind.index)) VALUES ('rebuild')", "REINDEX INDEX \(kind.index)"))
    }
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
