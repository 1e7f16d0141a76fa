import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct PeopleTests {
  @Test(arguments: EngineKind.available) func takesEachEmailOnce(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin", isAdministrator: true)
      #expect(lin.isAdministrator)
      expectEqual(try await problemFields { _ = try await office.hire("LIN") }, ["email"])
      let fields = try await problemFields {
        try await office.accounts.create(
          email: "no address", name: " ", password: "short", isAdministrator: false)
      }
      #expect(fields == ["email", "name", "password"])
      expectEqual(try await office.accounts.list(), [lin])
      expectEqual(try await office.accounts.find(email: " Lin@Example.cn ").id, lin.id)
      expectEqual(try await refusal { _ = try await office.accounts.find(email: "x@example.cn") }, 404)
    }
  }

  @Test(arguments: EngineKind.available) func disablingEndsEverything(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let lin = try await office.hire("lin")
      let cookie = try await office.signIn("lin")
      let token = try await office.accounts.issueToken(for: lin, name: "script")
      #expect(try await office.caller(token, isBearer: true) != nil)
      expectEqual(try await office.caller(token)?.user, nil)
      try await office.accounts.disable(lin.id, by: boss.id)
      expectEqual(try await office.caller(cookie)?.user, nil)
      expectEqual(try await office.caller(token, isBearer: true)?.user, nil)
      let disabled = try await office.user(lin.id)
      #expect(disabled.disabledAt == office.clock.now)
      #expect(disabled.disabledBy == boss.id)
      expectEqual(
        try await refusal { _ = try await office.accounts.issueToken(for: disabled, name: "x") }, 409)
      try await office.accounts.enable(lin.id, by: boss.id)
      expectEqual(try await office.caller(cookie)?.user, nil)
      #expect(try await office.signIn("lin") != nil)
    }
  }

  @Test(arguments: EngineKind.available) func keepsTheLastAdministrator(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let (accounts, boss) = (office.accounts, try await office.hire("boss", isAdministrator: true))
      let lin = try await office.hire("lin")
      expectEqual(try await refusal { try await accounts.disable(boss.id) }, 409)
      expectEqual(try await refusal { try await accounts.setAdministrator(boss.id, false, by: boss.id) }, 409)
      try await accounts.setAdministrator(lin.id, true, by: boss.id)
      try await accounts.disable(lin.id, by: boss.id)
      expectEqual(try await refusal { try await accounts.disable(boss.id) }, 409)
      try await accounts.enable(lin.id, by: boss.id)
      try await accounts.setAdministrator(boss.id, false, by: lin.id)
      #expect(try await office.user(boss.id).administratorSince == nil)
      expectEqual(try await refusal { try await accounts.disable(Store.ID(raw: 7)) }, 404)
      expectEqual(try await refusal { try await accounts.enable(Store.ID(raw: 7)) }, 404)
    }
  }

  @Test(arguments: EngineKind.available) func twoCannotRemoveEachOther(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let a = try await office.hire("a", isAdministrator: true)
      let b = try await office.hire("b", isAdministrator: true)
      async let first = refusal { try await office.accounts.disable(b.id, by: a.id) }
      async let second = refusal { try await office.accounts.disable(a.id, by: b.id) }
      let results = try await [first, second]
      #expect(results.filter { $0 == nil }.count == 1)
      #expect(results.contains(409))
    }
  }

  @Test(arguments: EngineKind.available) func theFirstAdministratorIsOne(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      func key() async throws -> String {
        let link = try #require(try await office.accounts.firstAdministratorLink(base: "http://x"))
        #expect(link.hasPrefix("http://x/first-administrator?key="))
        return String(link.suffix(43))
      }
      let keys = (try await key(), try await key())
      func create(_ key: String, _ email: String) async throws -> String {
        let first = Accounts.First(key: key, firm: "湖畔贸易", name: "林晓彤", email: email, language: .en)
        return try await office.accounts.createFirst(first, password: Office.next, from: Office.browser).session
      }
      expectEqual(try await problemFields { _ = try await create(keys.0, "x") }, ["email"])
      async let first = refusal { _ = try await create(keys.0, "a@example.cn") }
      async let second = refusal { _ = try await create(keys.1, "b@example.cn") }
      let results = try await [first, second]
      #expect(results.filter { $0 == nil }.count == 1)
      let users = try await office.accounts.list()
      #expect(users.map(\.isAdministrator) == [true])
      let settings = try await office.db.read { tx in try tx.ask(Settings.stored) }
      #expect(settings.firmName == "湖畔贸易")
      #expect(settings.language == .en)
      expectEqual(try await office.accounts.firstAdministratorLink(base: "http://x"), nil)
    }
  }

  @Test(arguments: EngineKind.available) func theFirstLinkLastsADay(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let link = try #require(try await office.accounts.firstAdministratorLink(base: ""))
      office.clock.move(seconds: 86_399)
      try await office.accounts.checkFirst(key: String(link.suffix(43)))
      office.clock.move(seconds: 1)
      expectEqual(
        try await refusal { try await office.accounts.checkFirst(key: String(link.suffix(43))) }, 410)
    }
  }
}
