import Store
import TestKit
import Testing
import Web

@testable import App

/// By what is kept of figures is told apart whose they are.
@Suite struct SightTests {
  @Test(arguments: EngineKind.available) func rightsThatChangeAreAnotherKey(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      _ = try await office.hire("boss", isAdministrator: true)
      let rep = try await office.hire("rep")
      let token = try await office.signIn("rep")
      func access() async throws -> Access {
        let caller = try #require(try await office.caller(token))
        return Access(
          user: caller.user.id, isAdministrator: caller.user.isAdministrator, version: caller.rightsVersion)
      }
      var before = try await access()
      for isAdministrator in [true, false] {
        try await office.accounts.setAdministrator(rep.id, isAdministrator, by: nil)
        let after = try await access()
        #expect(after.isAdministrator == isAdministrator && after.sight != before.sight)
        before = after
      }
      // Also of somebody else: what they may see may have been shared.
      let other = try await office.hire("other")
      try await office.accounts.disable(other.id)
      #expect(try await access().sight != before.sight)
    }
  }
}
