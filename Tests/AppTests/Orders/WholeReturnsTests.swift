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
      expectEqual(try await shop.db.read { tx in try TotalsCheck.differences(limit: 9, in: tx) }.count, 0)
      // Who says that two belong together which do not is told.
      try await shop.db.write { tx in
        try tx.run("UPDATE sales_order SET counterpart_id = id WHERE counterpart_id IS NOT NULL AND amount = 7000")
      }
      expectEqual(try await shop.db.read { tx in try TotalsCheck.differences(limit: 9, in: tx) }.map(\.name), ["tom"])
      try await shop.db.write { tx in try Totals.recountAll(in: tx) }
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
    func entry(_ id: Int64, _ day: Int, _ amount: Int64, _ number: String = "", _ currency: String = "CNY")
      -> ReturnPairs.Entry
    {
      ReturnPairs.Entry(id: id, day: day, amount: amount, currency: currency, number: number)
    }
    let pairs = ReturnPairs.find(
      [
        entry(1, 1, 5, "A"), entry(2, 2, 5, "B"), entry(10, 3, -5), entry(11, 4, -5, "B-R"), entry(12, 5, -5),
        entry(3, 1, 7, "C"), entry(13, 40, -7), entry(4, 1, 9, "D", "USD"), entry(14, 2, -9), entry(15, 6, -5, "A-R"),
      ], within: 30)
    #expect(pairs == [11: 2, 2: 11, 15: 1, 1: 15])
  }

  /// Very many of one customer, all alike.
  @Test func thousandsTakeNoTime() {
    let entries = (0..<200_000).map { place in
      ReturnPairs.Entry(
        id: Int64(place), day: place / 1_000, amount: place.isMultiple(of: 3) ? -10 : 10, currency: "CNY")
    }
    #expect(ReturnPairs.find(entries, within: 30).count > 100_000)
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
