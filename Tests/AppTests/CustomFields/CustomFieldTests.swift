import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// The firm's own fields of customers, in the browser and the API.
@Suite struct CustomFieldTests {
  private func open(_ engine: EngineKind, _ body: (ImportDesk, TestSite) async throws -> Void) async throws {
    try await ImportDesk.open(engine) { desk in
      let accounts = Accounts(desk.services)
      let user = try await accounts.create(
        email: "lin@example.cn", name: "Lin", password: "correct horse battery", isAdministrator: true)
      let token = try await accounts.issueToken(for: user, name: "test")
      try await body(desk, TestSite(House.site(desk.services), token: token))
    }
  }

  private func add(_ name: String, _ site: TestSite, _ desk: ImportDesk) async throws -> CustomField {
    #expect(try await site.post("/settings/fields", form: ["name": name]).status == 303)
    return try #require(try await desk.fields().last)
  }

  /// The values of a customer as the API tells them, by the fields' names.
  private func values(_ place: String, _ site: TestSite) async throws -> [String: String] {
    let json = try JSONSerialization.jsonObject(with: Data(try await site.get(place).body)) as? [String: Any]
    let facts = try #require(json?["facts"] as? [String: Any])
    let fields = try #require(facts["fields"] as? [[String: String]])
    return Dictionary(fields.map { ($0["name"] ?? "", $0["value"] ?? "") }, uniquingKeysWith: { $1 })
  }

