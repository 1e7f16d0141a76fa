import Store
import TestKit
import Testing

@testable import App

@Suite struct CustomerSearchTests {
  /// The largest is not the likeliest: whose own name it is comes before whose contact is called so.
  @Test(arguments: EngineKind.available) func bringsTheLikeliestFirst(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let now = shop.services.clock()
      try await shop.db.write { tx in
        var ids: [Customer.ID] = []
        for (name, amount, contact) in [
          ("大江食品", 900, "张伟"), ("中闻文化", 50, ""), ("张伟", 1, ""), ("张伟业贸易", 800, ""), ("南山茶行", 700, "李娜"),
        ] {
          let id: Customer.ID = shop.services.ids.next()
          ids.append(id)
          try Customer.add([Customer(id: id, kind: .guess(name), name: name, at: now, by: nil)], in: tx)
          try tx.run("UPDATE customer_total SET amount = \(amount) WHERE customer_id = \(id)")
          guard !contact.isEmpty else { continue }
          try tx.insert(Contact(id: shop.services.ids.next(), customerId: id, name: contact, at: now, by: nil))
        }
        try Customer.index(ids, in: tx)
      }
      for (text, names) in [
        ("张伟", ["张伟", "张伟业贸易", "大江食品"]), ("zw", ["张伟", "张伟业贸易", "中闻文化", "大江食品"]),
        ("李娜", ["南山茶行"]), ("没有", []), ("", []),
      ] {
        let found = try await shop.db.read { tx in
          try Customer.likeliest(text, .system, limit: 10, in: tx).map(\.customer.name)
        }
        #expect(found == names, "\(text)")
      }
      let first = try await shop.db.read { tx in try Customer.likeliest("zw", .system, limit: 2, in: tx).count }
      #expect(first == 2)
    }
  }
}
