import HTTPTypes
import Store
import TestKit
import Testing

@testable import App
@testable import Web

/// Nobody's change is written over unseen, whatever it is of.
@Suite struct VersionTests {
  /// What is changed in forms: how it is made, what it then is, and how else it may be.
  struct Kind: CustomTestStringConvertible, Sendable {
    let name: String
    let made: (path: String, json: String)
    let place: @Sendable (String) -> String
    /// A field, and what a first and a second person write there.
    let field: String
    let first: String
    let second: String
    /// What else must be said of it.
    var more = ""
    /// Another field, which stays.
    let other: (name: String, value: String)

    var testDescription: String { name }
  }

  static let kinds = [
    Kind(
      name: "customer", made: ("/customers", #"{"name":"云岚","industry":"茶","kind":"person"}"#),
      place: { "/customers/\($0)" },
      field: "industry", first: "餐饮", second: "零售", more: #","name":"云岚""#, other: ("name", "云岚")),
    Kind(
      name: "contact", made: ("/customers/CUSTOMER/contacts", #"{"name":"王","title":"经理","email":"w@a.cn"}"#),
      place: { "/contacts/\($0)" }, field: "title", first: "总监", second: "店长", more: #","name":"王""#,
      other: ("email", "w@a.cn")),
    Kind(
      name: "note", made: ("/customers/CUSTOMER/notes", #"{"text":"聊了","kind":"call"}"#), place: { "/notes/\($0)" },
      field: "text", first: "聊了茶", second: "聊了壶", other: ("kind", "call")),
    Kind(
      name: "product", made: ("/products", #"{"name":"壶","unit":"把","price":"8.00"}"#), place: { "/products/\($0)" },
      field: "unit", first: "只", second: "个", more: #","name":"壶""#, other: ("price", "8.00")),
    Kind(
      name: "order",
      made: (
        "/orders",
        #"{"customer_id":"CUSTOMER","ordered_on":"2026-11-20","lines":[{"product":"茶","quantity":"2","unit_price":"5.00"}]}"#
      ),
      place: { "/orders/\($0)" }, field: "note", first: "加急", second: "自提",
      more:
        #","customer_id":"CUSTOMER","ordered_on":"2026-11-20","lines":[{"product":"茶","quantity":"2","unit_price":"5"}]"#,
      other: ("ordered_on", "2026-11-20")),
    Kind(
      name: "custom field", made: ("/settings/fields", #"{"name":"级别"}"#), place: { "/settings/fields/\($0)" },
      field: "name", first: "等级", second: "层级", other: ("name", "")),
  ]

  struct Desk {
    let kind: Kind
    let office: Office
    let api: TestSite
    let customer: String
    let place: String

    func filled(_ json: String) -> String { json.replacing("CUSTOMER", with: customer) }

    func put(_ value: String, version: String? = nil, headers: [String: String] = [:]) async throws -> TestSite.Answer {
      let version = version.map { #","version":"\#($0)""# } ?? ""
      return try await send(.put, #"{"\#(kind.field)":"\#(value)"\#(filled(kind.more))\#(version)}"#, headers)
    }

    func send(_ method: HTTPRequest.Method, _ json: String, _ headers: [String: String] = [:]) async throws
      -> TestSite.Answer
    {
      try await api.ask(
        method, "/api/v1" + place, headers: headers.merging(["Content-Type": "application/json"]) { $1 },
        body: Array(json.utf8))
    }

    /// As the form has it.
    func input() async throws -> String { try await api.get("/api/v1\(place)/edit").text }
    func version() async throws -> String { try #require(Self.version(in: try await input())) }
    static func version(in text: String) -> String? { text.firstMatch(of: /"version":"([^"]+)"/).map { String($0.1) } }
  }

  private static func open(_ engine: EngineKind, _ kind: Kind, _ body: (Desk) async throws -> Void) async throws {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let api = TestSite(
        House.site(office.services), token: try await office.accounts.issueToken(for: boss, name: "test"))
      func make(_ path: String, _ json: String) async throws -> String {
        let made = try await api.send(.post, "/api/v1" + path, json: json)
        #expect(made.status == 201, "\(made.text)")
        return String(try #require(made.text.matches(of: /"id":"(\w{13})"/).last?.1))
      }
      let customer = try await make("/customers", #"{"name":"湖畔"}"#)
      let json = kind.made.json.replacing("CUSTOMER", with: customer)
      let made = try await api.send(
        .post, "/api/v1" + kind.made.path.replacing("CUSTOMER", with: customer), json: json)
      #expect(made.status == 201, "\(made.text)")
      let id = String(
        try #require(
          made.text.firstMatch(of: /"id":"(\w{13})","input"/) ?? made.text.matches(of: /"id":"(\w{13})"/).last
        ).1)
      try await body(Desk(kind: kind, office: office, api: api, customer: customer, place: kind.place(id)))
    }
  }

  @Test(arguments: EngineKind.available, kinds) func aVersionMustBeTold(_ engine: EngineKind, _ kind: Kind) async throws
  {
    try await Self.open(engine, kind) { desk in
      let version = try await desk.version()
      let without = try await desk.put(kind.first)
      #expect(without.status == 428 && without.text.contains("If-Match"))
      let done = try await desk.put(kind.first, version: version)
      #expect(done.status == 200, "\(done.text)")
      // The clock stands still, and it is another version all the same; the answer tells it.
      let next = try #require(Desk.version(in: done.text))
      #expect(next != version)
      expectEqual(try await desk.version(), next)
      let late = try await desk.put(kind.second, version: version)
      #expect(late.status == 422)
      #expect(late.text.contains(#""field":"version""#) && late.text.contains("boss") && late.text.contains(kind.first))
      #expect(try await desk.input().contains(kind.first))
      expectEqual(try await desk.put(kind.second, version: next).status, 200)
    }
  }

  @Test(arguments: kinds) func conditionsInAHeader(_ kind: Kind) async throws {
    try await Self.open(.sqlite, kind) { desk in
      let version = try await desk.version()
      for tag in ["\"nonsense\"", "", "\"2001-01-01T00:00:00Z\""] {
        expectEqual(try await desk.put(kind.first, headers: ["If-Match": tag]).status, 412)
      }
      // A record tells its version where it is shown, too.
      if ["customer", "order", "product"].contains(kind.name) {
        expectEqual(try await desk.api.get("/api/v1" + desk.place).headers[.eTag], "\"\(version)\"")
      }
      let done = try await desk.put(kind.first, headers: ["If-Match": "\"x\", \"\(version)\""])
      #expect(done.status == 200)
      let tag = try #require(done.headers[.eTag])
      #expect(tag.hasPrefix("\"") && tag != "\"\(version)\"")
      expectEqual(try await desk.put(kind.second, headers: ["If-Match": "\"\(version)\""]).status, 412)
      expectEqual(try await desk.put(kind.second, headers: ["If-Match": tag]).status, 200)
      expectEqual(try await desk.put(kind.first, headers: ["If-Match": "*"]).status, 200)
    }
  }

  /// A page tells who was quicker and what stands there now, and saving again is meant.
  @Test(arguments: EngineKind.available, kinds) func pagesWarn(_ engine: EngineKind, _ kind: Kind) async throws {
    try await Self.open(engine, kind) { desk in
      let page = try await desk.api.get("\(desk.place)/edit").text
      let version = String(try #require(page.firstMatch(of: /name='version' value='([^']+)'/)?.1))
      expectEqual(try await desk.put(kind.first, version: version).status, 200)
      var form = [kind.other.name: kind.other.value, "version": version]
      if kind.name == "order" { form.merge(["customer_id": desk.customer, "amount": "10"]) { $1 } }
      if kind.name == "contact" || kind.name == "product" { form["name"] = "王" }
      form[kind.field] = kind.second
      let told = try await desk.api.post(desk.place + "?_method=put", form: form)
      #expect(told.status == 422 && told.text.contains("boss在你编辑时作了修改"), "\(told.status)")
      #expect(told.text.contains(kind.first) && told.text.contains(kind.second))
      form["version"] = String(try #require(told.text.firstMatch(of: /name='version' value='([^']+)'/)?.1))
      expectEqual(try await desk.api.post(desk.place + "?_method=put", form: form).status, 303)
      #expect(try await desk.input().contains(kind.second))
    }
  }

  @Test(arguments: EngineKind.available, kinds.filter { $0.name != "custom field" })
  func partsAreChangedAlone(_ engine: EngineKind, _ kind: Kind) async throws {
    try await Self.open(engine, kind) { desk in
      let before = try await desk.input()
      expectEqual(try await desk.send(.patch, "{}").status, 200)
      #expect(Self.withoutVersion(try await desk.input()) == Self.withoutVersion(before))
      let changed = try await desk.send(.patch, #"{"\#(kind.field)":"\#(kind.first)"}"#)
      #expect(changed.status == 200, "\(changed.text)")
      let after = try await desk.input()
      #expect(after.contains(#""\#(kind.field)":"\#(kind.first)""#))
      #expect(after.contains(#""\#(kind.other.name)":"\#(kind.other.value)""#))
      // Who tells a version is held to it.
      let version = try await desk.version()
      expectEqual(
        try await desk.send(.patch, #"{"\#(kind.field)":"\#(kind.second)","version":"\#(version)"}"#).status, 200)
      expectEqual(try await desk.send(.patch, #"{"\#(kind.field)":"x","version":"\#(version)"}"#).status, 422)
      expectEqual(try await desk.send(.patch, "{}", ["If-Match": "\"\(version)\""]).status, 412)
      // Null empties; what may not be empty says so.
      let emptied = try await desk.send(.patch, #"{"\#(kind.field)":null}"#)
      #expect(emptied.status == (kind.name == "note" ? 422 : 200), "\(emptied.text)")
      if kind.name != "note" { #expect(try await !desk.input().contains(kind.second)) }
      for body in ["[]", "1", "null", "x", #""x""#, "[{}]"] {
        let answer = try await desk.send(.patch, body)
        #expect((400..<500).contains(answer.status), "\(body): \(answer.status)")
      }
      let form = try await desk.api.ask(
        .patch, "/api/v1" + desk.place, headers: ["Content-Type": "application/x-www-form-urlencoded"],
        body: Array("a=b".utf8))
      #expect(form.status == 415)
      let merge = try await desk.api.ask(
        .patch, "/api/v1" + desk.place, headers: ["Content-Type": "application/merge-patch+json"],
        body: Array("{}".utf8))
      #expect(merge.status == 200)
    }
  }

  private static func withoutVersion(_ text: String) -> String { text.replacing(/"version":"[^"]+"/, with: "") }

  /// Of many who saw the same version and write at the same time one is first, and all others are told.
  @Test(arguments: EngineKind.available, kinds) func atTheSameTime(_ engine: EngineKind, _ kind: Kind) async throws {
    try await Self.open(engine, kind) { desk in
      let version = try await desk.version()
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<6 { group.addTask { try await desk.put("\(kind.first)\(number)", version: version).status } }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(statuses.filter { $0 == 200 }.count == 1, "\(statuses)")
      #expect(statuses.allSatisfy { [200, 409, 422].contains($0) }, "\(statuses)")
    }
  }

  /// Settings that a program does not name stay, so that it need tell no version; the page does.
  @Test(arguments: EngineKind.available) func settings(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let api = TestSite(
        House.site(office.services), token: try await office.accounts.issueToken(for: boss, name: "test"))
      let page = try await api.get("/settings").text
      let version = String(try #require(page.firstMatch(of: /name='version' value='([^']+)'/)?.1))
      expectEqual(
        try await api.send(
          .patch, "/api/v1/settings", json: #"{"firm_name":"湖畔","rates":[{"currency":"USD","rate":"7"}]}"#
        ).status, 200)
      expectEqual(try await api.send(.put, "/api/v1/settings", json: #"{"return_days":"20"}"#).status, 200)
      let late = try await api.post("/settings?_method=put", form: ["firm_name": "山岚", "version": version])
      #expect(late.status == 422 && late.text.contains("湖畔") && late.text.contains("value='山岚'"))
      let stands = try await api.get("/api/v1/settings").text
      #expect(stands.contains("湖畔") && stands.contains(#""return_days":"20""#) && stands.contains("USD"))
      let next = String(try #require(late.text.firstMatch(of: /name='version' value='([^']+)'/)?.1))
      expectEqual(try await api.post("/settings?_method=put", form: ["firm_name": "山岚", "version": next]).status, 303)
      expectEqual(
        try await api.ask(
          .put, "/api/v1/settings", headers: ["If-Match": "\"\(next)\"", "Content-Type": "application/json"],
          body: Array("{}".utf8)
        ).status, 412)
    }
  }
}