  /// Does what is waiting, as a worker would.
  private func work(_ desk: ImportDesk) async throws {
    let worker = JobWorker(
      db: desk.db, queue: desk.services.jobs, handlers: CustomFieldJobs.handlers(desk.services),
      now: desk.services.clock, atOnce: 1)
    let task = Task { await worker.run() }
    for _ in 0..<600 {
      let open = try await desk.db.read { tx in
        try tx.exists("SELECT id FROM job WHERE kind = \(CustomFieldJobs.drop) AND finished_at IS NULL")
      }
      if !open { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    task.cancel()
    await task.value
  }

  private func found(_ text: String, _ desk: ImportDesk) async throws -> [String] {
    try await desk.db.read { tx in try Customer.likeliest(text, .system, limit: 10, in: tx).map(\.customer.name) }
  }

  @Test(arguments: EngineKind.available) func programsGiveAndTakeThemByNameOrId(_ engine: EngineKind) async throws {
    try await open(engine) { desk, site in
      let size = try await add("鞋码", site, desk)
      _ = try await add("Shop [no]", site, desk)
      let made = try await site.send(
        .post, "/api/v1/customers",
        json: #"{"name":"云栖茶行","fields":[{"name":"鞋码","value":"42"},{"name":"shop [NO]","value":"Elm Street"}]}"#)
      #expect(made.status == 201, "\(made.text)")
      let place = try #require(made.headers[.location])
      expectEqual(try await values(place, site), ["鞋码": "42", "Shop [no]": "Elm Street"])
      // What is not named stays; an empty text takes a value away.
      let changed = try await site.send(
        .put, place, json: #"{"name":"云栖茶行","fields":[{"id":"\#(size.id)","value":""}]}"#, of: "*")
      #expect(changed.status == 200, "\(changed.text)")
      expectEqual(try await values(place, site), ["鞋码": "", "Shop [no]": "Elm Street"])
      #expect(try await site.send(.put, place, json: #"{"name":"云栖茶行"}"#, of: "*").status == 200)
      expectEqual(try await values(place, site), ["鞋码": "", "Shop [no]": "Elm Street"])
      for wrong in [#"{"name":"没有"}"#, #"{"id":"0000000000000","value":"1"}"#, "{}"] {
        let answer = try await site.send(.put, place, json: #"{"name":"云栖茶行","fields":[\#(wrong)]}"#, of: "*")
        #expect(answer.status == 422, "\(wrong)")
      }
      let description = try await site.get("/api/v1/openapi.json").text
      #expect(description.contains("settings/fields") || description.contains("settings\\/fields"))
    }
  }

  @Test(arguments: EngineKind.available) func formsKeepWhatWasTyped(_ engine: EngineKind) async throws {
    try await open(engine) { desk, site in
      let size = try await add("鞋码<b>", site, desk)
      let input = "fields[\(size.id.raw)]"
      let page = try await site.get("/customers/new")
      #expect(page.text.contains("鞋码&lt;b&gt;") && page.text.contains("name='\(input)[value]'"))
      func save(_ place: String, _ value: String, name: String = "甲公司", version: String = "") async throws
        -> TestSite.Answer
      {
        try await site.post(
          place,
          form: ["name": name, "version": version, "\(input)[id]": "\(size.id)", "\(input)[value]": value])
      }
      let refused = try await save("/customers", "<42>", name: "")
      #expect(refused.status == 422 && refused.text.contains("&lt;42&gt;"))
      let long = try await save("/customers", String(repeating: "长", count: CustomField.valueLimit + 1))
      #expect(long.status == 422 && long.text.contains("\(input)[value]-error"))
      let made = try await save("/customers", "四十二码")
      #expect(made.status == 303)
      let customer = try #require(try await desk.customer("甲公司"))
      #expect(customer.more[size.id] == "四十二码")
      let place = "/customers/\(customer.id)"
      #expect(try await site.get(place).text.contains("<dt>鞋码&lt;b&gt;</dt><dd>四十二码</dd>"))
      #expect(try await site.get(place + "/edit").text.contains("value='四十二码'"))
      // Somebody was quicker: what they wrote there is told.
      #expect(try await save(place + "?_method=put", "43").status == 303)
      let late = try await save(place + "?_method=put", "44", version: customer.updatedAt.description)
      #expect(late.status == 422 && late.text.contains("43") && late.text.contains("value='44'"))
      #expect(try await save(place + "?_method=put", "").status == 303)
      #expect(try await desk.customer("甲公司")?.more.isEmpty == true)
      #expect(try await !site.get(place).text.contains("<dt>鞋码"))
    }
  }

  @Test(arguments: EngineKind.available) func searchFindsTheirValues(_ engine: EngineKind) async throws {
    try await open(engine) { desk, site in
      _ = try await add("门店", site, desk)
      let made = try await site.send(
        .post, "/api/v1/customers", json: #"{"name":"甲公司","fields":[{"name":"门店","value":"西溪湿地店 AB-1234"}]}"#)
      for text in ["西溪湿地", "xixishidi", "xxsd", "AB-1234", "1234"] {
        #expect(try await found(text, desk) == ["甲公司"], "\(text)")
      }
      let place = try #require(made.headers[.location])
      _ = try await site.send(.put, place, json: #"{"name":"甲公司","fields":[{"name":"门店","value":""}]}"#, of: "*")
      expectEqual(try await found("西溪湿地", desk), [])
    }
  }

  @Test(arguments: EngineKind.available) func namesAreToldApart(_ engine: EngineKind) async throws {
    try await open(engine) { desk, site in
      let size = try await add("Size", site, desk)
      let color = try await add("颜色", site, desk)
      let page = try await site.get("/settings/fields")
      #expect(page.status == 200 && page.text.contains("/settings/fields/\(size.id)/edit"))
      for name in ["", "size", "ＳＩＺＥ ", "a\nb", String(repeating: "长", count: 41)] {
        let answer = try await site.post("/settings/fields", form: ["name": name])
        #expect(answer.status == 422 && answer.text.contains("name-error"), "\(name)")
      }
      let place = "/settings/fields/\(color.id)"
      #expect(try await site.get(place + "/edit").text.contains("value='颜色'"))
      #expect(try await site.post(place + "?_method=put", form: ["name": "SIZE"]).status == 422)
      #expect(try await site.post(place + "?_method=put", form: ["name": "Colour"]).status == 303)
      #expect(try await site.post("/settings/fields/\(size.id)?_method=put", form: ["name": "size"]).status == 303)
      expectEqual(try await desk.fields().map(\.name), ["size", "Colour"])
      let now = desk.services.clock()
      try await desk.db.write { [services = desk.services] tx in
        for number in 3...CustomField.most {
          try tx.insert(CustomField(id: services.ids.next(), name: "\(number)", createdAt: now, createdBy: nil))
        }
      }
      #expect(try await site.send(.post, "/api/v1/settings/fields", json: #"{"name":"more"}"#).status == 422)
    }
  }

  @Test(arguments: EngineKind.available) func deletingTakesTheirValues(_ engine: EngineKind) async throws {
    try await open(engine) { desk, site in
      let shop = try await add("门店", site, desk)
      let size = try await add("鞋码", site, desk)
      for (name, fields) in [
        ("甲", #"{"name":"门店","value":"西溪"},{"name":"鞋码","value":"42"}"#), ("乙", #"{"name":"门店","value":"西溪二店"}"#),
        // A value that looks like the field itself.
        ("丙", #"{"name":"鞋码","value":"\"\#(shop.id)\":"}"#), ("丁", ""),
      ] {
        let made = try await site.send(
          .post, "/api/v1/customers", json: #"{"name":"\#(name)","fields":[\#(fields)]}"#)
        #expect(made.status == 201, "\(made.text)")
      }
      let before = try #require(try await desk.customer("甲"))
      let place = "/settings/fields/\(shop.id)"
      #expect(try await site.get("/api/v1" + place + "/delete").text.contains(#""customers":2"#))
      #expect(try await site.get(place + "/delete").text.contains("2 位客户填写了它"))
      #expect(try await site.post(place + "?_method=delete", form: [:]).status == 303)
      expectEqual(try await desk.fields().map(\.id), [size.id])
      #expect(try await site.get(place + "/edit").status == 404)
      // At once nobody sees them; soon they are gone.
      #expect(try await !site.get("/customers/\(before.id)").text.contains("西溪"))
      try await work(desk)
      let after = try #require(try await desk.customer("甲"))
      #expect(after.more[shop.id].isEmpty && after.more[size.id] == "42" && after.updatedAt == before.updatedAt)
      #expect(try await desk.customer("乙")?.more.isEmpty == true)
      #expect(try await desk.customer("丙")?.more[size.id] == "\"\(shop.id)\":")
      expectEqual(try await found("西溪", desk), [])
      expectEqual(try await found("42", desk), ["甲"])
    }
  }

  /// Customers were kept as JSON, in imports and deletions, before there were such fields.
  @Test func olderImagesOfCustomersHaveNone() throws {
    var customer = Customer(id: ID(raw: 1), kind: .person, name: "a", at: Instant(milliseconds: 1), by: nil)
    let field = CustomField.ID(raw: 2)
    customer.more[field] = "x"
    var json = try #require(
      try JSONSerialization.jsonObject(with: JSONEncoder().encode(customer)) as? [String: Any])
    let whole = try JSONDecoder().decode(Customer.self, from: JSONSerialization.data(withJSONObject: json))
    #expect(whole == customer && whole.more[field] == "x")
    json["more"] = nil
    let older = try JSONDecoder().decode(Customer.self, from: JSONSerialization.data(withJSONObject: json))
    #expect(older.more.isEmpty && older.name == "a")
    #expect(FieldValues(value: .text("[")) == nil && FieldValues(value: .integer(1)) == nil)
    #expect(FieldValues(value: customer.more.value) == customer.more)
  }
}

extension ImportDesk {
  func fields() async throws -> [CustomField] { try await db.read { tx in try tx.ask(CustomField.all) } }
}
