import Analytics
import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// Who brought whom, and how far the relation has come.
@Suite struct RelationTests {
  private func add(_ json: String, _ site: TestSite) async throws -> Customer.ID {
    let answer = try await site.send(.post, "/api/v1/customers", json: json)
    #expect(answer.status == 201, "\(answer.text)")
    let place = try #require(answer.headers[.location])
    return try #require(Customer.ID(String(place.split(separator: "/").last ?? "")))
  }

  private func relation(_ id: Customer.ID, _ site: TestSite) async throws -> Relation {
    let answer = try await site.get("/api/v1/customers/\(id)")
    #expect(answer.status == 200, "\(answer.text)")
    return try Wire.decode(CustomerCard.self, from: answer.body).relation
  }

  @Test(arguments: EngineKind.available) func stagesFollowWhatHappened(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let site = try await shop.site()
      let ann = try await add(#"{"name":"安宁","kind":"person"}"#, site)
      expectEqual(try await relation(ann, site).stage, .friend)
      let note = #"{"text":"想要春茶","kind":"call","topic":"demand"}"#
      expectEqual(try await site.send(.post, "/api/v1/customers/\(ann)/notes", json: note).status, 201)
      expectEqual(try await relation(ann, site).stage, .prospect)
      for (day, stage) in [("2026-03-01", RelationStage.bought), ("2026-04-01", .repurchased)] {
        let order = #"{"customer_id":"\#(ann)","ordered_on":"\#(day)","amount":"20"}"#
        expectEqual(try await site.send(.post, "/api/v1/orders", json: order).status, 201)
        expectEqual(try await relation(ann, site).stage, stage)
      }
      let ben = try await add(#"{"name":"本杰","referrer":"安宁"}"#, site)
      let cem = try await add(#"{"name":"岑敏","referrer_id":"\#(ann)"}"#, site)
      let brought = try await relation(ann, site)
      #expect(brought.stage == .referrer && brought.referredCount == 2)
      #expect(brought.referred.map(\.id) == [ben, cem])
      expectEqual(try await relation(ben, site).referrer?.name, "安宁")
      let page = try await site.get("/customers/\(ann)")
      #expect(page.text.contains("介绍来的客户") && page.text.contains("/customers/new?referrer=\(ann)"))
      let form = try await site.get("/customers/new?referrer=\(ann)")
      #expect(form.text.contains("name='referrer_shown' value='\(ann)'") && form.text.contains("value='安宁'"))
    }
  }

  @Test(arguments: EngineKind.available) func nobodyIsBroughtInCircles(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let site = try await shop.site()
      let first = try await add(#"{"name":"一"}"#, site)
      _ = try await add(#"{"name":"二","referrer_id":"\#(first)"}"#, site)
      _ = try await add(#"{"name":"三","referrer":"二"}"#, site)
      _ = try await add(#"{"name":"同名"}"#, site)
      _ = try await add(#"{"name":"同名"}"#, site)
      let refused = [
        #""referrer":"三""#: CustomerWords.circular, #""referrer":"一""#: CustomerWords.circular,
        #""referrer":"没有人""#: CustomerWords.noSuchCustomer, #""referrer":"同名""#: CustomerWords.severalCustomers,
        #""referrer_id":"\#(Customer.ID(raw: 77))""#: CustomerWords.noSuchCustomer,
      ]
      for (json, why) in refused {
        let answer = try await site.send(.put, "/api/v1/customers/\(first)", json: #"{"name":"一",\#(json)}"#, of: "*")
        #expect(answer.status == 422 && answer.text.contains(why.zh), "\(json): \(answer.text)")
        #expect(try await relation(first, site).referrer == nil)
      }
    }
  }

  @Test(arguments: EngineKind.available) func whoIsBroughtBackHasBroughtTheSame(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let site = try await shop.site()
      let first = try await add(#"{"name":"一"}"#, site)
      let second = try await add(#"{"name":"二","referrer_id":"\#(first)"}"#, site)
      let gone = try await site.ask(.delete, "/api/v1/customers/\(first)")
      expectEqual(gone.status, 200)
      expectEqual(try await relation(second, site).referrer, nil)
      // What was read is written back as it is, though its referrer is gone.
      let same = #"{"name":"二","referrer_id":"\#(first)"}"#
      expectEqual(try await site.send(.put, "/api/v1/customers/\(second)", json: same, of: "*").status, 200)
      let deletion: Deletion? = try await shop.db.read { tx in try tx.first("SELECT * FROM deletion") }
      let id = try #require(deletion?.id)
      let back = try await site.ask(.delete, "/api/v1/deletions/\(id)")
      #expect([200, 204].contains(back.status), "\(back.text)")
      expectEqual(try await relation(second, site).referrer?.id, first)
    }
  }

  /// A form shows a name; what stands there when it is sent is meant.
  @Test(arguments: EngineKind.available) func formsChangeAndClearIt(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let site = try await shop.site()
      let (first, second) = (try await add(#"{"name":"一"}"#, site), try await add(#"{"name":"二"}"#, site))
      let third = try await add(#"{"name":"三","referrer_id":"\#(first)"}"#, site)
      func save(_ fields: [String: String]) async throws -> TestSite.Answer {
        try await site.post(
          "/customers/\(third)?_method=put", form: fields.merging(["name": "三", "kind": "company"]) { $1 })
      }
      let form = try await site.get("/customers/\(third)/edit")
      #expect(form.text.contains("name='referrer_shown' value='\(first)'"))
      // Another one beside a mistake: what was typed stays, and the next save means it.
      let shown = ["referrer": "二", "referrer_shown": "\(first)"]
      let mistaken = try await save(shown.merging(["email": "@"]) { $1 })
      #expect(mistaken.status == 422 && mistaken.text.contains("value='二'"), "\(mistaken.text)")
      #expect(try await save(shown).status < 400)
      expectEqual(try await relation(third, site).referrer?.id, second)
      #expect(try await save(["referrer": "二", "referrer_shown": "\(second)"]).status < 400)
      expectEqual(try await relation(third, site).referrer?.id, second)
      // Whoever cannot be named stays.
      expectEqual(try await site.ask(.delete, "/api/v1/customers/\(second)").status, 200)
      #expect(try await site.get("/customers/\(third)/edit").text.contains("name='referrer_id' value='\(second)'"))
      #expect(try await save(["referrer": "", "referrer_id": "\(second)"]).status < 400)
      let kept: Customer.ID? = try await shop.db.read { tx in
        try tx.value("SELECT referrer_id FROM customer WHERE id = \(third)")
      }
      #expect(kept == second)
      // Nobody, where nothing is left of the name.
      #expect(try await save(["referrer": "一", "referrer_id": "\(second)"]).status < 400)
      expectEqual(try await relation(third, site).referrer?.id, first)
      #expect(try await save(["referrer": "", "referrer_shown": "\(first)"]).status < 400)
      expectEqual(try await relation(third, site).referrer, nil)
    }
  }
}
