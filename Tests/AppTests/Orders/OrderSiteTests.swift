import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct OrderSiteTests {
  /// The totals of everybody, kept and counted anew, are the same.
  private func expectTotalsHold(_ shop: Shop) async throws {
    let totals: SQL = "SELECT * FROM customer_total ORDER BY customer_id"
    let kept: [Totals] = try await shop.db.read { try $0.all(totals) }
    expectEqual(try await shop.db.read { tx in try SalesLedger.differences(in: tx) }, 0)
    let counted: [Totals] = try await shop.db.write { tx in
      try Totals.recountAll(in: tx)
      return try tx.all(totals)
    }
    #expect(kept == counted)
  }

  /// A site of a shop whose customers can be searched.
  private func site(of shop: Shop) async throws -> TestSite {
    try await shop.db.write { try Customer.index($0.values("SELECT id FROM customer"), in: $0) }
    return try await shop.site()
  }

  private func totals(_ name: String, _ shop: Shop) async throws -> Totals {
    try #require(
      try await shop.db.read { try $0.first("SELECT * FROM \(SQL.customersWithTotals) WHERE name = \(name)") })
  }

  private func id(_ name: String, _ shop: Shop) async throws -> String {
    try #require(
      try await shop.db.read { tx -> Customer.ID? in
        try tx.value("SELECT id FROM customer WHERE name = \(name)")
      }
    ).description
  }

  private func json(_ answer: TestSite.Answer) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
  }

  @Test(arguments: EngineKind.available) func writesChangesAndDeletes(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await site(of: shop)
      let before = try await totals("cloud", shop)
      let written = try await site.send(
        .post, "/api/v1/orders",
        json: """
          {"customer":"no-cloud","ordered_on":"2026-11-19","number":"SO-77",
           "lines":[{"product":"茶","quantity":"2","unit_price":"12.5"},{"product":"盒","amount":"3","cost":"1"}]}
          """)
      #expect(written.status == 201)
      let place = try #require(written.headers[.location])
      expectEqual(try await totals("cloud", shop).amount, before.amount + 2_800)
      expectEqual(try await totals("cloud", shop).lastOn, "2026-11-19")

      let shown = try json(try await site.get(place))
      #expect(shown["number"] as? String == "SO-77" && (shown["lines"] as? [Any])?.count == 2)
      // Found by its number, and by its customer's.
      for q in ["SO-77", "no-cloud"] {
        let found = try await site.get("/api/v1/orders?q=\(q)")
        #expect(found.text.contains("SO-77"))
      }

      let again = try await site.send(
        .post, "/api/v1/orders",
        json: #"{"customer":"no-cloud","ordered_on":"2026-11-19","number":"SO-77","amount":"1"}"#)
      #expect(again.status == 422 && again.text.contains("number"))

      let moved = try await site.send(
        .put, place,
        json:
          #"{"customer":"no-wei","ordered_on":"2026-11-18","number":"SO-78","amount":"50","is_return":true}"#, of: "*")
      #expect(moved.status == 200)
      expectEqual(try await totals("cloud", shop), before)
      expectEqual(try await totals("wei", shop).amount, 15_000)
      expectEqual(try await site.get("/api/v1/orders?q=SO-77").text.contains("\"count\":0"), true)
      try await expectTotalsHold(shop)

      expectEqual(try await site.ask(.delete, place).status, 200)
      expectEqual(try await site.get(place).status, 404)
      expectEqual(try await totals("wei", shop).amount, 20_000)
      expectEqual(try await site.get("/api/v1/orders?q=SO-78").text.contains("\"count\":0"), true)
      try await expectTotalsHold(shop)
      let lines: Int? = try await shop.db.read { try $0.value("SELECT count(*) FROM sales_order_line") }
      #expect(lines == 0)
    }
  }

  @Test(arguments: EngineKind.available) func listsWithSums(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await site(of: shop)
      let wei = try await id("wei", shop)
      // Filter, how many, and what they come to.
      let cases: [(String, Int, String)] = [
        ("", 10, "2135.00"), ("?returns=true", 2, "-105.00"), ("?customer=\(wei)", 2, "200.00"),
        ("?period=year", 7, "1895.00"), ("?period=last_year", 2, "150.00"),
        ("?from=2026-10-01&to=2026-10-31", 2, "200.00"),
        ("?customer=\(wei)&returns=true", 1, "-100.00"), ("?q=cloud", 3, "1700.00"),
        ("?q=cloud&period=month", 2, "1200.00"),
        ("?q=nobody", 0, "0.00"), ("?product=0000000000001", 0, "0.00"),
      ]
      for (query, count, amount) in cases {
        let list = try json(try await site.get("/api/v1/orders\(query)"))
        #expect(list["count"] as? Int == count, "\(query)")
        #expect((list["amount"] as? [String: Any])?["amount"] as? String == amount, "\(query)")
        let page = try await site.get("/orders\(query)")
        #expect(page.status == 200)
      }
    }
  }

  @Test(arguments: EngineKind.available) func pagesWithoutGapsOrDoubles(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell((1...120).map { Shop.Sale("c\($0 % 7)", "2026-0\($0 % 9 + 1)-15", Int64($0), 1) })
      let site = try await site(of: shop)
      var seen: [String] = []
      var query = ""
      for _ in 0..<4 {
        let list = try json(try await site.get("/api/v1/orders\(query)"))
        let slice = try #require(list["orders"] as? [String: Any])
        seen += (slice["items"] as? [[String: Any]] ?? []).compactMap { $0["ordered_on"] as? String }
        guard let next = slice["next"] as? String else { break }
        query = "?position=\(next)"
      }
      #expect(seen.count == 120)
      #expect(seen == seen.sorted(by: >))
    }
  }

  @Test(arguments: EngineKind.available) func formKeepsWhatWasTyped(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await site(of: shop)
      let wei = try await id("wei", shop)
      let blank = try await site.get("/orders/new?customer=\(wei)")
      #expect(
        blank.status == 200 && blank.text.contains("lines[4][product]") && blank.text.contains("value='wei'"))
      let typed = [
        "customer": "wei", "customer_id": wei, "ordered_on": "2026-11-20", "is_return": "false",
        "lines[0][product]": "<b>茶</b>", "lines[0][quantity]": "3", "lines[0][unit_price]": "十块",
        "note": "急'\"",
      ]
      let refused = try await site.post("/orders", form: typed)
      #expect(refused.status == 422)
      #expect(refused.text.contains("&lt;b&gt;茶&lt;/b&gt;") && refused.text.contains("十块"))
      #expect(refused.text.contains("lines.0.unit_price-error") && !refused.text.contains("<b>茶"))

      let more = try await site.post(
        "/orders/draft", form: typed.merging(["lines[0][unit_price]": "10"]) { $1 })
      #expect(more.status == 200 && more.text.contains("lines[5][product]") && more.text.contains("30.00"))
      let saved = try await site.post("/orders", form: typed.merging(["lines[0][unit_price]": "10"]) { $1 })
      #expect(saved.status == 303)
      let place = try #require(saved.headers[.location])
      let page = try await site.get(place)
      #expect(page.status == 200 && page.text.contains("&lt;b&gt;茶") && page.text.contains("¥30.00"))
      for other in ["/edit", "/delete"] { expectEqual(try await site.get(place + other).status, 200) }
      let back = try await site.get("/orders/new?return_of=\(place.split(separator: "/").last ?? "")")
      #expect(back.status == 200 && back.text.contains("value='true' checked"))

      let english = try await site.get(place, headers: ["Accept-Language": "en", "Cookie": "language=en"])
      #expect(english.text.contains("Unit price") && !english.text.contains("单价"))
      let gone = try await site.post("\(place)?_method=delete", form: [:])
      #expect(gone.status == 303)
    }
  }

  @Test(arguments: EngineKind.available) func namesThatAreNotUnique(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      try await shop.db.write { tx in
        for number in ["t1", "t2"] {
          var twin = Customer(id: shop.services.ids.next(), kind: .person, name: "张伟", at: .now(), by: nil)
          twin.outsideId = number
          try tx.insert(twin)
        }
      }
      let site = try await site(of: shop)
      func status(_ customer: String) async throws -> (Int, String) {
        let answer = try await site.send(
          .post, "/api/v1/orders",
          json: #"{"customer":"\#(customer)","ordered_on":"2026-11-20","amount":"1"}"#)
        return (answer.status, answer.text)
      }
      expectEqual(try await status("张伟").0, 422)
      expectEqual(try await status("t2").0, 201)
      expectEqual(try await status("nobody").0, 422)
      expectEqual(try await status("").0, 422)
      let choices = try await site.get("/customers/suggestions?customer=no-wei")
      #expect(choices.text.contains("<option value='wei'>no-wei</option>"))
    }
  }

  @Test(arguments: EngineKind.available) func hostileInputNeverBreaksIt(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await site(of: shop)
      let long = String(repeating: "長", count: 20_000)
      let bodies = [
        "{}", "[]", "null", "{\"lines\":{}}", "{\"lines\":[{}]}", "{\"lines\":[null]}", "not json", "",
        #"{"customer":"no-wei","ordered_on":"2026-11-20","amount":"1e30"}"#,
        #"{"customer":"\u0000","ordered_on":"\u0000","amount":"\u0000","number":"\u0000","note":"\u0000"}"#,
        #"{"customer":"no-wei","ordered_on":"2026-11-20","amount":"1","number":"\#(long)"}"#,
        #"{"customer":"no-wei","ordered_on":"9999-12-31","amount":"1"}"#,
        #"{"customer":"no-wei","ordered_on":"2026-11-20","currency":"￥￥￥","amount":"1"}"#,
        #"{"customer":"no-wei","ordered_on":"2026-11-20","lines":[{"product_id":"0000000000000","quantity":"1"}]}"#,
        #"{"customer":"no-wei","ordered_on":"2026-11-20","lines":["#
          + Array(repeating: #"{"product":"x","amount":"1"}"#, count: 1_001).joined(separator: ",") + "]}",
        #"{"customer_id":7,"is_return":"maybe"}"#,
      ]
      for body in bodies {
        let answer = try await site.send(.post, "/api/v1/orders", json: body)
        #expect((400..<500).contains(answer.status), "\(body.prefix(80)): \(answer.status)")
      }
      let nul = try await site.send(
        .post, "/api/v1/orders",
        json: #"{"customer":"no-wei","ordered_on":"2026-11-20","amount":"1","note":"a\u0000b"}"#)
      #expect(nul.status == 201)
      let draft = try await site.send(
        .post, "/api/v1/orders/draft", json: #"{"currency":"ab1","amount":"5"}"#)
      #expect(draft.status == 200 && draft.text.contains(#""currency":"CNY""#))
      let queries = [
        "q=%00", "q=%27%22%28%29%2A", "period=x", "from=x", "position=x", "position=eyJpZCI6MX0",
        "customer=x", "returns=x",
        "q=\(String(repeating: "%E5%BC%A0", count: 3_000))", "from=0001-01-01&to=9999-12-31",
        "product=7ZZZZZZZZZZZZ",
      ]
      for query in queries {
        let answer = try await site.get("/api/v1/orders?\(query)")
        #expect(answer.status == 200 || answer.status == 400, "\(query.prefix(40)): \(answer.status)")
      }
      for path in [
        "/orders/x", "/orders/0000000000000", "/orders/0000000000001/edit",
        "/orders/new?return_of=0000000000001",
      ] {
        expectEqual(try await site.get(path).status, 404)
      }
    }
  }

  @Test(arguments: EngineKind.available) func emptyPagesSayWhatBelongsThere(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let site = try await site(of: shop)
      for (path, words) in [("/orders", OrderWords.noneHint), ("/products", ProductWords.noneHint)] {
        let page = try await site.get(path)
        #expect(page.status == 200 && (page.text.contains(words.zh) || page.text.contains(words.en)))
      }
      for path in ["/orders?q=x", "/products?q=x"] {
        let page = try await site.get(path)
        #expect(page.status == 200 && page.text.contains("class='empty'"))
      }
    }
  }
}
