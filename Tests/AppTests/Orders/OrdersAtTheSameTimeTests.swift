import Foundation
import Store
import TestKit
import Testing

@testable import App

/// Two transactions that write orders of one customer, the second while the first is not at its end.
@Suite struct OrdersAtTheSameTimeTests {
  /// Writes an order and keeps its transaction open for a while.
  private func sell(
    _ customer: Customer.ID, on day: String, _ shop: Shop,
    count: @escaping @Sendable (App.Order, Transaction) throws -> Void
  ) async throws {
    let order = Shop.order(Shop.Sale("cloud", day, 10, 1), of: customer, shop.services)
    try await shop.db.write { tx in
      try count(order, tx)
      Thread.sleep(forTimeInterval: 0.4)
    }
  }

  private func both(
    _ engine: EngineKind, days: (String, String), count: @escaping @Sendable (App.Order, Transaction) throws -> Void
  ) async throws {
    try await Shop.full(engine) { shop in
      let id: Customer.ID = try #require(
        try await shop.db.read { tx in try tx.value("SELECT id FROM customer WHERE name = 'cloud'") })
      async let first: Void = sell(id, on: days.0, shop, count: count)
      try await Task.sleep(for: .milliseconds(150))
      try await sell(id, on: days.1, shop, count: count)
      try await first
      let (differences, orders) = try await shop.db.read { tx in
        (
          try TotalsCheck.differences(limit: 10, in: tx),
          try tx.value("SELECT count(*) FROM sales_order WHERE customer_id = \(id)", as: Int.self)
        )
      }
      #expect(orders == 5)
      #expect(differences == [])
    }
  }

  @Test(arguments: EngineKind.available) func recounted(_ engine: EngineKind) async throws {
    try await both(engine, days: ("2026-02-01", "2026-02-02")) { order, tx in
      try tx.insert(order)
      try Totals.recount([order.customerId], in: tx)
    }
  }

  /// On one day: it is one occasion, whoever writes first.
  @Test(arguments: EngineKind.available) func added(_ engine: EngineKind) async throws {
    try await both(engine, days: ("2026-02-01", "2026-02-01")) { order, tx in
      try Totals.add([order], in: tx)
      try tx.insert(order)
    }
  }

  /// Both know the order as it was before either of them.
  @Test(arguments: EngineKind.available) func movedByTwo(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let known: App.Order = try #require(
        try await shop.db.read { tx in try tx.first("SELECT * FROM sales_order ORDER BY id") })
      let others: [Customer.ID] = try await shop.db.read { tx in
        try tx.values("SELECT id FROM customer WHERE id <> \(known.customerId) ORDER BY id LIMIT 2")
      }
      @Sendable func move(to day: String, of customer: Customer.ID) async throws {
        var moved = known
        moved.orderedOn = Shop.day(day)
        moved.customerId = customer
        try await shop.db.write { [moved] tx in
          try moved.update(with: [], in: tx)
          Thread.sleep(forTimeInterval: 0.4)
        }
      }
      async let first: Void = move(to: "2026-02-01", of: others[0])
      try await Task.sleep(for: .milliseconds(150))
      try await move(to: "2026-02-02", of: others[1])
      try await first
      let days: [Day] = try await shop.db.read { tx in
        try tx.values("SELECT ordered_on FROM sales_order WHERE id = \(known.id)")
      }
      #expect(days == [Shop.day("2026-02-02")])
      expectEqual(try await shop.db.read { tx in try SalesLedger.differences(in: tx) }, 0)
      expectEqual(try await shop.db.read { tx in try TotalsCheck.differences(limit: 10, in: tx) }, [])
    }
  }
}
