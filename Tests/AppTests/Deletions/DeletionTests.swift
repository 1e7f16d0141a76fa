import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct DeletionTests {
  /// Every table that a deletion may touch, as texts.
  private func rows(_ shop: Shop) async throws -> [String] {
    try await shop.db.read { tx in
      var all: [String] = []
      let customers: [Customer] = try tx.all("SELECT * FROM customer ORDER BY id")
      let totals: [Totals] = try tx.all("SELECT * FROM customer_total ORDER BY customer_id")
      let contacts: [Contact] = try tx.all("SELECT * FROM contact ORDER BY id")
      let notes: [Note] = try tx.all("SELECT * FROM note ORDER BY id")
      let orders: [App.Order] = try tx.all("SELECT * FROM sales_order ORDER BY id")
      let lines: [OrderLine] = try tx.all("SELECT * FROM sales_order_line ORDER BY id")
      let products: [Product] = try tx.all("SELECT * FROM product ORDER BY id")
      let tagged: [Int64] = try tx.values("SELECT customer_id FROM customer_tag ORDER BY customer_id, tag_id")
      let found: [Int64] = try tx.values("SELECT id FROM search_document ORDER BY id")
      all += [customers, totals, contacts, notes, orders, lines, products, tagged, found].map { "\($0)" }
      return all
    }
  }

  /// The address an answer's message offers for taking it back.
  private func undo(_ answer: TestSite.Answer) throws -> String {
    let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("flash=") })
    let value = cookie.dropFirst("flash=".count).prefix { $0 != ";" }
    let text = try #require(Fields(encoded: "c=" + value)["c"])
    return try #require(Fields(encoded: text)["u"])
  }

  @Test(arguments: EngineKind.available) func whatIsDeletedComesBackWhole(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await shop.site()
      let made = try await site.send(.post, "/api/v1/customers", json: #"{"name":"南山茶行","phones":"13800138000"}"#)
      let customer = try #require(made.headers[.location]).replacing("/api/v1", with: "")
      for (place, body) in [
        ("/contacts", #"{"name":"李娜"}"#), ("/notes", #"{"text":"喜欢龙井","topic":"preference"}"#),
        ("/tags", #"{"name":"月结"}"#),
      ] { _ = try await site.send(.post, "/api/v1" + customer + place, json: body) }
      _ = try await site.send(.post, "/api/v1/products", json: #"{"name":"龙井"}"#)
      _ = try await site.send(
        .post, "/api/v1/orders",
        json: #"{"customer":"cloud","ordered_on":"2026-11-19","lines":[{"product":"龙井","amount":"3","quantity":"2"}]}"#)
      let ids = try await shop.db.read { tx in
        [
          "/notes/\(try tx.value("SELECT max(id) FROM note", as: Note.ID.self)?.description ?? "")",
          "/contacts/\(try tx.value("SELECT max(id) FROM contact", as: Contact.ID.self)?.description ?? "")",
          "/orders/\(try tx.value("SELECT max(id) FROM sales_order", as: App.Order.ID.self)?.description ?? "")",
        ]
      }
      for place in ids + [customer] {
        let before = try await rows(shop)
        let gone = try await site.post(place + "?_method=delete", form: [:])
        #expect(gone.status == 303, "\(place)")
        let now = try await rows(shop)
        #expect(now != before, "\(place)")
        let back = try await site.post(try undo(gone) + "?_method=delete", form: [:])
        #expect(back.status == 303, "\(place)")
        let again = try await rows(shop)
        #expect(again == before, "\(place)")
        let twice = try await site.post(try undo(gone) + "?_method=delete", form: [:])
        #expect(twice.status == 404)
      }
    }
  }

  @Test(arguments: EngineKind.available) func whatIsInTheWayIsSaid(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await shop.site()
      func make() async throws -> String {
        let made = try await site.send(.post, "/api/v1/customers", json: #"{"name":"南山茶行","outside_id":"K1"}"#)
        return try #require(made.headers[.location]).replacing("/api/v1", with: "")
      }
      let gone = try await site.post(try await make() + "?_method=delete", form: [:])
      _ = try await make()
      let back = try await site.post(try undo(gone) + "?_method=delete", form: [:])
      #expect(back.status == 409)
    }
  }

  /// Two people at the same customer: the second is told before anything of the first is lost.
  @Test(arguments: EngineKind.available) func nobodyIsWrittenOverUnseen(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await shop.site()
      let made = try await site.send(.post, "/api/v1/customers", json: #"{"name":"南山茶行","industry":"茶"}"#)
      let customer = try #require(made.headers[.location]).replacing("/api/v1", with: "")
      let form = try await site.get(customer + "/edit").text
      let version = try #require(form.firstMatch(of: /name='version' value='([^']+)'/)?.1)
      try await shop.db.write { tx in
        try tx.run("UPDATE customer SET industry = '餐饮', updated_at = updated_at + 1000 WHERE name = '南山茶行'")
      }
      let fields = ["name": "南山茶行", "industry": "茶", "source": "展会", "version": String(version)]
      let told = try await site.post(customer + "?_method=put", form: fields)
      #expect(told.status == 422 && told.text.contains("行业：餐饮"))
      let newer = try #require(told.text.firstMatch(of: /name='version' value='([^']+)'/)?.1)
      let saved = try await site.post(
        customer + "?_method=put", form: fields.merging(["version": String(newer)]) { $1 })
      #expect(saved.status == 303)
    }
  }
}
