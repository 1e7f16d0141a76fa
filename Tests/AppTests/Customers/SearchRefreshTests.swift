import Store
import TestKit
import Testing

@testable import App

@Suite struct SearchRefreshTests {
  @Test(arguments: EngineKind.available) func indexesWhatIsMissingAndRanksTheLargest(_ engine: EngineKind) async throws
  {
    try await Shop.open(engine) { shop in
      let now = shop.services.clock()
      let ids = try await shop.db.write { tx in
        let ids: [Customer.ID] = (0..<5).map { _ in shop.services.ids.next() }
        try Customer.add(ids.map { Customer(id: $0, kind: .person, name: "司徒南", at: now, by: nil) }, in: tx)
        for (amount, id) in ids.enumerated() {
          try tx.run("UPDATE customer_total SET amount = \(amount) WHERE customer_id = \(id)")
        }
        try Customer.index([ids[0]], in: tx)
        let product = Product(id: shop.services.ids.next(), name: "司徒茶", currency: "CNY", at: now, by: nil)
        try tx.insert(product)
        return ids
      }
      func found(_ text: String) async throws -> App.Found {
        try await shop.db.read { tx in try App.Found.read(text, .system, currency: "CNY", limit: 3, in: tx) }
      }
      try await expectEqual(found("stn").customers.map(\.id), [ids[0]])
      try await expectEqual(found("司徒茶").products.count, 0)
      try await SearchRefresh.complete(shop.db)
      try await expectEqual(found("stn").customers.map(\.id), [ids[4], ids[3], ids[2]])
      try await expectEqual(found("司徒茶").products.count, 1)
      try await expectEqual(shop.db.read { tx in Set(try tx.ranked()).isSuperset(of: ids.map(\.raw)) }, true)
    }
  }
}
