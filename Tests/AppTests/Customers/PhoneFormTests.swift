import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// Phones and what else programs must find again, as somebody types them into forms.
@Suite struct PhoneFormTests {
  private struct Shown: Codable {
    let customer: CustomerInput?
  }

  private func customer(_ shop: Shop, _ name: String) async throws -> Customer? {
    try await shop.db.read { tx in try tx.first("SELECT * FROM customer WHERE name = \(name)") }
  }

  @Test(arguments: EngineKind.available) func nothingTypedIsLost(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let site = try await shop.site()
      let typed = "张总 13800138003 / 0571-88886666转801（白天）；415-555-2671\n+49 30 123456"
      let json = try JSONSerialization.data(withJSONObject: ["name": "大江", "phones": typed])
      let sent = try await site.send(.post, "/api/v1/customers", json: String(decoding: json, as: UTF8.self))
      #expect(sent.status == 201, "\(sent.text)")
      let shown = ["13800138003 · 张总", "0571-88886666转801 · 白天", "415-555-2671", "+49 30 123456"]
      let made = try #require(try await customer(shop, "大江"))
      #expect(made.phones.map(\.shown) == shown)
      // What the form shows, saved as it stands, changes nothing.
      let phones = try #require(CustomerInput(made, []).phones)
      let saved = try await site.post(
        "/customers/\(made.id)?_method=put", form: ["name": "大江", "kind": "company", "phones": phones])
      #expect(saved.status == 303)
      try await expectEqual(customer(shop, "大江")?.phones, made.phones)

      let contact = try await site.post(
        "/customers/\(made.id)/contacts", form: ["name": "李娜", "phones": "办：021-55556666转7，13900139003"])
      #expect(contact.status == 303)
      let card = try await site.get("/customers/\(made.id)")
      #expect(card.text.contains("021-55556666转7 · 办") && card.text.contains(">13800138003</a> · 张总"))
    }
  }

  @Test(arguments: EngineKind.available) func whatCannotBeReadIsSaidAtTheField(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let site = try await shop.site()
      for (typed, bad) in [("1390013900", "1390013900"), ("13800138003、1390013900", "1390013900"), ("打不通", "打不通")] {
        let answer = try await site.post("/customers", form: ["name": "坏", "kind": "person", "phones": typed])
        #expect(answer.status == 422 && answer.text.contains("“\(bad)”不像电话号码"), "\(typed)")
        #expect(answer.text.contains("value='\(typed)'"))
      }
      #expect(try await site.post("/customers", form: ["name": "无号", "kind": "person", "phones": "无"]).status == 303)
      try await expectEqual(customer(shop, "无号")?.phones, [])
      try await expectEqual(customer(shop, "坏")?.name, nil)
    }
  }

  @Test(arguments: EngineKind.available) func invisibleMarksAreNone(_ engine: EngineKind) async throws {
    let family = "👨\u{200D}👩\u{200D}👧"
    try await Shop.open(engine) { shop in
      let site = try await shop.site()
      let sent = try await site.post(
        "/customers",
        form: [
          "name": "\u{200E}\(family)\u{200F}\u{FEFF}", "kind": "person",
          "phones": "\u{202D}138\u{A0}0013\u{2007}8000\u{202C}",
          "email": "a\u{200B}b@exam\u{AD}ple.cn\u{3000}", "birthday": "\u{2066}1990-01-02\u{2069}",
          "outside_id": "A\u{200B}01\u{202F}", "description": "\u{200E}میخواهم".replacing("می", with: "می\u{200C}"),
        ])
      #expect(sent.status == 303, "\(sent.text.prefix(2_000))")
      let made = try #require(try await customer(shop, family))
      #expect(made.phones.map(\.normal) == ["+8613800138000"] && made.email == "ab@example.cn")
      #expect(made.birthday == Day("1990-01-02") && made.outsideId == "A01")
      #expect(made.description.hasPrefix("می\u{200C}"))
      let twice = try await site.post("/customers", form: ["name": "乙", "kind": "person", "outside_id": "\u{2060}A01"])
      #expect(twice.status == 422)
      let order = try await site.post(
        "/orders",
        form: ["customer": "A\u{2060}01", "ordered_on": "2026\u{200B}-01-02", "amount": "\u{200E}1\u{202F}234.50"])
      #expect(order.status == 303, "\(order.text.prefix(2_000))")
      let amount: Int64? = try await shop.db.read { tx in try tx.value("SELECT amount FROM sales_order") }
      #expect(amount == 123_450)
    }
  }
}
