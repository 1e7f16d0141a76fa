import HTTPTypes
import Store
import TestKit
import Testing
import Web

@testable import App

/// The ways in and out as a browser or a program goes them.
@Suite struct AccountSiteTests {
  @Test func paths() {
    #expect(LocalPath.checked("/customers?q=1") == "/customers?q=1")
    for path in [
      nil, "", "customers", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil",
      "/sign-in",
    ] {
      #expect(LocalPath.checked(path) == "/")
    }
  }

  @Test(arguments: EngineKind.available) func signInAndOut(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      _ = try await office.hire("lin")
      let site = TestSite(House.site(office.services))
      let away = try await site.get("/settings/me")
      #expect(away.status == 303)
      #expect(away.headers[.location] == "/sign-in?to=%2Fsettings%2Fme")
      let page = try await site.get("/sign-in?to=%2Fsettings%2Fme")
      #expect(page.text.contains("name='to' value='/settings/me'"))

      let wrong = try await site.post("/sign-in", form: ["email": "lin@example.cn", "password": "no"])
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("邮箱或密码不对"))
      #expect(wrong.text.contains("lin@example.cn"))
      #expect(wrong.headers[.setCookie] == nil)

      let cookie = try await site.signIn("lin", to: "/settings/me")
      let me = try await site.get("/settings/me", headers: ["Cookie": cookie])
      #expect(me.status == 200)
      let token = try #require(me.text.firstMatch(of: /name='_token' value='([^']+)'/)?.1)
      expectEqual(try await site.post("/sign-out", form: [:], headers: ["Cookie": cookie]).status, 403)
      let out = try await site.post("/sign-out", form: ["_token": String(token)], headers: ["Cookie": cookie])
      #expect(out.status == 303)
      #expect(out.headers[.setCookie]?.contains("Max-Age=0") == true)
      expectEqual(try await site.get("/settings/me", headers: ["Cookie": cookie]).status, 303)
    }
  }

  @Test(arguments: EngineKind.available) func tooManyTries(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let site = TestSite(House.site(office.services))
      let form = ["email": "nobody@example.cn", "password": "no"]
      for _ in 1...5 { expectEqual(try await site.post("/sign-in", form: form).status, 422) }
      let refused = try await site.post("/sign-in", form: form)
      #expect(refused.status == 429)
      #expect(refused.headers[.retryAfter] == "900")
      #expect(refused.text.contains("请过 15 分钟再登录"))
      #expect(refused.text.contains("nobody@example.cn"))
    }
  }

  @Test(arguments: EngineKind.available) func theFirstStart(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let site = TestSite(House.site(office.services))
      let link = try #require(try await office.accounts.firstAdministratorLink(base: ""))
      #expect(try await site.get("/sign-in").text.contains("还没有用户"))
      expectEqual(try await site.get("/first-administrator?key=guess").status, 410)
      expectEqual(try await site.get(link).status, 200)
      var form = [
        "key": String(link.suffix(43)), "firm": "湖畔", "name": "林晓彤", "email": "lin@example.cn",
        "password": "short", "language": "en",
      ]
      let again = try await site.post("/first-administrator", form: form)
      #expect(again.status == 422)
      #expect(again.text.contains("至少 10 个字符"))
      #expect(again.text.contains("value='林晓彤'"))
      form["password"] = Office.next
      let done = try await site.post("/first-administrator", form: form)
      #expect(done.status == 303)
      let cookie = try #require(done.headers[.setCookie]?.split(separator: ";").first)
      let settings = try await site.get("/settings", headers: ["Cookie": String(cookie)])
      #expect(settings.text.contains("Name of the firm"))
      #expect(settings.text.contains("value='湖畔'"))
      expectEqual(try await site.get(link).status, 410)
    }
  }

  @Test(arguments: EngineKind.available) func anInvitation(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      _ = try await office.hire("boss", isAdministrator: true)
      let browser = try await office.browse("boss")
      let made = try await browser.send(.post, "/settings/invitations", json: #"{"email":"zhao@example.cn"}"#)
      #expect(made.status == 200)
      let key = try #require(made.text.firstMatch(of: /invitation\?key=([\w-]{43})/)?.1)
      let site = TestSite(House.site(office.services))
      #expect(try await site.get("/invitation?key=\(key)").text.contains("zhao@example.cn"))
      let done = try await site.post(
        "/invitation", form: ["key": String(key), "name": "赵国强", "password": Office.next])
      #expect(done.status == 303)
      let cookie = try #require(done.headers[.setCookie]?.split(separator: ";").first)
      let users = try await site.get("/settings/users", headers: ["Cookie": String(cookie)])
      #expect(users.text.contains("赵国强"))
      #expect(!users.text.contains("/settings/invitations"))
    }
  }

  @Test(arguments: EngineKind.available) func onlyAdministratorsManage(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      let browser = try await office.browse("lin")
      let administrators: [(HTTPRequest.Method, String)] = [
        (.put, "/settings"), (.put, "/settings/users/\(lin.id)/administrator"),
        (.delete, "/settings/users/\(lin.id)/administrator"), (.put, "/settings/users/\(lin.id)/disabled"),
        (.delete, "/settings/users/\(lin.id)/disabled"), (.post, "/settings/invitations"),
        (.delete, "/settings/invitations/\(lin.id)"), (.post, "/settings/users/\(lin.id)/links"),
        (.get, "/settings/users/\(lin.id)"), (.delete, "/settings/users/\(lin.id)/tokens/\(lin.id)"),
      ]
      for (method, path) in administrators {
        expectEqual(try await browser.send(method, path).status, 403)
      }
      expectEqual(try await office.user(lin.id), lin)
      let settings = try await browser.send(.get, "/settings")
      #expect(settings.status == 200)
      #expect(settings.text.contains("\"can_change\":false"))
    }
  }

  @Test(arguments: EngineKind.available) func tokensAndSessions(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      _ = try await office.hire("lin")
      let site = TestSite(House.site(office.services))
      let cookie = try await site.signIn("lin", to: "/")
      let me = try await site.get("/settings/me", headers: ["Cookie": cookie])
      let form = String(try #require(me.text.firstMatch(of: /name='_token' value='([^']+)'/)?.1))
      let unnamed = try await site.post(
        "/settings/me/tokens", form: ["_token": form, "token_name": " "], headers: ["Cookie": cookie])
      #expect(unnamed.status == 422)
      let made = try await site.post(
        "/settings/me/tokens", form: ["_token": form, "token_name": "script"], headers: ["Cookie": cookie])
      let token = String(try #require(made.text.firstMatch(of: /<code>([\w-]{43})<\/code>/)?.1))
      let api = TestSite(House.site(office.services), token: token)
      let seen = try await api.get("/api/v1/settings/me")
      #expect(seen.status == 200)
      #expect(!seen.text.contains(token))
      let ids = seen.text.matches(of: /"id":"(\w{13})"/).map { String($0.1) }
      #expect(ids.count == 2)
      // The token first: the browser's own session signs it out.
      for id in ids.reversed() {
        let path = "/settings/me/sessions/\(id)?_method=delete"
        let ended = try await site.post(path, form: ["_token": form], headers: ["Cookie": cookie])
        #expect(ended.status == 303)
      }
      expectEqual(try await api.get("/api/v1/settings/me").status, 401)
    }
  }

  @Test(arguments: EngineKind.available) func theLanguage(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      let site = TestSite(House.site(office.services))
      let reply = try await site.post("/language/en", form: ["to": "/sign-in?"])
      #expect(reply.headers[.location] == "/")
      #expect(reply.headers[.setCookie]?.hasPrefix("language=en;") == true)
      #expect(try await site.get("/sign-in", headers: ["Cookie": "language=en"]).text.contains("Sign in"))
      expectEqual(try await site.post("/language/fr", form: [:]).status, 404)
      expectEqual(try await site.get("/language/en").status, 405)
      let cookie = try await site.signIn("lin", to: "/")
      let token = try #require(
        try await site.get("/settings/me", headers: ["Cookie": cookie]).text.firstMatch(
          of: /name='_token' value='([^']+)'/)?.1)
      let chosen = try await site.post(
        "/language/en", form: ["to": "/orders", "_token": String(token)], headers: ["Cookie": cookie])
      #expect(chosen.headers[.location] == "/orders")
      expectEqual(try await office.user(lin.id).language, .en)
    }
  }

  @Test(arguments: EngineKind.available) func theCurrencyStaysOnceThereAreOrders(_ engine: EngineKind)
    async throws
  {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let token = try await office.accounts.issueToken(for: boss, name: "test")
      let api = TestSite(House.site(office.services), token: token)
      expectEqual(try await api.send(.put, "/api/v1/settings", json: #"{"currency":"EUR"}"#).status, 200)
      let customer = Customer(
        id: office.services.ids.next(), kind: .company, name: "云岚", at: office.clock.now, by: nil)
      try await office.db.write { tx in
        try Customer.add([customer], in: tx)
        try tx.run(
          """
          INSERT INTO sales_order (id, customer_id, ordered_on, quantity, amount, cost, currency, base_amount,
            base_cost, created_at, updated_at)
          VALUES (1, \(customer.id), '2026-01-01', 1, 1, 0, 'EUR', 1, 0, 0, 0)
          """)
      }
      let refused = try await api.send(.put, "/api/v1/settings", json: #"{"currency":"USD"}"#)
      #expect(refused.status == 422)
      #expect(refused.text.contains("\"field\":\"currency\""))
      expectEqual(try await api.send(.put, "/api/v1/settings", json: #"{"firm_name":"x"}"#).status, 200)
    }
  }
}

extension TestSite {
  /// The cookie of a browser that signed in.
  func signIn(_ name: String, to path: String = "/") async throws -> String {
    let reply = try await post(
      "/sign-in", form: ["email": "\(name)@example.cn", "password": Office.password, "to": path])
    #expect(reply.headers[.location] == path)
    return String(try #require(reply.headers[.setCookie]?.split(separator: ";").first))
  }
}
