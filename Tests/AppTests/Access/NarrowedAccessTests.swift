#if NARROWED_ACCESS
import Foundation
import HTTPTypes
import Store
import TestKit
import Testing
import Web

@testable import App

/// Only in a build in which people see the customers they brought in themselves: a rep walks every route with the records
/// of somebody else's customer, and neither sees nor changes anything of it.
@Suite struct NarrowedAccessTests {
  /// In every text of the customer and of what hangs on it.
  private static let secret = "Zebrafish"
  private static let phone = "13912345678"

  /// A firm in which the administrator has one customer with everything, and the rep another.
  private struct Firm {
    let boss: TestSite
    let rep: TestSite
    let site: Site
    /// By the first part of their paths.
    var ids: [String: String] = [:]
    var tag = ""
  }

  private static func open(_ engine: EngineKind, _ body: (Office, Firm) async throws -> Void) async throws {
    try await Office.open(engine) { office in
      let site = House.site(office.services)
      let (boss, rep) = (
        try await office.hire("boss", isAdministrator: true), try await office.hire("rep")
      )
      var firm = Firm(
        boss: TestSite(site, token: try await office.accounts.issueToken(for: boss, name: "test")),
        rep: TestSite(site, token: try await office.accounts.issueToken(for: rep, name: "test")), site: site)
      try await fill(&firm, office)
      try await body(office, firm)
    }
  }

  private static func made(_ site: TestSite, _ path: String, _ json: String) async throws -> String {
    let answer = try await site.send(.post, "/api/v1" + path, json: json)
    #expect((200...201).contains(answer.status), "\(path): \(answer.text)")
    let place = answer.headers[.location] ?? ""
    return place.split(separator: "/").last.map(String.init) ?? ""
  }

