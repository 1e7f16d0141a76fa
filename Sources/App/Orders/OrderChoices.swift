import Store
import Web

/// What the fields of an order's form suggest while somebody types.
extension OrderRoutes {
  /// Options for the field of the customer while somebody types.
  @Sendable func customers(_ call: Call) async throws -> Reply {
    let access = try call.access
    let text = call.query.pairs.first?.value ?? ""
    let found = try await services.db.read { tx in
      try Customer.likeliest(text, access, limit: 12, in: tx).map(\.customer)
    }
    let names = Dictionary(grouping: found, by: \.name)
    return Self.options(
      found.map { customer in
        let isAlone = names[customer.name]?.count == 1
        let number = customer.outsideId ?? customer.id.description
        return (isAlone ? customer.name : number, isAlone ? number : customer.name)
      })
  }

  /// Options for the field of a line's product while somebody types.
  @Sendable func products(_ call: Call) async throws -> Reply {
    _ = try call.access
    guard let query = SearchQuery(call.query.pairs.first?.value ?? "") else { return Self.options([]) }
    let found: [Product] = try await services.db.read { tx in
      try tx.all(
        """
        SELECT * FROM product WHERE id IN \(SQL.matching(query, kind: .product)) ORDER BY sort_name, id LIMIT 12
        """)
    }
    return Self.options(
      found.map { product in
        let price = product.price.map { Money($0, product.currency).decimal }
        return (product.name, [product.outsideId, price].compactMap(\.self).joined(separator: " · "))
      })
  }

  private static func options(_ options: [(value: String, more: String)]) -> Reply {
    let html = options.html { "<option value='\($0.value)'>\($0.more)</option>" }
    return Reply(type: "text/html; charset=utf-8", body: html.rendered(for: Reader(language: .zh)))
  }
}
