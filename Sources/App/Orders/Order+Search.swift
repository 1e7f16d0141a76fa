import Store

extension Order {
  /// Makes orders findable by their numbers.
  static func index(_ ids: [ID], in tx: Transaction) throws {
    let numbers: [(ID, String?)] = try tx.map("SELECT id, outside_id FROM sales_order WHERE id IN \(in: ids)") {
      (try $0[0], try $0[1])
    }
    try tx.unindex(numbers.filter { $0.1?.hasPrefix("~") ?? true }.map(\.0.raw))
    try tx.index(
      all: numbers.compactMap { id, number in
        guard let number, !number.hasPrefix("~") else { return nil }
        var terms = SearchTerms()
        terms.code(number)
        return SearchDocument(id: id.raw, kind: "order", name: terms)
      })
  }
}
