import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// What is kept of days and of products is what the orders say, whatever was written in between.
@Suite struct SalesLedgerTests {
  /// A shop with a product, and orders of it by chance: written, changed, moved to other days, deleted.
  private func traded(_ engine: EngineKind, _ body: (Shop, Product.ID) async throws -> Void) async throws {
    try await Shop.full(engine) { shop in
      let services = shop.services
      let product = Product(id: services.ids.next(), name: "茶", currency: "CNY", at: services.clock(), by: nil)
      try await shop.db.write { tx in
        try tx.insert(product)
        let customers: [Customer.ID] = try tx.values("SELECT id FROM customer ORDER BY id")
        try Customer.index(customers, in: tx)
        for number in 0..<60 {
          let day = "2026-\(["09", "10", "11"][number % 3])-\(10 + number % 7)"
          let sale = Shop.Sale("", day, Int64(number % 5 == 0 ? -number : number * 3), number % 5 == 0 ? -1 : 2)
          var order = Shop.order(sale, of: customers[number % customers.count], services)
          order.outsideId = "\(100 + number)"
          let lines = lines(of: order, product.id, services)
          try order.insert(with: lines, in: tx)
          if number % 7 == 3 { try order.delete(in: tx) }
          if number % 7 == 5 {
            order.orderedOn = order.orderedOn.adding(days: 20)
            order.baseAmount += 100
            try order.update(with: Array(lines.prefix(1)), in: tx)
          }
        }
      }
      try await body(shop, product.id)
    }
  }

  private func lines(of order: App.Order, _ product: Product.ID, _ services: Services) -> [OrderLine] {
    (1...2).map { position in
      OrderLine(
        id: services.ids.next(), orderId: order.id, position: position, productId: position == 1 ? product : nil,
        productName: "茶", quantity: order.quantity, amount: order.amount, cost: 1)
    }
  }

  private static func rows(_ tx: Transaction) throws -> [Int] {
    try ["order_day", "product_month"].map { (table: SQL) in try tx.value("SELECT count(*) FROM \(table)") ?? 0 }
  }

  @Test(arguments: EngineKind.available) func agreesWithTheOrders(_ engine: EngineKind) async throws {
    try await traded(engine) { shop, product in
      let (scattered, before) = try await shop.db.read { tx in
        (try Self.rows(tx), try (SalesLedger.differences(in: tx), SalesLedger.sold(of: product, in: tx)))
      }
      #expect(before.0 == 0 && before.1.orderCount > 40)
      try await shop.db.write { tx in try SalesLedger.gather(in: tx) }
      let (gathered, after) = try await shop.db.read { tx in
        (try Self.rows(tx), try (SalesLedger.differences(in: tx), SalesLedger.sold(of: product, in: tx)))
      }
      #expect(after.0 == 0 && after.1 == before.1)
      let months: Int? = try await shop.db.read { tx in
        try tx.value(
          "SELECT count(DISTINCT substr(ordered_on, 1, 7)) FROM sales_order_line JOIN sales_order ON sales_order.id = order_id"
        )
      }
      #expect(gathered[0] < scattered[0] && gathered[1] == months && scattered[1] > gathered[1])
      try await shop.db.write { tx in
        try tx.run("UPDATE product_month SET amount = amount + 1 WHERE product_id = \(product)")
      }
      let drifted = try await shop.db.read { tx in try SalesLedger.differences(in: tx) }
      #expect(drifted == months)
      try await shop.db.write { tx in try Totals.recountAll(in: tx) }
      expectEqual(try await shop.db.read { tx in try SalesLedger.differences(in: tx) }, 0)
    }
  }

  /// Orders that are walked through are the same, page by page, as those looked at one by one.
  @Test(arguments: EngineKind.available) func findsTheSameEitherWay(_ engine: EngineKind) async throws {
    try await traded(engine) { shop, product in
      let filters = [
        OrderFilter(q: "1"), OrderFilter(q: "10"), OrderFilter(q: "cloud"), OrderFilter(q: "no"),
        OrderFilter(q: "1", from: Shop.day("2026-10-01"), to: Shop.day("2026-10-31")),
        OrderFilter(q: "1", returns: true),
        OrderFilter(product: product), OrderFilter(period: .month, product: product),
        OrderFilter(q: "1", product: product), OrderFilter(q: "none of them"),
      ]
      for var filter in filters {
        for count in [nil, ListSum.Counting.all] {
          filter.count = count
          let lists = try await shop.db.read { [filter] tx in
            try [0, 3, 1_000].map { few in
              try OrderList.read(filter, .system, today: Shop.today, currency: "CNY", few: few, in: tx)
            }
          }
          #expect(lists.allSatisfy { $0 == lists[2] }, "\(filter.fields.pairs)")
          #expect(lists[2].isCounted && lists[2].count == lists[2].orders.items.count || lists[2].orders.next != nil)
        }
      }
    }
  }
}
