import Store
import TestKit
import Testing
import Web

@testable import App

/// What people change of their own accounts.
@Suite struct OwnAccountTests {
  @Test(arguments: EngineKind.available) func anotherAddressTakesThePassword(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      let browser = try await office.browse("lin")
      func change(_ email: String, _ current: String?) async throws -> Int {
        var form = ["email": email]
        form["current"] = current
        return try await browser.post("/settings/me/email?_method=put", form).status
      }
      expectEqual(try await browser.get("/settings/me/email").status, 200)
      expectEqual(try await change("new@example.cn", nil), 422)
      expectEqual(try await change("new@example.cn", "wrong password"), 422)
      expectEqual(try await change("no address", Office.password), 422)
      expectEqual(try await office.user(lin.id).email, "lin@example.cn")
      // The profile takes no other address, with or without the password.
      let profile = try await browser.send(.put, "/settings/me", json: #"{"email":"new@example.cn","name":"林"}"#)
      #expect(profile.status == 422)
      #expect(profile.text.contains("\"field\":\"email\""))
      expectEqual(try await office.user(lin.id), lin)
      expectEqual(try await change("New@Example.cn", Office.password), 303)
      expectEqual(try await office.user(lin.id).email, "new@example.cn")
      expectEqual(try await office.signIn("lin"), nil)
      #expect(try await office.signIn("new") != nil)
      let me = try await browser.get("/settings/me")
      #expect(me.text.contains("lin@example.cn → new@example.cn"))
    }
  }

  @Test(arguments: EngineKind.available) func guessesOfThePresentPasswordCount(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      _ = try await office.hire("lin")
      let caller = try #require(try await office.caller(try await office.signIn("lin")))
      for number in 1...5 {
        let fields = try await problemFields {
          if number.isMultiple(of: 2) {
            try await office.accounts.changeEmail(
              of: caller, to: "x@example.cn", password: "guess \(number)")
          } else {
            try await office.accounts.changePassword(
              of: caller, from: "guess \(number)", to: Office.next, at: Office.browser)
          }
        }
        #expect(fields == ["current"])
      }
      expectEqual(
        try await refusal {
          try await office.accounts.changeEmail(
            of: caller, to: "x@example.cn", password: Office.password)
        }, 429)
    }
  }

  @Test(arguments: EngineKind.available) func theHistoryTellsWhatWasDone(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let lin = try await office.hire("lin")
      let accounts = office.accounts
      try await accounts.setAdministrator(lin.id, true, by: boss.id)
      try await accounts.setAdministrator(lin.id, true, by: boss.id)
      try await accounts.setAdministrator(lin.id, false, by: boss.id)
      try await accounts.disable(lin.id)
      try await accounts.disable(lin.id)
      try await accounts.enable(lin.id, by: boss.id)
      try await accounts.enable(lin.id, by: boss.id)
      let (link, _) = try await accounts.passwordLink(for: lin.id, by: boss.id)
      try await accounts.revokeInvitation(link.invitation.id, by: boss.id)
      expectEqual(
        try await office.history(of: lin), [.linkTakenBack, .link, .enabled, .disabled, .member, .administrator])
      let seen = try await office.browse("boss").get("/settings/users/\(lin.id)")
      #expect(seen.status == 200)
      #expect(seen.text.contains("设为管理员"))
      #expect(seen.text.contains("<td class='soft'>boss</td>"))
      #expect(seen.text.contains("命令行"))
      expectEqual(try await office.browse("lin").get("/settings/users/\(boss.id)").status, 403)
    }
  }
}
