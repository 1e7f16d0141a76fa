import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct ProductSiteTests {
  private func json(_ answer: TestSite.Answer) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
  }

  private func place(_ answer: TestSite.Answer) throws -> String {
    #expect(answer.status == 201, "\(answer.text)")
    return try #require(answer.headers[.location])
  }

  /// Two products, sold in both currencies, one of them taken back in part.
  private func stocked(_ site: TestSite, _ shop: Shop) async throws -> (tea: String, box: String) {
    try await shop.db.write { tx in
      var settings = try tx.ask(Settings.stored)
      settings.rates["USD"] = Rate("7")
      try settings.save(at: shop.services.clock(), by: nil, in: tx)
    }
    let tea = try await place(
      site.send(
        .post, "/api/v1/products",
        json: #"{"name":"西湖龙井","code":"TEA-1","price":"285","cost":"171","unit":"盒","category":"茶"}"#))
    let box = try await place(site.send(.post, "/api/v1/products", json: #"{"name":"礼盒","code":"BOX"}"#))
    let orders = [
      #"{"customer":"no-cloud","ordered_on":"2026-11-02","lines":[{"product":"TEA-1","quantity":"10"},{"product":"礼盒","quantity":"2","unit_price":"50"}]}"#,
      #"{"customer":"no-wei","ordered_on":"2026-11-03","currency":"USD","lines":[{"product":"TEA-1","quantity":"1","unit_price":"100","cost":"30"}]}"#,
      #"{"customer":"no-cloud","ordered_on":"2026-10-03","is_return":true,"lines":[{"product":"TEA-1","quantity":"1"}]}"#,
    ]
    for order in orders { _ = try await place(site.send(.post, "/api/v1/orders", json: order)) }
    return (tea, box)
  }

  @Test(arguments: EngineKind.available) func countsWhatWasSold(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await shop.site()
      let (tea, _) = try await stocked(site, shop)
      let view = try json(try await site.get(tea))
      // 10 × 285 − 285, and 100 dollars at 7; costs 10 × 171 − 171 and 30 dollars.
      #expect((view["amount"] as? [String: Any])?["amount"] as? String == "3265.00")
      #expect((view["margin"] as? [String: Any])?["amount"] as? String == "1516.00")
      #expect(view["quantity"] as? String == "10" && view["order_count"] as? Int == 3)
      let buyers = (view["buyers"] as? [[String: Any]] ?? []).compactMap {
        ($0["customer"] as? [String: Any])?["name"] as? String
      }
      #expect(buyers == ["cloud", "wei"])
      let months = try #require(view["months"] as? [[String: Any]])
      let sums = months.suffix(2).compactMap { ($0["amount"] as? [String: Any])?["amount"] as? String }
      #expect(months.count == 24 && sums == ["-285.00", "3550.00"])
      let page = try await site.get(String(tea.dropFirst(7)))
      #expect(page.status == 200 && page.text.contains("西湖龙井"))
    }
  }

  @Test(arguments: EngineKind.available) func listsInEveryOrder(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await shop.site()
      _ = try await stocked(site, shop)
      _ = try await place(site.send(.post, "/api/v1/products", json: #"{"name":"安吉白茶","price":"400"}"#))
      let orders = [
        "name": ["安吉白茶", "礼盒", "西湖龙井"], "price": ["安吉白茶", "西湖龙井", "礼盒"], "quantity": ["西湖龙井", "礼盒", "安吉白茶"],
        "amount": ["西湖龙井", "礼盒", "安吉白茶"], "margin": ["西湖龙井", "礼盒", "安吉白茶"],
      ]
      for (sort, names) in orders {
        let list = try json(try await site.get("/api/v1/products?sort=\(sort)"))
        let items = (list["products"] as? [String: Any])?["items"] as? [[String: Any]] ?? []
        #expect(items.compactMap { $0["name"] as? String } == names, "\(sort)")
        #expect((list["amount"] as? [String: Any])?["amount"] as? String == "3365.00")
        expectEqual(try await site.get("/products?sort=\(sort)").status, 200)
      }
      for (query, count) in [("q=longjing", 1), ("q=TEA-1", 1), ("category=%E8%8C%B6", 1), ("q=zz", 0)] {
        let list = try json(try await site.get("/api/v1/products?\(query)"))
        #expect(list["count"] as? Int == count, "\(query)")
      }
    }
  }

  @Test(arguments: EngineKind.available) func staysWhileOrdersNameIt(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await shop.site()
      let (tea, _) = try await stocked(site, shop)
      expectEqual(try await site.ask(.delete, tea).status, 409)
      let confirm = try await site.get(String(tea.dropFirst(7)) + "/delete")
      #expect(confirm.status == 200 && !confirm.text.contains("_method=delete"))
      let spare = try await place(site.send(.post, "/api/v1/products", json: #"{"name":"样品"}"#))
      expectEqual(try await site.ask(.delete, spare).status, 200)
      expectEqual(try await site.get(spare).status, 404)
    }
  }

  @Test(arguments: EngineKind.available) func renamingKeepsOrders(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await shop.site()
      let (tea, _) = try await stocked(site, shop)
      let changed = try await site.send(.put, tea, json: #"{"name":"明前龙井","code":"TEA-2","price":"300"}"#, of: "*")
      #expect(changed.status == 200)
      let view = try json(try await site.get(tea))
      #expect(view["name"] as? String == "明前龙井" && view["order_count"] as? Int == 3)
      expectEqual(try await site.get("/api/v1/products?q=mingqian").text.contains("明前龙井"), true)
    }
  }

  @Test(arguments: EngineKind.available) func saysWhatIsWrong(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let site = try await shop.site()
      _ = try await place(site.send(.post, "/api/v1/products", json: #"{"name":"a","code":"X"}"#))
      let long = String(repeating: "n", count: 201)
      let bodies = [
        #"{"name":""}"#, #"{"name":"\#(long)"}"#, #"{"name":"b","code":"X"}"#, #"{"name":"b","price":"-1"}"#,
        #"{"name":"b","price":"1e30"}"#, #"{"name":"b","currency":"XXX"}"#, #"{"name":"\u0000"}"#,
        #"{"name":"a\nb"}"#,
      ]
      for body in bodies {
        let answer = try await site.send(.post, "/api/v1/products", json: body)
        #expect(answer.status == 422, "\(body.prefix(60)): \(answer.status)")
      }
      let form = try await site.post("/products", form: ["name": "", "price": "<12>"])
      #expect(form.status == 422 && form.text.contains("&lt;12&gt;") && form.text.contains("name-error"))
      let saved = try await site.post("/products", form: ["name": "茶", "price": "1.5", "currency": "CNY"])
      #expect(saved.status == 303)
    }
  }
}
