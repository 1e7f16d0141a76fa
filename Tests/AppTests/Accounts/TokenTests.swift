import HTTPTypes
import Store
import TestKit
import Testing
import Web

@testable import App

/// Tokens for programs: what they may do, until when, and who makes and revokes them.
@Suite struct TokenTests {
  @Test(arguments: EngineKind.available) func aTokenToReadChangesNothing(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      let site = House.site(office.services)
      let reader = TestSite(site, token: try await office.accounts.issueToken(for: lin, name: "r", scope: .read))
      let writer = TestSite(site, token: try await office.accounts.issueToken(for: lin, name: "w"))
      let customer = #"{"kind":"company","name":"云岚"}"#
      expectEqual(try await reader.get("/api/v1/customers").status, 200)
      expectEqual(try await reader.ask(.head, "/api/v1/customers").status, 200)
      expectEqual(try await reader.send(.post, "/api/v1/customers", json: customer).status, 403)
      // Neither as a page, nor under another method's name.
      expectEqual(try await reader.post("/customers", form: ["name": "云岚"]).status, 403)
      for method in ["put", "delete", "patch", "get", "head"] {
        expectEqual(try await reader.post("/customers?_method=\(method)", form: ["name": "云岚"]).status / 100, 4)
      }
      expectEqual(try await office.db.read { tx in try tx.exists("SELECT id FROM customer") }, false)
      expectEqual(try await writer.send(.post, "/api/v1/customers", json: customer).status, 201)
      // Scopes of a program to come allow nothing in this one.
      for scopes in ["", "orders:read", "READ", "write"] {
        try await office.db.write { tx in try tx.run("UPDATE session SET scopes = \(scopes) WHERE name = 'w'") }
        expectEqual(try await writer.get("/api/v1/customers").status, 401)
      }
    }
  }

  @Test(arguments: EngineKind.available) func aTokenEndsOnItsDay(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      let month = try await office.accounts.issueToken(for: lin, name: "month", days: 30)
      let year = try await office.accounts.issueToken(for: lin, name: "year")
      let forever = try await office.accounts.issueToken(for: lin, name: "forever", days: 0)
      func works(_ token: String) async throws -> Bool { try await office.caller(token, isBearer: true) != nil }
      office.clock.move(seconds: 29 * 86_400)
      // Its use does not let it last longer.
      #expect(try await works(month))
      try await office.used("month")
      office.clock.move(seconds: 86_400)
      #expect(try await !works(month))
      #expect(try await works(year))
      office.clock.move(seconds: 335 * 86_400)
      #expect(try await !works(year))
      #expect(try await works(forever))
      for days in [-1, 3_651, Int.max, Int.min] {
        let fields = try await problemFields {
          _ = try await office.accounts.issueToken(for: lin, name: "x", days: days)
        }
        #expect(fields == ["days"])
      }
    }
  }

  @Test(arguments: EngineKind.available) func tellsWhenItWasUsed(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      let token = try await office.accounts.issueToken(for: lin, name: "script")
      expectEqual(try await office.tokens(of: lin).map(\.usedAt), [nil])
      expectEqual(try await office.db.read { tx in try User.lastSeen(in: tx)[lin.id] }, nil)
      #expect(try await office.caller(token, isBearer: true) != nil)
      try await office.used("script")
      expectEqual(try await office.tokens(of: lin).map(\.usedAt), [office.clock.now])
    }
  }

  @Test(arguments: EngineKind.available) func madeAndRevokedInABrowser(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      let browser = try await office.browse("lin")
      let made = try await browser.send(
        .post, "/settings/me/tokens", json: #"{"token_name":"script","scope":"read","days":90}"#)
      let token = String(try #require(made.text.firstMatch(of: /"token":"([\w-]{43})"/)?.1))
      let kept = try #require(try await office.tokens(of: lin).first)
      #expect(kept.scope == .read)
      #expect(kept.expiresAt == office.clock.now.adding(seconds: 90 * 86_400))
      for wrong in [#"{"token_name":"x","scope":"all"}"#, #"{"token_name":"x","days":-1}"#, "{}"] {
        expectEqual(try await browser.send(.post, "/settings/me/tokens", json: wrong).status, 422)
      }
      expectEqual(try await browser.post("/settings/me/tokens", ["token_name": "x", "days": "-1"]).status, 422)
      // A program can neither make another nor take itself away, nor sign its user out.
      let writer = try await office.accounts.issueToken(for: lin, name: "writer")
      let api = TestSite(House.site(office.services), token: writer)
      expectEqual(try await api.send(.post, "/api/v1/settings/me/tokens", json: #"{"token_name":"x"}"#).status, 403)
      expectEqual(try await api.send(.delete, "/api/v1/settings/me/sessions/\(kept.id)", json: "{}").status, 403)
      _ = try await api.post("/sign-out", form: [:])
      #expect(try await office.caller(writer, isBearer: true) != nil)
      expectEqual(try await browser.send(.delete, "/settings/me/sessions/\(kept.id)").status, 204)
      expectEqual(try await office.caller(token, isBearer: true)?.user, nil)
      expectEqual(try await office.history(of: lin), [.tokenRevoked, .token, .token])
    }
  }

  @Test(arguments: EngineKind.available) func administratorsRevokeThoseOfOthers(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let lin = try await office.hire("lin")
      let token = try await office.accounts.issueToken(for: lin, name: "webshop")
      let (browser, line) = (try await office.browse("boss"), try await office.tokens(of: lin)[0])
      let page = try await browser.get("/settings/users/\(lin.id)")
      #expect(page.text.contains("webshop"))
      let session = try #require(try await office.caller(try await office.signIn("lin"))).session
      // Not those of somebody else, and nobody's browser.
      expectEqual(try await browser.send(.delete, "/settings/users/\(boss.id)/tokens/\(line.id)").status, 404)
      expectEqual(try await browser.send(.delete, "/settings/users/\(lin.id)/tokens/\(session)").status, 404)
      expectEqual(try await browser.post("/settings/users/\(lin.id)/tokens/\(line.id)?_method=delete", [:]).status, 303)
      expectEqual(try await office.caller(token, isBearer: true)?.user, nil)
      expectEqual(try await office.history(of: lin), [.tokenRevoked, .token])
    }
  }

  @Test(arguments: EngineKind.available) func endWithAPasswordWhereThatIsWished(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      let browser = try await office.browse("lin")
      func token() async throws -> String { try await office.accounts.issueToken(for: lin, name: "script") }
      func works(_ token: String) async throws -> Bool { try await office.caller(token, isBearer: true) != nil }
      var form = ["current": Office.password, "password": Office.next]
      let first = try await token()
      let page = try await browser.get("/settings/me")
      #expect(page.text.contains("同时撤销 1 个接口令牌"))
      expectEqual(try await browser.post("/settings/me/password?_method=put", form).status, 303)
      #expect(try await works(first))
      form = ["current": Office.next, "password": Office.password, "revoke_tokens": "1"]
      expectEqual(try await browser.post("/settings/me/password?_method=put", form).status, 303)
      #expect(try await !works(first))

      let second = try await token()
      let key = try await office.passwordLink(for: lin)
      let link = try await browser.site.get("/invitation?key=\(key)")
      #expect(link.text.contains("同时撤销 1 个接口令牌"))
      let set = try await browser.site.post(
        "/invitation", form: ["key": key, "password": Office.next, "revoke_tokens": "1"])
      #expect(set.status == 303)
      #expect(try await !works(second))
    }
  }

  @Test(arguments: EngineKind.available) func signingOutEverywhereElse(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      let (here, there) = (try await office.browse("lin"), try await office.signIn("lin"))
      let token = try await office.accounts.issueToken(for: lin, name: "script")
      expectEqual(try await here.post("/settings/me/sessions?_method=delete", [:]).status, 303)
      expectEqual(try await office.caller(there)?.user, nil)
      #expect(try await office.caller(token, isBearer: true) != nil)
      expectEqual(try await here.send(.delete, "/settings/me/sessions", json: #"{"revoke_tokens":true}"#).status, 204)
      expectEqual(try await office.caller(token, isBearer: true)?.user, nil)
      #expect(try await office.caller(here.token) != nil)
      expectEqual(
        try await office.history(of: lin), [.signedOut, .tokenRevoked, .signedOut, .token])
      expectEqual(try await office.db.read { tx in try tx.exists("SELECT id FROM known_browser") }, false)
    }
  }

  @Test(arguments: EngineKind.available) func thereAreNotTooMany(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      for number in 1...100 { _ = try await office.accounts.issueToken(for: lin, name: "\(number)") }
      expectEqual(
        try await problemFields { _ = try await office.accounts.issueToken(for: lin, name: "x") }, ["token_name"])
    }
  }

  /// Tokens of former versions go on as they did.
  @Test(arguments: EngineKind.available) func oldTokensStayAsTheyWere(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: Features.migrations.filter { $0.number < 37 }) { db in
      try await db.write { tx in
        try tx.run("INSERT INTO app_user (id, email, name, created_at, updated_at) VALUES (1, 'a@b', 'x', 100, 100)")
        try tx.run(
          """
          INSERT INTO session (id, user_id, kind, name, token_hash, form_token, agent, origin, created_at, seen_at)
          VALUES (1, 1, 'api', 'old', \(Secret.hash("t")), '', '', '', 100, 200)
          """)
      }
      try await Migrator(Features.migrations).migrate(db)
      let caller = try await Reception(Services(db: db)).receive(Credential(token: "t", isBearer: true)).1
      #expect(caller?.mayWrite == true)
    }
  }
}

extension Office {
  fileprivate func tokens(of user: User) async throws -> [TokenLine] {
    try await db.read { tx in try Session.live(of: user.id, .api, at: clock.now, in: tx).map { TokenLine($0) } }
  }

  /// Waits until a use that was noted beside a request is there.
  fileprivate func used(_ name: String) async throws {
    let now = clock.now
    try await eventually {
      try await db.read { tx in try tx.exists("SELECT id FROM session WHERE name = \(name) AND seen_at = \(now)") }
    }
  }
}
