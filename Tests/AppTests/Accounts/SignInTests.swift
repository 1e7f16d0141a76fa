import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct SignInTests {
  @Test(arguments: EngineKind.available) func makesASession(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let user = try await office.hire("lin")
      let token = try await office.signIn("LIN")
      let caller = try await office.caller(token)
      #expect(caller?.user == user)
      #expect(token?.count == 43)
      let other = token?.first == "x" ? "y" : "x"
      expectEqual(try await office.caller(other + (token ?? "").dropFirst())?.user, nil)
      expectEqual(try await office.caller(token, isBearer: true)?.user, nil)
      let kept = try await office.db.read { tx in
        try tx.values("SELECT token_hash FROM session", as: String.self)
      }
      #expect(kept == [Secret.hash(token ?? "")])
    }
  }

  @Test(arguments: EngineKind.available) func refusesAlike(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let wang = try await office.hire("wang")
      try await office.accounts.disable(wang.id)
      expectEqual(try await office.signIn("wang"), nil)
      expectEqual(try await office.signIn("nobody"), nil)
      expectEqual(try await office.signIn("wang", "wrong password"), nil)
    }
  }

  @Test(arguments: EngineKind.available) func renewsAnOldHash(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let user = try await office.hire("lin")
      let weak = try Password.hash(Office.password, passes: 1, memory: 64)
      try await office.db.write { tx in
        try tx.run("UPDATE app_user SET password_hash = \(weak) WHERE id = \(user.id)")
      }
      #expect(try await office.signIn("lin") != nil)
      let renewed = try await office.user(user.id).passwordHash ?? ""
      #expect(renewed != weak)
      #expect(!Password.isOutdated(renewed))
      #expect(try await office.signIn("lin") != nil)
    }
  }

  @Test(arguments: EngineKind.available) func endsWhenUnusedForAMonth(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      _ = try await office.hire("lin")
      let token = try await office.signIn("lin")
      for _ in 1...3 {
        office.clock.move(seconds: 29 * 86_400)
        let seen = office.clock.now
        #expect(try await office.caller(token) != nil)
        try await eventually {
          try await office.db.read { tx in try tx.exists("SELECT id FROM session WHERE seen_at = \(seen)") }
        }
      }
      office.clock.move(seconds: 30 * 86_400)
      expectEqual(try await office.caller(token)?.user, nil)
    }
  }

  @Test(arguments: EngineKind.available) func endsAtOnceWhenRevoked(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      let wang = try await office.hire("wang")
      let token = try await office.signIn("lin")
      let session = try #require(try await office.caller(token)).session
      expectEqual(try await refusal { try await office.accounts.revoke(session, of: wang.id, by: wang.id) }, 404)
      #expect(try await office.caller(token) != nil)
      try await office.accounts.revoke(session, of: lin.id, by: lin.id)
      expectEqual(try await office.caller(token)?.user, nil)
      expectEqual(try await refusal { try await office.accounts.revoke(session, of: lin.id, by: lin.id) }, 404)
    }
  }

  @Test(arguments: EngineKind.available) func changingThePasswordEndsOtherSessions(_ engine: EngineKind)
    async throws
  {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      let here = try await office.signIn("lin")
      let there = try await office.signIn("lin")
      let program = try await office.accounts.issueToken(for: lin, name: "script")
      let caller = try #require(try await office.caller(here))
      func change(_ current: String, _ password: String) async throws {
        try await office.accounts.changePassword(of: caller, from: current, to: password, at: Office.browser)
      }
      expectEqual(
        try await problemFields { try await change("wrong password", Office.next) }, ["current"])
      expectEqual(try await problemFields { try await change(Office.password, "short") }, ["password"])
      #expect(try await office.caller(there) != nil)
      try await change(Office.password, Office.next)
      #expect(try await office.caller(here) != nil)
      expectEqual(try await office.caller(there)?.user, nil)
      #expect(try await office.caller(program, isBearer: true) != nil)
      expectEqual(try await office.signIn("lin"), nil)
      #expect(try await office.signIn("lin", Office.next) != nil)
    }
  }
}
