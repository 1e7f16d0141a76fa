import Foundation
import HTTPTypes
import Store
import TestKit
import Testing
import Web

@testable import App

/// Imports through the browser and the API.
@Suite struct ImportSiteTests {
  static func site(_ desk: ImportDesk) async throws -> TestSite {
    let accounts = Accounts(desk.services)
    let user = try await accounts.create(
      email: "lin@example.cn", name: "Lin", password: "correct horse battery", isAdministrator: true)
    return TestSite(House.site(desk.services), token: try await accounts.issueToken(for: user, name: "test"))
  }

  /// Does what is waiting, as a worker would.
  static func work(_ desk: ImportDesk) async throws {
    let worker = JobWorker(
      db: desk.db, queue: desk.services.jobs, handlers: Features.jobs(desk.services), now: desk.services.clock,
      atOnce: 1)
    let task = Task { await worker.run() }
    for _ in 0..<600 {
      let open = try await desk.db.read { tx in
        try tx.exists("SELECT id FROM job WHERE kind LIKE 'import.%' AND finished_at IS NULL AND failed_at IS NULL")
      }
      if !open { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    task.cancel()
    await task.value
  }

  private func upload(_ file: String, named name: String, _ kind: Import.Kind, _ site: TestSite) async throws
    -> TestSite.Answer
  {
    try await Self.upload(Array(file.utf8), named: name, kind, site)
  }

  static func upload(_ file: [UInt8], named name: String, _ kind: Import.Kind, _ site: TestSite) async throws
    -> TestSite.Answer
  {
    let boundary = "----x"
    let head = """
      --\(boundary)\r\nContent-Disposition: form-data; name="kind"\r\n\r\n\(kind.rawValue)\r\n\
      --\(boundary)\r\nContent-Disposition: form-data; name="file"; filename="\(name)"\r\nContent-Type: text/csv\r\n\r\n
      """
    let body = Array(head.utf8) + file + Array("\r\n--\(boundary)--\r\n".utf8)
    return try await site.ask(
      .post, "/imports", headers: ["Content-Type": "multipart/form-data; boundary=\(boundary)"], body: body)
  }

  @Test(arguments: EngineKind.available) func fromUploadToRevertInTheBrowser(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let site = try await Self.site(desk)
      #expect(try await site.get("/imports").status == 200)
      let sent = try await upload(ImportProblemTests.bad, named: "订单<b>.csv", .orders, site)
      #expect(sent.status == 303)
      let columns = try #require(sent.headers[.location])
      let page = try await site.get(columns)
      #expect(page.status == 200 && page.text.contains("订单&lt;b&gt;.csv") && !page.text.contains("<b>.csv"))
      #expect(page.text.contains("value='customer_name' selected"))

      let place = columns.replacing("/columns", with: "")
      let checking = try await site.post(
        columns + "?_method=put", form: ["next": "check"])
      #expect(checking.status == 303 && checking.headers[.location] == place)
      #expect(try await site.get(place).text.contains("every 1s"))
      try await Self.work(desk)
      let checked = try await site.get(place)
      #expect(checked.text.contains("2026-02-30") && checked.text.contains(place + "/start"))
      expectEqual(try await desk.state().orders.count, 0)

      #expect(try await site.post(place + "/start", form: [:]).status == 303)
      #expect(try await site.post(place + "/start", form: [:]).status == 409)
      try await Self.work(desk)
      let finished = try await site.get(place)
      #expect(finished.text.contains(place + "/problems") && finished.text.contains("data-dialog='revert'"))
      expectEqual(try await desk.state().orders.count, 1)
      let rejected = try await site.get(place + "/problems")
      #expect(rejected.status == 200 && rejected.body.starts(with: TextEncoding.utf8.mark))

      #expect(try await site.get(place + "/revert").status == 200)
      #expect(try await site.post(place + "/revert", form: [:]).status == 303)
      try await Self.work(desk)
      expectEqual(try await desk.state().orders.count, 0)
      #expect(try await site.get("/api/v1" + place).text.contains(#""state":"reverted""#))
      #expect(try await site.get("/imports").text.contains(place))
    }
  }

  /// Files hold more than became of them: they are for who brought them, and for administrators.
  @Test(arguments: EngineKind.available) func importsBelongToWhoBroughtThem(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let boss = try await Self.site(desk)
      let accounts = Accounts(desk.services)
      func person(_ name: String) async throws -> TestSite {
        let user = try await accounts.create(
          email: "\(name)@example.cn", name: name, password: "correct horse battery", isAdministrator: false)
        return TestSite(House.site(desk.services), token: try await accounts.issueToken(for: user, name: "test"))
      }
      let (mine, other) = (try await person("mine"), try await person("other"))
      let file = "order_id,customer,date,amount\nSECRET-1,Ann,2026-01-01,5\nSECRET-2,Ann,never,5\n"
      let sent = try await upload(file, named: "secret.csv", .orders, mine)
      let place = try #require(sent.headers[.location]).replacing("/columns", with: "")
      let api = "/api/v1" + place
      func asked(by site: TestSite) async throws -> [Int] {
        [
          try await site.get(api).status, try await site.get(api + "/columns").status,
          try await site.get(api + "/changes").status, try await site.get(api + "/progress").status,
          try await site.get(api + "/revert").status, try await site.get(place + "/problems").status,
          try await site.send(.post, api + "/preview", json: "{}").status,
        ]
      }
      expectEqual(try await asked(by: other), [Int](repeating: 404, count: 7))
      expectEqual(try await asked(by: mine), [Int](repeating: 200, count: 7))
      expectEqual(try await asked(by: boss), [Int](repeating: 200, count: 7))
      for (method, rest) in [
        (.put, "/columns"), (.post, "/cancel"), (.put, "/answers"), (.post, "/start"), (.post, "/revert"),
      ]
        as [(HTTPRequest.Method, String)]
      {
        #expect(try await other.send(method, api + rest, json: #"{"next":"check"}"#).status == 404)
      }
      #expect(try await other.ask(.delete, api).status == 404)
      #expect(try await !other.get("/api/v1/imports").text.contains("secret.csv"))
      #expect(try await mine.get("/api/v1/imports").text.contains("secret.csv"))
      #expect(try await boss.get("/api/v1/imports").text.contains("secret.csv"))

      _ = try await mine.send(.put, api + "/columns", json: #"{"next":"check"}"#)
      try await Self.work(desk)
      _ = try await mine.send(.post, api + "/start", json: "{}")
      try await Self.work(desk)
      let order: App.Order = try #require(try await desk.db.read { tx in try tx.first("SELECT * FROM sales_order") })
      #expect(try await mine.get("/orders/\(order.id)").text.contains("secret.csv"))
      #expect(try await !other.get("/orders/\(order.id)").text.contains("secret.csv"))
    }
  }

  /// What takes a large body takes long to look through.
  @Test func whatTakesLargeFilesIsHeavy() async throws {
    try await ImportDesk.open(.sqlite) { desk in
      let routes = House.site(desk.services).routes
      let isLarge = routes.filter { $0.bodyLimit > Route.usualBodyLimit }
      #expect(!isLarge.isEmpty)
      for route in isLarge { #expect(route.isHeavy, "\(route.method) \(route.path)") }
    }
  }

  @Test func programsBringTextAndChooseColumns() async throws {
    try await ImportDesk.open(.sqlite) { desk in
      let site = try await Self.site(desk)
      let sent = try await site.send(
        .post, "/api/v1/imports", json: #"{"kind":"orders","text":"a,b,c\n2026-01-02,5,Ann\n2026-01-03,7,Bob\n"}"#)
      #expect(sent.status == 201)
      let place = try #require(sent.headers[.location]).replacing("/columns", with: "")
      let missing = try await site.send(
        .put, place + "/columns", json: #"{"columns":["-","amount","-"],"next":"check"}"#)
      #expect(missing.status == 422)
      let twice = try await site.send(.put, place + "/columns", json: #"{"columns":["date","amount","amount"]}"#)
      #expect(twice.status == 422)
      let chosen = try await site.send(
        .put, place + "/columns",
        json:
          #"{"columns":["date","amount","customer_name"],"filters":[{"column":"c","value":"Bob","is_not":true}],"next":"check"}"#
      )
      #expect(chosen.status == 200 && chosen.text.contains(#""customer":"Ann""#))
      try await Self.work(desk)
      let view = try await site.get(place)
      #expect(view.text.contains(#""state":"checked""#) && view.text.contains(#""skipped":1"#))
      #expect(try await site.send(.post, place + "/cancel", json: "{}").status == 409)
      #expect(try await site.ask(.delete, place).status == 204)
      #expect(try await site.get(place).status == 404)
    }
  }

  @Test func whatIsNoFileIsRefusedInWords() async throws {
    try await ImportDesk.open(.sqlite) { desk in
      let site = try await Self.site(desk)
      #expect(try await site.send(.post, "/api/v1/imports", json: "{}").status == 422)
      #expect(try await site.send(.post, "/api/v1/imports", json: #"{"text":"\"never closed"}"#).status == 422)
      #expect(try await upload("", named: "empty.csv", .customers, site).status == 422)
      #expect(try await site.get("/imports/0000000000000/columns").status == 404)
      #expect(try await site.get("/imports/example.csv?kind=customers").status == 200)
    }
  }

  @Test(arguments: EngineKind.available) func phonesKeepTheirWords(_ engine: EngineKind) async throws {
    for isProgram in [false, true] {
      try await ImportDesk.open(engine) { desk in
        let site = try await Self.site(desk)
        let text = ImportPhoneTests.notes.replacing("\n", with: "\\n")
        let sent =
          isProgram
          ? try await site.send(.post, "/api/v1/imports", json: #"{"kind":"customers","text":"\#(text)"}"#)
          : try await upload(ImportPhoneTests.notes, named: "a.csv", .customers, site)
        let place = try #require(sent.headers[.location]).replacing("/columns", with: "")
        if isProgram {
          #expect(try await site.send(.put, place + "/columns", json: #"{"next":"check"}"#).status == 200)
        } else {
          #expect(try await site.post(place + "/columns?_method=put", form: ["next": "check"]).status == 303)
        }
        try await Self.work(desk)
        #expect(try await site.get(place).text.contains("丁公司"))
        let started =
          isProgram
          ? try await site.send(.post, place + "/start", json: "{}") : try await site.post(place + "/start", form: [:])
        #expect(started.status < 400, "\(started.status) \(started.text.prefix(500))")
        try await Self.work(desk)
        let state = try await desk.state()
        let shown = Dictionary(
          state.customers.map { ($0.name, $0.phones.map(\.shown)) }, uniquingKeysWith: { $0 + $1 })
        #expect(shown == ImportPhoneTests.shown)
        let last = try #require(try await desk.customer("丁公司")).id
        let card = try await site.get("/customers/\(last)")
        #expect(card.text.contains(">13800138003</a> · 张总") && card.text.contains(">13900139003</a> · 李总"))
        let form = try await site.get("/customers/\(last)/edit")
        #expect(form.text.contains("13800138003（张总）、13900139003（李总）"))
        #expect(try await site.get("/customers/\(last)/peek").text.contains("13800138003 · 张总"))
        #expect(try await site.get("/api/v1/customers/\(last)").text.contains(#""note":"张总""#))
      }
    }
  }
}
