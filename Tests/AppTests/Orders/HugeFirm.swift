import Store
import TestKit
import Testing

@testable import App

/// A shop some of whose orders are as large as a column can hold, so that their sums are larger.
struct HugeFirm {
  let shop: Shop
  let site: TestSite
  let product: Product.ID
  /// Three orders of one customer, day and product.
  let orders: [App.Order]

  static func open(_ engine: EngineKind, _ body: (HugeFirm) async throws -> Void) async throws {
    try await Shop.full(engine) { shop in
      let firm = HugeFirm(shop: shop)
      try await firm.write()
      try await body(HugeFirm(firm, site: try await shop.site()))
    }
  }

  private init(shop: Shop) {
    self.shop = shop
    site = TestSite(House.site(shop.services))
    product = shop.services.ids.next()
    orders = (1...3).map { _ in Self.order("2026-10-05", .max - 5, shop) }
  }

  private init(_ firm: HugeFirm, site: TestSite) {
    (shop, product, orders, self.site) = (firm.shop, firm.product, firm.orders, site)
  }

  private static func order(_ day: String, _ size: Int64, _ shop: Shop, base: Int64? = nil) -> App.Order {
    var order = Shop.order(Shop.Sale("", day, 0, 0), of: Customer.ID(raw: 0), shop.services)
    (order.amount, order.cost, order.quantity) = (size, size, Quantity(thousandths: size))
    (order.baseAmount, order.baseCost) = (base ?? size, base ?? size)
    return order
  }

  private func write() async throws {
    let (product, services) = (
      Product(id: product, name: "金", currency: "CNY", at: shop.services.clock(), by: nil), shop.services
    )
    let others: [(String, App.Order)] = [
      ("wei", Self.order("2026-10-05", .max, shop)), ("wei", Self.order("2026-09-01", .max, shop)),
      ("six", Self.order("2026-02-01", .min, shop)), ("six", Self.order("2026-02-01", -.max, shop)),
      ("sun", Self.order("2026-03-01", 3, shop, base: .max)), ("sun", Self.order("2026-03-02", .max, shop, base: 7)),
      ("sun", Self.order("2026-03-02", .max - 1, shop, base: .min)),
    ]
    let all = orders.map { ("cloud", $0) } + others
    try await shop.db.write { tx in
      try tx.insert(product)
      for (name, found) in all {
        var order = found
        order.customerId = try #require(try tx.value("SELECT id FROM customer WHERE name = \(name)"))
        try tx.insert(order)
        try tx.insert(
          OrderLine(
            id: services.ids.next(), orderId: order.id, position: 1, productId: product.id, productName: product.name,
            quantity: order.quantity, amount: order.amount, cost: order.cost))
      }
      try Totals.recountAll(in: tx)
      try Customer.index(tx.values("SELECT id FROM customer"), in: tx)
      try Product.index([product.id], in: tx)
    }
  }

  func customer(_ name: String) async throws -> Customer.ID {
    try #require(try await shop.db.read { tx in try tx.value("SELECT id FROM customer WHERE name = \(name)") })
  }

  func totals(_ name: String) async throws -> Totals? {
    try await shop.db.read { tx in try tx.first("SELECT * FROM \(SQL.customersWithTotals) WHERE name = \(name)") }
  }

  /// What is kept is what a recount says, and the doctor finds nothing wrong with it.
  func expectTotalsHold(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let checkup = Checkup(try Config(flags: [.database: "sqlite:/nowhere", .port: "0"]))
    let wrong = await checkup.contents(of: shop.db).filter { !$0.isFine && $0.name != "jobs" }.map {
      "\($0.name): \($0.detail.en)"
    }
    #expect(wrong == [], sourceLocation: sourceLocation)
    let differences = try await shop.db.read { tx in try SalesLedger.differences(in: tx) }
    #expect(differences == 0, sourceLocation: sourceLocation)
  }
}
