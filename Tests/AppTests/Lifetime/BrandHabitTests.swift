import Analytics
import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// Loyalty by brands, from files of orders to the data card.
@Suite struct BrandHabitTests {
  /// A letter for each order of a customer, oldest first: its brand of green tea.
  private static let bought = ["Ann": "AAAAAA", "Ben": "ABABAB", "Cem": "AAABBB", "Dai": "ABCABC", "Eva": "AABA"]

  private static let file: String = {
    let head = "order_id,customer_name,order_date,product_name,category,brand,amount"
    let lines = bought.sorted { $0.key < $1.key }.flatMap { name, brands in
      brands.enumerated().map { place, brand in
        "\(name)-\(place),\(name),2026-0\(place + 1)-05,Green \(brand),Green tea,\(brand),100"
      }
    }
    // Boxes are of one brand alone: who buys them had no choice.
    let boxes = (1...9).map { "Fay-\($0),Fay,2026-0\($0)-07,Box,Boxes,A,50" }
    // Two lines of a brand in one order are one purchase, and returns are none.
    let rest = ["Ann-0,Ann,2026-01-05,Green A2,Green tea,A,40", "Ann-9,Ann,2026-09-01,Green C,Green tea,C,-10"]
    return ([head] + lines + boxes + rest).joined(separator: "\n") + "\n"
  }()

  private func card(of name: String, _ shop: Shop, _ site: TestSite) async throws -> CustomerCard {
    let id: Customer.ID? = try await shop.db.read { tx in try tx.value("SELECT id FROM customer WHERE name = \(name)") }
    let answer = try await site.get("/api/v1/customers/\(try #require(id))")
    #expect(answer.status == 200, "\(answer.text)")
    return try Wire.decode(CustomerCard.self, from: answer.body)
  }

  @Test(arguments: EngineKind.available) func cardsTellLoyaltyByBrands(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let record = try await ImportDesk(services: shop.services).bring(.orders, Self.file)
      #expect(record.counts.products == .init(new: 5) && record.counts.rejected == 0)
      // Cards look ahead from thirty customers on.
      try await shop.sell((0..<30).map { Shop.Sale("other \($0)", "2026-03-1\($0 % 9)", 20, 1) })
      try await LifetimeRefresh.refresh(shop.services)
      let site = try await shop.site()
      let expected: [(String, BrandPattern, LoyaltyType, [Int])] = [
        ("Ann", .undivided, .loyal, [6]), ("Ben", .divided, .brandSwitcher, [3, 3]),
        ("Cem", .unstable, .brandSwitcher, [3, 3]), ("Dai", .none, .noBrandLoyalty, [2, 2, 2]),
      ]
      for (name, pattern, type, shares) in expected {
        let forecast = try #require(try await card(of: name, shop, site).forecast)
        #expect(forecast.brands?.pattern == pattern && forecast.brands?.category == "Green tea", "\(name)")
        #expect(forecast.brands?.shares.map(\.purchases) == shares && forecast.loyalty == type, "\(name)")
      }
      for name in ["Eva", "Fay"] {
        let forecast = try #require(try await card(of: name, shop, site).forecast)
        #expect(forecast.brands == nil && forecast.loyalty != nil, "\(name)")
      }
      let page = try await site.get("/customers/\(try await card(of: "Ben", shop, site).id)")
      #expect(page.text.contains("品牌转移客户") && page.text.contains("A 3 次、B 3 次"))
    }
  }

  @Test(arguments: EngineKind.available) func productsAreListedByBrand(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      try await ImportDesk(services: shop.services).bring(.orders, Self.file)
      let site = try await shop.site()
      let list = try await site.get("/api/v1/products?brand=A")
      let found = try Wire.decode(ProductList.self, from: list.body)
      #expect(found.products.items.map(\.name).sorted() == ["Box", "Green A", "Green A2"])
      #expect(found.brands == ["A", "B", "C"] && found.categories == ["Boxes", "Green tea"])
      let id = try #require(found.products.items.first?.id)
      let input = #"{"name":"Box","category":"Boxes","brand":"  Z  "}"#
      expectEqual(try await site.send(.put, "/api/v1/products/\(id)", json: input, of: "*").status, 200)
      expectEqual(try await site.get("/api/v1/products?brand=Z").text.contains("Box"), true)
    }
  }
}
