import Store
import TestKit
import Testing

@testable import App

/// Orders that were wholly taken back soon are no purchases.
@Suite struct WholeReturnsTests {
  private typealias Sale = Shop.Sale

  private func totals(_ name: String, _ shop: Shop) async throws -> Totals? {
    try await shop.db.read { tx in
      try tx.first("SELECT * FROM \(SQL.customersWithTotals) WHERE name = \(name)")
    }
  }

  private func analysis(_ shop: Shop, window: Int? = nil) async throws -> Analysis {
    let parameters = try AnalysisParameters(.rfm, asOf: Shop.today, window: window)
    return try await shop.db.read { tx in try Analysis.run(parameters, today: Shop.today, .system, in: tx) }
  }

  @Test(arguments: EngineKind.available) func neitherFrequencyNorRecencyNorAmount(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell([
        Sale("ann", "2026-10-01", 100, 1), Sale("ann", "2026-11-01", 300, 3), Sale("ann", "2026-11-10", -300, -3),
        // Only a part of it came back.
        Sale("bob", "2026-11-01", 300, 3), Sale("bob", "2026-11-10", -100, -1),
        // Too late: it was a purchase.
        Sale("eve", "2026-09-01", 50, 1), Sale("eve", "2026-10-15", -50, -1),
        // Of two alike the later one came back.
        Sale("tom", "2026-10-20", 70, 1), Sale("tom", "2026-10-25", 70, 1), Sale("tom", "2026-10-25", -70, -1),
      ])
      let ann = try #require(try await totals("ann", shop))
      #expect(ann.purchaseDays == 1 && ann.lastOn == "2026-10-01" && ann.amount == 10_000 && ann.orderCount == 3)
      expectEqual(try await totals("bob", shop)?.purchaseDays, 1)
      expectEqual(try await totals("eve", shop)?.purchaseDays, 1)
      expectEqual(try await totals("tom", shop)?.lastOn, "2026-10-20")
      // From the orders of a window it is the same: the return alone in it takes nothing off.
      let all = try await analysis(shop)
      let windowed = try await analysis(shop, window: 366)
      #expect(all.columns == windowed.columns)
      let short = try await analysis(shop, window: 15)
      #expect(short.columns.count == 0)
    }
  }

  @Test(arguments: EngineKind.available) func whoeverChangesOneChangesTheOther(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell([Sale("ann", "2026-11-01", 300, 3)])
      expectEqual(try await totals("ann", shop)?.purchaseDays, 1)
      let customer: Customer = try #require(
        try await shop.db.read { tx in try tx.first("SELECT * FROM customer WHERE name = 'ann'") })
      let back = Shop.order(Sale("ann", "2026-11-05", -300, -3), of: customer.id, shop.services)
      try await shop.db.write { tx in try back.insert(with: [], in: tx) }
      expectEqual(try await totals("ann", shop)?.purchaseDays, 0)
      expectEqual(try await totals("ann", shop)?.lastOn, "")
      var less = back
      (less.amount, less.baseAmount) = (-10_000, -10_000)
      let partly = less
      try await shop.db.write { tx in try partly.update(with: [], in: tx) }
      expectEqual(try await totals("ann", shop)?.purchaseDays, 1)
      try await shop.db.write { tx in try back.update(with: [], in: tx) }
      expectEqual(try await totals("ann", shop)?.purchaseDays, 0)
      try await shop.db.write { tx in try back.delete(in: tx) }
      expectEqual(try await totals("ann", shop)?.purchaseDays, 1)
    }
  }

  @Test(arguments: EngineKind.available) func theDaysAreASetting(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell([Sale("eve", "2026-09-01", 50, 1), Sale("eve", "2026-10-15", -50, -1)])
      let site = try await shop.site()
      #expect(try await site.send(.put, "/api/v1/settings", json: #"{"return_days": "45"}"#).status == 200)
      #expect(try await site.send(.put, "/api/v1/settings", json: #"{"return_days": "-1"}"#).status == 422)
      try await ReturnRefresh.refresh(shop.services)
      expectEqual(try await totals("eve", shop)?.purchaseDays, 0)
      let shown = try await shop.db.read { tx in
        let id: App.Order.ID? = try tx.value("SELECT id FROM sales_order WHERE amount > 0")
        return try id.flatMap { try OrderView.read($0, .system, currency: "CNY", in: tx) }
      }
      #expect(shown?.counterpart != nil)
    }
  }

  /// A database of before the update has orders that nobody paired.
  @Test(arguments: EngineKind.available) func ordersOfBeforeAreSettledByAJob(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell([Sale("ann", "2026-11-01", 300, 3), Sale("ann", "2026-11-10", -300, -3)])
      try await shop.db.write { tx in
        try tx.run("UPDATE sales_order SET counterpart_id = NULL")
        try tx.run("UPDATE customer_total SET purchase_days = 1, first_on = '2026-11-01', last_on = '2026-11-01'")
      }
      try await ReturnRefresh.refresh(shop.services)
      expectEqual(try await totals("ann", shop)?.purchaseDays, 0)
    }
  }

  @Test func numbersPairBeforeDays() {
    func candidate(_ id: Int64, _ number: String, _ purchases: [(Int64, String)]) -> WholeReturns.Candidate {
      WholeReturns.Candidate(id: id, number: number, purchases: purchases.map { (id: $0.0, number: $0.1) })
    }
    let pairs = WholeReturns.pairs([
      candidate(10, "", [(2, "B"), (1, "A")]), candidate(11, "B-R", [(2, "B"), (1, "A")]),
      candidate(12, "", [(2, "B")]),
    ])
    #expect(pairs == [11: 2, 10: 1])
  }

  @Test func ofAFileToo() {
    func fact(_ customer: String, _ day: String, _ amount: Int64) -> OrderFact {
      OrderFact(customer: customer, day: Shop.day(day), amount: amount)
    }
    let kept = [
      fact("a", "2026-01-01", 5), fact("a", "2026-02-01", 7), fact("a", "2026-02-10", -7), fact("b", "2026-02-05", 7),
      fact("b", "2026-06-05", -7),
    ].withoutWholeReturns(within: 30)
    #expect(kept.map(\.amount) == [5, 7, -7] && kept.map(\.customer) == ["a", "b", "b"])
  }
}
