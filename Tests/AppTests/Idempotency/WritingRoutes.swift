import Foundation
import HTTPTypes
import Store
import TestKit
import Testing

@testable import App
@testable import Web

/// A firm with a record of each kind, and for every route that writes a request that succeeds once.
struct WritingRoutes {
  let office: Office
  let site: Site
  let api: TestSite
  let boss: User
  /// Where routes that no token is enough for are asked.
  let browser: SignedInBrowser
  private let ids: [String: String]

  static func open(_ engine: EngineKind, _ body: (WritingRoutes) async throws -> Void) async throws {
    try await Office.open(engine) { office in try await body(try await WritingRoutes(office)) }
  }

  private init(_ office: Office) async throws {
    self.office = office
    boss = try await office.hire("boss", isAdministrator: true)
    let lin = try await office.hire("lin")
    site = House.site(office.services)
    api = TestSite(site, token: try await office.accounts.issueToken(for: boss, name: "test"))
    var ids = try await Self.records(api)
    ids["user"] = "\(lin.id)"
    browser = try await office.browse("boss")
    ids["boss"] = "\(boss.id)"
    for name in ["other", "third"] { _ = try await office.accounts.issueToken(for: boss, name: name) }
    let me = try await api.get("/api/v1/settings/me").text
    ids["token"] = me.firstMatch(of: /"id":"(\w{13})"[^}]*"name":"third"/).map { String($0.1) }
    ids["session"] = me.firstMatch(of: /"id":"(\w{13})"[^}]*"name":"other"/).map { String($0.1) }
    _ = try await office.accounts.invite(email: "zhao@example.cn", by: boss.id)
    let people = try await api.get("/api/v1/settings/users").text
    ids["invitation"] = people.firstMatch(of: /"email":"zhao@example.cn"[^}]*"id":"(\w{13})"/).map { String($0.1) }
    self.ids = ids
  }

  private static func records(_ api: TestSite) async throws -> [String: String] {
    var ids: [String: String] = [:]
    func make(_ kind: String, _ path: String, _ json: String) async throws {
      let made = try await api.send(.post, "/api/v1" + path, json: json)
      #expect(made.status < 300, "\(path): \(made.text)")
      ids[kind] = made.text.matches(of: /"id":"(\w{13})"/).last.map { String($0.1) }
    }
    try await make("customer", "/customers", #"{"name":"云岚"}"#)
    try await make("bare", "/customers", #"{"name":"无单"}"#)
    let customer = ids["customer"] ?? ""
    try await make("contact", "/customers/\(customer)/contacts", #"{"name":"王"}"#)
    try await make("note", "/customers/\(customer)/notes", #"{"text":"聊了"}"#)
    try await make("tag", "/customers/\(customer)/tags", #"{"name":"月结"}"#)
    try await make("product", "/products", #"{"name":"壶"}"#)
    try await make("field", "/settings/fields", #"{"name":"级别"}"#)
    try await make(
      "order", "/orders",
      #"{"customer_id":"\#(customer)","ordered_on":"2026-11-20","lines":[{"product":"茶","quantity":"2","amount":"5"}]}"#
    )
    for kind in ["import", "checked", "checking"] {
      try await make(kind, "/imports", #"{"kind":"customers","file_name":"a.csv","text":"姓名\n王\n"}"#)
    }
    let gone = try await api.send(.post, "/api/v1/customers", json: #"{"name":"走了"}"#)
    let place = try #require(gone.headers[.location])
    let undo = try await api.ask(.delete, place)
    ids["deletion"] = undo.text.firstMatch(of: /"deletion":"(\w{13})"/).map { String($0.1) }
    return ids
  }

  /// What a program can write, in an order in which nothing is deleted that another request needs.
  var routes: [Route] {
    let all = site.routes.filter { $0.isInAPI && $0.method != .get }
    let deleting = all.filter { $0.method == .delete }.sorted { $0.path.count > $1.path.count }
    return all.filter { $0.method != .delete } + deleting
  }

  /// Those that only look like it.
  static let readers: Set = ["POST /orders/draft", "POST /imports/{id}/preview"]

  static func name(_ route: Route) -> String { "\(route.method.rawValue) \(route.path)" }

  /// A request to a route that succeeds.
  func request(_ route: Route) async throws -> Request {
    let name = Self.name(route)
    let body = try #require(Self.bodies[name], "no request for \(name) is written down in this file")
    let general = Self.kinds.first { $0.key.hasSuffix("*") && route.path.hasPrefix($0.key.dropLast()) }
    let id = ids[Self.kinds[name] ?? general?.value ?? ""] ?? ""
    let path = route.path.replacing("{id}", with: id).replacing("{tag}", with: ids["tag"] ?? "")
      .replacing("{token}", with: ids["token"] ?? "")
    if let prepare = Self.prepared[name] { try await prepare(office, ids) }
    return Request(
      method: route.method, path: "/api/v1" + path, json: body.replacing("CUSTOMER", with: ids["customer"] ?? ""),
      headers: route.hasVersions ? ["If-Match": "*"] : [:], isForBrowsers: route.audience == .browser)
  }

  struct Request {
    let method: HTTPRequest.Method
    let path: String
    var json: String
    var headers: [String: String]
    var isForBrowsers = false
  }

  /// - Parameter key: told as the `Idempotency-Key`.
  func send(_ request: Request, key: String?, by site: TestSite? = nil) async throws -> TestSite.Answer {
    var headers = request.headers.merging(["Content-Type": "application/json"]) { $1 }
    headers["Idempotency-Key"] = key
    if request.isForBrowsers { headers.merge(browser.headers) { $1 } }
    return try await (site ?? (request.isForBrowsers ? TestSite(self.site) : api)).ask(
      request.method, request.path, headers: headers, body: Array(request.json.utf8))
  }

  private static let kinds = [
    "/customers/*": "customer", "/contacts/*": "contact", "/notes/*": "note", "/orders/*": "order",
    "/products/*": "product", "/settings/fields/*": "field", "/settings/users/*": "user", "/deletions/*": "deletion",
    "/imports/*": "import", "DELETE /customers/{id}": "bare", "POST /imports/{id}/start": "checked",
    "PUT /imports/{id}/answers": "checked", "POST /imports/{id}/cancel": "checking",
    "POST /imports/{id}/revert": "checked", "DELETE /settings/me/sessions/{id}": "session",
    "DELETE /settings/invitations/{id}": "invitation", "DELETE /settings/users/{id}/tokens/{token}": "boss",
  ]

  private static let bodies = [
    "POST /customers": #"{"name":"新客"}"#, "PUT /customers/{id}": #"{"name":"云岚二"}"#,
    "PATCH /customers/{id}": #"{"industry":"茶"}"#, "DELETE /customers/{id}": "{}",
    "POST /customers/{id}/contacts": #"{"name":"李"}"#, "PUT /contacts/{id}": #"{"name":"王二"}"#,
    "PATCH /contacts/{id}": #"{"title":"经理"}"#, "DELETE /contacts/{id}": "{}",
    "POST /customers/{id}/notes": #"{"text":"又聊了"}"#, "PUT /notes/{id}": #"{"text":"改了"}"#,
    "PATCH /notes/{id}": #"{"kind":"call"}"#, "DELETE /notes/{id}": "{}", "POST /notes/{id}/pin": "{}",
    "DELETE /notes/{id}/pin": "{}", "POST /customers/{id}/tags": #"{"name":"重点"}"#,
    "DELETE /customers/{id}/tags/{tag}": "{}", "POST /products": #"{"name":"杯"}"#,
    "PUT /products/{id}": #"{"name":"壶二"}"#, "PATCH /products/{id}": #"{"price":"8"}"#, "DELETE /products/{id}": "{}",
    "POST /orders": #"{"customer_id":"CUSTOMER","ordered_on":"2026-11-21","amount":"7"}"#,
    "PUT /orders/{id}": #"{"customer_id":"CUSTOMER","ordered_on":"2026-11-21","amount":"9"}"#,
    "PATCH /orders/{id}": #"{"note":"加急"}"#, "DELETE /orders/{id}": "{}", "DELETE /deletions/{id}": "{}",
    "POST /settings/fields": #"{"name":"来历"}"#, "PUT /settings/fields/{id}": #"{"name":"等级"}"#,
    "DELETE /settings/fields/{id}": "{}", "PUT /settings": #"{"firm_name":"湖畔"}"#,
    "PATCH /settings": #"{"firm_name":"山岚"}"#, "PUT /settings/users/{id}/administrator": "{}",
    "DELETE /settings/users/{id}/administrator": "{}", "PUT /settings/users/{id}/disabled": "{}",
    "DELETE /settings/users/{id}/disabled": "{}", "POST /settings/invitations": #"{"email":"new@example.cn"}"#,
    "DELETE /settings/invitations/{id}": "{}", "PUT /settings/me": #"{"name":"老板","email":"boss@example.cn"}"#,
    "PUT /settings/me/password": #"{"current":"correct horse battery","password":"tangerine mooring 47 lanterns"}"#,
    "DELETE /settings/me/sessions/{id}": "{}", "POST /settings/me/tokens": #"{"token_name":"script"}"#,
    "POST /imports": #"{"kind":"customers","file_name":"b.csv","text":"姓名\n赵\n"}"#,
    "PUT /imports/{id}/columns": #"{"next":"check"}"#, "PUT /imports/{id}/answers": "{}",
    "POST /imports/{id}/start": "{}", "POST /imports/{id}/cancel": "{}", "POST /imports/{id}/revert": "{}",
    "DELETE /imports/{id}": "{}", "PUT /customers/{id}/worksheet": #"{"revenue":"100"}"#, "POST /insight/fits": "{}",
    "PUT /settings/me/email": #"{"email":"boss2@example.cn","current":"correct horse battery"}"#,
    "POST /settings/backups": "{}", "DELETE /settings/backups/current": "{}",
    "PUT /settings/backups/schedule": #"{"hour":"3"}"#, "DELETE /settings/me/sessions": "{}",
    "POST /settings/users/{id}/links": "{}",
    "DELETE /settings/users/{id}/tokens/{token}": "{}",
    "POST /orders/draft": #"{"amount":"5"}"#, "POST /imports/{id}/preview": "{}",
  ]

  private typealias Preparation = @Sendable (Office, [String: String]) async throws -> Void

  private static let prepared: [String: Preparation] = [
    "POST /imports/{id}/start": { try await set("checked_at = 1", $1["checked"], $0) },
    "PUT /imports/{id}/answers": { try await set("checked_at = 1", $1["checked"], $0) },
    "POST /imports/{id}/cancel": { try await set("checking_at = 1", $1["checking"], $0) },
    "POST /imports/{id}/revert": {
      try await set("checked_at = 1, started_at = 1, finished_at = 2", $1["checked"], $0)
    },
    "DELETE /settings/users/{id}/disabled": { office, ids in
      try await office.accounts.disable(try #require(User.ID(ids["user"] ?? "")))
    },
  ]

  private static func set(_ change: SQL, _ id: String?, _ office: Office) async throws {
    let id = try #require(id.flatMap { Import.ID($0) })
    try await office.db.write { tx in try tx.run("UPDATE import SET \(change) WHERE id = \(id)") }
  }
}