  private static func fill(_ firm: inout Firm, _ office: Office) async throws {
    let boss = firm.boss
    let customer = try await made(
      boss, "/customers",
      #"{"name":"\#(secret) GmbH","phones":"\#(phone)","email":"a@zebrafish.example","description":"\#(secret)","outside_id":"ZEBRAFISH-1"}"#
    )
    firm.ids["customers"] = customer
    _ = try await made(boss, "/customers/\(customer)/contacts", #"{"name":"Ann \#(secret)"}"#)
    _ = try await made(boss, "/customers/\(customer)/notes", #"{"text":"\#(secret) wrote"}"#)
    _ = try await made(boss, "/customers/\(customer)/tags", #"{"name":"vip"}"#)
    firm.ids["products"] = try await made(boss, "/products", #"{"name":"Tea","number":"T1"}"#)
    firm.ids["orders"] = try await made(
      boss, "/orders",
      #"{"customer":"ZEBRAFISH-1","ordered_on":"2027-01-01","number":"ZEBRAFISH-9","note":"\#(secret)","lines":[{"product":"Tea","quantity":"1","amount":"77"}]}"#
    )
    _ = try await made(firm.rep, "/customers", #"{"name":"Own Ltd","outside_id":"OWN-1"}"#)
    _ = try await made(
      firm.rep, "/orders", #"{"customer":"OWN-1","ordered_on":"2027-01-02","number":"O-1","amount":"5"}"#)
    for (name, table) in [("contacts", "contact"), ("notes", "note")] as [(String, SQL)] {
      firm.ids[name] = try await newest(table, office)
    }
    firm.tag = try await newest("tag", office)
    _ = try await made(boss, "/customers/\(customer)/notes", #"{"text":"\#(secret) gone"}"#)
    let removed = try await boss.ask(.delete, "/api/v1/notes/\(try await newest("note", office))")
    let answer = try #require(try JSONSerialization.jsonObject(with: Data(removed.body)) as? [String: Any])
    firm.ids["deletions"] = try #require(answer["deletion"] as? String)
    _ = try await made(
      boss, "/imports", #"{"kind":"customers","file_name":"zebrafish.csv","text":"name,phone\nZebrafish,1\n"}"#)
    firm.ids["imports"] = try await newest("import", office)
    try await StandingRefresh.refresh(office.services)
    try await LifetimeRefresh.refresh(office.services)
    // So that what is kept for one is there when the other asks.
    for path in ["/insight/abc", "/insight/value", "/insight/cohorts", "/insight/outlook"] {
      _ = try await boss.get(path)
    }
  }

  private static func newest(_ table: SQL, _ office: Office) async throws -> String {
    let id: Int64? = try await office.db.read { tx in try tx.value("SELECT max(id) FROM \(table)") }
    return ID<Customer>(raw: try #require(id)).description
  }

  /// The path with the ids of the boss's records; nil where there is none of the kind.
  private static func path(_ route: Route, _ firm: Firm) -> String? {
    guard route.path.contains("{") else { return route.path }
    let first = route.path.split(separator: "/").first.map(String.init) ?? ""
    guard let id = firm.ids[first] else { return nil }
    return route.path.replacing("{id}", with: id).replacing("{tag}", with: firm.tag)
  }

  private static let questions = [
    "", "?q=\(secret)", "?name=\(secret)&phones=\(phone)", "?customer=\(secret)", "?search=\(secret)",
    "?text=\(secret)",
    "?q=\(phone)", "?tag=vip", "?class=A", "?segment=champions", "?sort=amount",
  ]

  @Test(arguments: EngineKind.available) func aRepSeesNothingOfOthers(_ engine: EngineKind) async throws {
    try await Self.open(engine) { _, firm in
      var shown = 0
      for route in firm.site.routes where route.method == .get {
        guard let path = Self.path(route, firm) else { continue }
        for question in Self.questions {
          for prefix in route.isInAPI ? ["", "/api/v1"] : [""] {
            let place = prefix + path + question
            let answer = try await firm.rep.get(place)
            // What was asked is shown again in the field it was typed in.
            let told = question.contains(Self.secret) || question.contains(Self.phone)
            let text = told ? Self.withoutTheQuestion(answer.text) : answer.text
            #expect(answer.status < 500, "\(place)")
            #expect(!text.contains(Self.secret) && !text.contains(Self.phone), "\(place)")
            #expect(!text.contains("ZEBRAFISH") && !text.contains("zebrafish"), "\(place)")
            let open = try await firm.boss.get(place)
            if open.text.contains(Self.secret) { shown += 1 }
          }
        }
      }
      // The walk would prove nothing if nobody saw it.
      #expect(shown > 40)
    }
  }

  /// The values of fields, and links, which repeat what was asked.
  private static func withoutTheQuestion(_ text: String) -> String {
    text.replacing(/(value|href|content|action|hx-get|title)='[^']*'/, with: "").replacing(/“[^”]*”/, with: "")
      .replacing(/"(q|search|query|name|text|typed|phones|customer)":"[^"]*"/, with: "")
      .replacing(/<title>[^<]*<\/title>/, with: "").replacing(/<mark>[^<]*<\/mark>/, with: "")
  }

  @Test(arguments: EngineKind.available) func aRepChangesNothingOfOthers(_ engine: EngineKind) async throws {
    try await Self.open(engine) { office, firm in
      let before = try await Self.state(office)
      for route in firm.site.routes where route.method != .get {
        guard let path = Self.path(route, firm), route.path.contains("{"), !route.path.hasPrefix("/products") else {
          continue
        }
        let bodies = [
          "{}",
          #"{"name":"Taken","text":"Taken","number":"T","ordered_on":"2027-01-02","amount":"1","customer":"OWN-1","next":"check"}"#,
        ]
        for body in bodies {
          let answer = try await firm.rep.send(route.method, (route.isInAPI ? "/api/v1" : "") + path, json: body)
          #expect((400...499).contains(answer.status), "\(route.method) \(path): \(answer.status)")
          #expect(!answer.text.contains(Self.secret), "\(route.method) \(path)")
        }
      }
      // By names and numbers instead of ids.
      let taken = [
        ("/orders", #"{"customer":"ZEBRAFISH-1","ordered_on":"2027-01-02","amount":"1"}"#),
        ("/orders", #"{"customer":"\#(Self.secret) GmbH","ordered_on":"2027-01-02","amount":"1"}"#),
        ("/customers", #"{"name":"Mine","referrer":"ZEBRAFISH-1"}"#),
        ("/customers", #"{"name":"Mine","referrer_id":"\#(firm.ids["customers"] ?? "")"}"#),
      ]
      for (path, body) in taken {
        let answer = try await firm.rep.send(.post, "/api/v1" + path, json: body)
        #expect(!answer.text.contains("\(Self.secret) GmbH"), "\(path) \(body)")
        #expect(answer.status == 422 || path == "/customers", "\(path) \(body): \(answer.status)")
      }
      expectEqual(try await Self.state(office), before)
    }
  }

  /// An import that names somebody else's customer makes another, and changes nothing of that one.
  @Test(arguments: EngineKind.available) func anImportFindsOwnCustomersOnly(_ engine: EngineKind) async throws {
    try await Self.open(engine) { office, firm in
      let before = try await Self.state(office)
      let rep = try #require(try await office.db.read { tx in try User.find(email: "rep@example.cn", in: tx) })
      for (kind, text) in [
        (Import.Kind.customers, "number,name,phone,address\nX-1,\(Self.secret) GmbH,\(Self.phone),Taken 1\n"),
        (.orders, "order_id,customer,phone,date,amount\nX-2,\(Self.secret) GmbH,\(Self.phone),2027-01-01,5\n"),
      ] {
        let record = Import(
          id: office.services.ids.next(), kind: kind, fileName: "x.csv", byteCount: 1, options: ImportOptions(),
          at: office.services.clock(), by: rep.id)
        try await office.db.write { tx in try tx.insert(record) }
        try await ImportSource.keep(ByteSource(Array(text.utf8)), of: record.id, office.services)
        _ = try await ImportRun(services: office.services, id: record.id).apply()
      }
      expectEqual(try await Self.state(office), before)
    }
  }

  /// Everything of the boss's customer.
  private static func state(_ office: Office) async throws -> [String] {
    try await office.db.read { tx in
      let boss = try User.find(email: "boss@example.cn", in: tx)?.id
      let mine: SQL = "(SELECT id FROM customer WHERE created_by = \(boss))"
      let statements: [SQL] = [
        "SELECT * FROM customer WHERE id IN \(mine) ORDER BY id",
        "SELECT * FROM contact WHERE customer_id IN \(mine) ORDER BY id",
        "SELECT * FROM note WHERE customer_id IN \(mine) ORDER BY id",
        "SELECT * FROM sales_order WHERE customer_id IN \(mine) ORDER BY id",
        "SELECT * FROM customer_tag WHERE customer_id IN \(mine) ORDER BY 1, 2",
        "SELECT customer_id, amount, order_count FROM customer_total WHERE customer_id IN \(mine)",
        "SELECT * FROM deletion ORDER BY id",
      ]
      return try statements.map { statement in
        try tx.map(statement) { row in (0..<3).map { "\(row.value($0))" }.joined(separator: " ") }
          .joined(separator: "\n")
      }
    }
  }
}
#endif
