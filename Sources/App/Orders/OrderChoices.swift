import Store
import Web

extension OrderRoutes {
  /// Options for the field of a line's product while somebody types.
  @Sendable func products(_ call: Call) async throws -> Reply {
    guard let query = SearchQuery(call.query.pairs.first?.value ?? "") else { return Reply.options([]) }
    let found: [Product] = try await services.db.read { tx in
      try tx.all(
        """
        SELECT * FROM product WHERE id IN \(SQL.matching(query, kind: .product)) ORDER BY sort_name, id LIMIT 12
        """)
    }
    return Reply.options(
      found.map { product in
        let price = product.price.map { Money($0, product.currency).decimal }
        return (product.name, [product.outsideId, price].compactMap(\.self).joined(separator: " · "))
      })
  }
}
