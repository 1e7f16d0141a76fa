/// Which of a record's terms a query is compared with.
public enum SearchScope: Sendable {
  /// What the record itself is called, with letters as the whole of it or of its end: 周伟 by `zw`, not 周伟业.
  case wholeName
  /// What the record itself is called.
  case name
  /// That, and everything else it can be found by.
  case all
}

extension SQL {
  /// The ids of what a query finds, for `product.id IN \(SQL.matching(query, kind: .product))`.
  ///
  /// The index is asked once, whatever the statement around it: left to itself PostgreSQL would at times walk
  /// the customers in their order and look at each one's terms.
  public static func matching(_ query: SearchQuery, kind: SearchKind = .customer, in scope: SearchScope = .all) -> SQL {
    "(" + hits(query, kind, scope, limit: nil) + ")"
  }

  fileprivate static func hits(_ query: SearchQuery, _ kind: SearchKind, _ scope: SearchScope, limit: Int?) -> SQL {
    let found: SQL = "\(found(query, kind, in: scope))\(limit.map { " LIMIT \($0)" } ?? .nothing)"
    return .either(found, "WITH found AS MATERIALIZED (\(found)) SELECT id FROM found")
  }

  /// The same as a query to be made part of another, which asks it once.
  ///
  /// The index is asked for what tells a long name from others, see ``SearchQuery/distinctive``, and those it finds are held
  /// to the whole.
  public static func found(_ query: SearchQuery, _ kind: SearchKind = .customer, in scope: SearchScope = .all) -> SQL {
    let asked = query.distinctive
    let (index, isWhole) = (kind.index, asked == query)
    return .either(
      "SELECT rowid AS id FROM \(index) WHERE \(index) MATCH \(asked.sqlite(scope))"
        + (isWhole ? .nothing : " AND \(holding(query, in: scope, id: "\(index).rowid"))"),
      "SELECT id FROM search_document AS document WHERE \(kind.condition) AND \(asked.holds(scope))"
        + (isWhole ? .nothing : " AND \(query.holds(scope, isIndexed: false))"))
  }

  /// That a row's terms hold what is searched for, by the column of its id: of very many that do, the first are soon met by
  /// walking a list in its order, see ``walk(_:by:with:on:)``.
  public static func holding(_ query: SearchQuery, in scope: SearchScope = .all, id: SQL) -> SQL {
    "(SELECT \(query.holds(scope)) FROM search_document AS document WHERE document.id = \(id))"
  }
}

extension Transaction {
  /// The ids of the first customers that a query finds, in no order.
  public func first(_ count: Int, of query: SearchQuery, in scope: SearchScope) throws -> [Int64] {
    try values(SQL.hits(query, .customer, scope, limit: count))
  }
}

extension SearchQuery {
  /// In the words of FTS5. Terms are letters and digits alone, so that quotes cannot be left.
  func sqlite(_ scope: SearchScope) -> String {
    let terms = parts.map { part in
      switch part {
      case .phrase(let terms): "\"" + terms.joined(separator: " ") + "\""
      case .beginning(let letters): "\"\(letters)\"" + (scope == .wholeName ? "" : " *")
      }
    }
    return (scope == .all ? "{name more}" : "name") + " : (" + terms.joined(separator: " AND ") + ")"
  }

  /// In the words of `tsquery`.
  private func postgres(_ scope: SearchScope) -> String {
    parts.map { part in
      switch part {
      case .phrase(let terms): "(" + terms.map { "'\($0)'" }.joined(separator: " <-> ") + ")"
      case .beginning(let letters): "'\(letters)'" + (scope == .wholeName ? "" : ":*")
      }
    }.joined(separator: " & ")
  }

  /// The query without the parts of long phrases that very many names have, whose lists in an index take the longest. What
  /// companies are called in Chinese begins with their place and ends with their trade and legal form: 杭州天昌机电设备有限公司
  /// is asked for by 州天, 天昌, 昌机.
  var distinctive: SearchQuery {
    SearchQuery(
      parts: parts.map { part in
        if case .phrase(let pairs) = part, pairs.count > 5 { .phrase(Array(pairs[1...3])) } else { part }
      })
  }

  /// Whether a row with terms, by the name `document`, holds the query. On PostgreSQL an index knows, if it is to.
  func holds(_ scope: SearchScope, isIndexed: Bool = true) -> SQL {
    let each = parts.map { part -> SQL in
      let text =
        switch part {
        case .phrase(let terms): " " + terms.joined(separator: " ") + " "
        case .beginning(let letters): " " + letters + (scope == .wholeName ? " " : "")
        }
      let name: SQL = "instr(' ' || document.name || ' ', \(text)) > 0"
      return scope != .all ? name : "(\(name) OR instr(' ' || document.more || ' ', \(text)) > 0)"
    }
    let column: SQL = scope == .all ? "(document.name || document.more)" : "document.name"
    let looked: SQL = isIndexed ? column : .unindexed(column)
    return .either(each.joined(" AND "), "\(looked) @@ \(postgres(scope))::tsquery")
  }
}
