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

  /// A program brings back each kind of record by what it was answered, and nothing else.
  @Test(arguments: EngineKind.available) func programsTakeBackWhatTheyDeleted(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await shop.site()
      func make(_ place: String, _ json: String) async throws -> String {
        let made = try await site.send(.post, "/api/v1" + place, json: json)
        #expect(made.status == 201, "\(place) \(made.text)")
        return try #require(made.headers[.location])
      }
      let customer = try await make("/customers", #"{"name":"南山茶行","phones":"13800138000"}"#)
      let own = customer.replacing("/api/v1", with: "")
      _ = try await make(own + "/contacts", #"{"name":"李娜"}"#)
      _ = try await make(own + "/notes", #"{"text":"喜欢龙井","topic":"preference"}"#)
      _ = try await make(own + "/tags", #"{"name":"月结"}"#)
      let product = try await make("/products", #"{"name":"龙井"}"#)
      let order = try await make("/orders", #"{"customer":"cloud","ordered_on":"2026-11-19","amount":"3"}"#)
      let (contact, note, tag) = try await shop.db.read { tx in
        (
          try tx.value("SELECT max(id) FROM contact", as: Contact.ID.self),
          try tx.value("SELECT max(id) FROM note", as: Note.ID.self),
          try tx.value("SELECT max(id) FROM tag", as: Tag.ID.self)
        )
      }
      let places = [
        "/api/v1/contacts/\(try #require(contact))", "/api/v1/notes/\(try #require(note))",
        "\(customer)/tags/\(try #require(tag))", product, order, customer,
      ]
      for place in places {
        let before = try await rows(shop)
        let gone = try await site.ask(.delete, place)
        #expect(gone.status == 200 && gone.headers[.contentType] == "application/json", "\(place) \(gone.status)")
        let removal = try JSONDecoder().decode(Removal.self, from: Data(gone.text.utf8))
        #expect(removal.undo == "/api/v1/deletions/\(removal.deletion)")
        let now = try await rows(shop)
        #expect(now != before, "\(place)")
        #expect(try await site.ask(.delete, place).status == 404, "\(place)")
        #expect(try await site.ask(.delete, removal.undo).status == 204, "\(place)")
        let again = try await rows(shop)
        #expect(again == before, "\(place)")
        #expect(try await site.ask(.delete, removal.undo).status == 404, "\(place)")
      }
    }
  }

  /// OpenAPI tells of every DELETE whether it can be taken back, and what is answered.
  @Test func openAPITellsWhatHasAnUndo() async throws {
    try await Shop.open(.sqlite) { shop in
      let routes = Features.routes(shop.services)
      let document = OpenAPI(title: "", version: "", routes: routes).document(in: .en)
      guard case .object(let all) = document, case .object(let paths)? = all["paths"] else {
        Issue.record("no paths")
        return
      }
      var (undoable, final): ([String], [String]) = ([], [])
      for (path, methods) in paths {
        guard case .object(let methods) = methods, let delete = methods["delete"] else { continue }
        let text = String(decoding: try JSONEncoder().encode(delete), as: UTF8.self)
        if text.contains("`undo` brings it back") && text.contains("deletion") && text.contains("\"200\"") {
          undoable.append(path)
        } else if text.contains("There is no undo") && text.contains("\"204\"") {
          final.append(path)
        } else {
          Issue.record("\(path): \(text)")
        }
      }
      #expect(
        undoable.sorted() == [
          "/contacts/{id}", "/customers/{id}", "/customers/{id}/tags/{tag}", "/notes/{id}", "/orders/{id}",
          "/products/{id}",
        ])
      #expect(final.contains("/settings/fields/{id}") && final.contains("/deletions/{id}"))
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
