import Store
import TestKit
import Testing
import Web

@testable import App

/// Links that let somebody new in, and links for a new password: neither is ever the other.
@Suite struct LinkTests {
  @Test(arguments: EngineKind.available) func invitationsWorkOnce(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let (accounts, boss) = (office.accounts, try await office.hire("boss", isAdministrator: true))
      expectEqual(
        try await problemFields { _ = try await accounts.invite(email: "x", by: boss.id) }, ["email"])
      let old = try await accounts.invite(email: "zhao@example.cn", by: boss.id)
      let link = try await accounts.invite(email: "Zhao@example.cn", by: boss.id)
      expectEqual(try await refusal { _ = try await office.accept(old.key) }, 410)
      expectEqual(try await refusal { _ = try await office.accept("guess") }, 410)
      expectEqual(try await problemFields { _ = try await office.accept(link.key, "short") }, ["password"])
      let caller = try await office.caller(try await office.accept(link.key))
      #expect(caller?.user.email == "zhao@example.cn")
      #expect(caller?.user.isAdministrator == false)
      #expect(caller?.user.createdBy == boss.id)
      expectEqual(try await refusal { _ = try await office.accept(link.key) }, 410)
    }
  }

  @Test(arguments: EngineKind.available) func invitationsEnd(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let (accounts, boss) = (office.accounts, try await office.hire("boss", isAdministrator: true))
      let link = try await accounts.invite(email: "zhao@example.cn", by: boss.id)
      try await accounts.revokeInvitation(link.invitation.id, by: boss.id)
      expectEqual(try await refusal { _ = try await accounts.invitation(key: link.key) }, 410)
      expectEqual(
        try await refusal { try await accounts.revokeInvitation(link.invitation.id, by: boss.id) }, 404)
      let other = try await accounts.invite(email: "zhao@example.cn", by: boss.id)
      office.clock.move(seconds: 7 * 86_400 - 1)
      expectEqual(try await accounts.invitation(key: other.key).0, other.invitation)
      office.clock.move(seconds: 1)
      expectEqual(try await refusal { _ = try await accounts.invitation(key: other.key) }, 410)
    }
  }

  @Test(arguments: EngineKind.available) func aLinkReplacesAForgottenPassword(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let lin = try await office.hire("lin")
      let before = try await office.signIn("lin")
      let key = try await office.passwordLink(for: lin)
      let token = try await office.accept(key)
      expectEqual(try await office.caller(token)?.user.name, "lin")
      expectEqual(try await office.caller(before)?.user, nil)
      expectEqual(try await office.signIn("lin"), nil)
      #expect(try await office.signIn("lin", Office.next) != nil)
      expectEqual(try await refusal { _ = try await office.accept(key) }, 410)
      expectEqual(try await office.history(of: lin), [.passwordByLink, .link])
      try await office.accounts.disable(lin.id, by: boss.id)
      expectEqual(try await refusal { _ = try await office.passwordLink(for: lin) }, 409)
      expectEqual(try await refusal { _ = try await office.accounts.passwordLink(for: Store.ID(raw: 7), by: nil) }, 404)
    }
  }

  /// Each of these ends a link for a password that somebody may hold still.
  @Test(arguments: EngineKind.available) func aPasswordLinkEndsWithAnyChange(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let lin = try await office.hire("lin")
      func dies(_ what: String, _ change: () async throws -> Void) async throws {
        let key = try await office.passwordLink(for: lin)
        try await change()
        let status = try await refusal { _ = try await office.accept(key) }
        #expect(status == 410, "a link survived: \(what)")
      }
      try await dies("another link") { _ = try await office.passwordLink(for: lin) }
      try await dies("a new address") { try await office.move("lin", to: "lin2@example.cn") }
      try await dies("the address back") { try await office.move("lin2", to: "lin@example.cn") }
      try await dies("a new password") {
        let caller = try #require(try await office.caller(try await office.signIn("lin")))
        try await office.accounts.changePassword(
          of: caller, from: Office.password, to: Office.next, at: Office.browser)
      }
      try await dies("a new password by another link") {
        let key = try await office.passwordLink(for: lin)
        _ = try await office.accept(key)
      }
      try await dies("disabled and enabled again") {
        try await office.accounts.disable(lin.id, by: boss.id)
        try await office.accounts.enable(lin.id, by: boss.id)
      }
      try await dies("time") { office.clock.move(seconds: 7 * 86_400) }
      expectEqual(try await office.accounts.list().map(\.email).sorted(), ["boss@example.cn", "lin@example.cn"])
    }
  }

  /// Whoever takes an address that a link was made for gets no new user by it, and nobody else's account.
  @Test(arguments: EngineKind.available) func aPasswordLinkNeverMakesAUser(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      let key = try await office.passwordLink(for: lin)
      // As if the address were changed in a way that forgets to take links back.
      try await office.db.write { tx in
        try tx.run("UPDATE app_user SET email = 'other@example.cn' WHERE id = \(lin.id)")
      }
      let mallory = try await office.hire("lin")
      _ = try await office.accept(key)
      expectEqual(try await office.accounts.list().count, 2)
      expectEqual(try await office.user(mallory.id).passwordHash, mallory.passwordHash)
      #expect(try await office.user(lin.id).passwordHash != lin.passwordHash)
    }
  }

  @Test(arguments: EngineKind.available) func anInvitationNeverTakesOverAUser(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let link = try await office.accounts.invite(email: "zhao@example.cn", by: boss.id)
      // As if two servers had let both happen at the same moment.
      let user = User(
        id: office.services.ids.next(), email: "zhao@example.cn", name: "赵", passwordHash: "x", at: office.clock.now,
        by: nil)
      try await office.db.write { tx in try tx.insert(user) }
      expectEqual(try await refusal { _ = try await office.accept(link.key) }, 410)
      expectEqual(try await office.user(user.id).passwordHash, "x")
      // The address of a user invites nobody.
      expectEqual(
        try await problemFields { _ = try await office.accounts.invite(email: "Boss@example.cn", by: boss.id) },
        ["email"])
    }
  }

  @Test(arguments: EngineKind.available) func nobodyTakesAnInvitedAddress(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      _ = try await office.hire("lin")
      let link = try await office.accounts.invite(email: "zhao@example.cn", by: boss.id)
      expectEqual(try await problemFields { try await office.move("lin", to: "ZHAO@example.cn") }, ["email"])
      expectEqual(try await problemFields { _ = try await office.hire("zhao") }, ["email"])
      let zhao = try #require(try await office.caller(try await office.accept(link.key))).user
      expectEqual(zhao.email, "zhao@example.cn")
      // An invitation that ended keeps its address from nobody.
      _ = try await office.accounts.invite(email: "qian@example.cn", by: boss.id)
      office.clock.move(seconds: 7 * 86_400)
      try await office.move("lin", to: "qian@example.cn")
    }
  }

  /// A link in the hands of whoever made it would let them back in.
  @Test(arguments: EngineKind.available) func linksEndWithTheirMakersRights(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let second = try await office.hire("second", isAdministrator: true)
      let (link, _) = try await office.accounts.passwordLink(for: boss.id, by: second.id)
      let invitation = try await office.accounts.invite(email: "zhao@example.cn", by: second.id)
      let other = try await office.accounts.invite(email: "qian@example.cn", by: boss.id)
      try await office.accounts.setAdministrator(second.id, false, by: boss.id)
      expectEqual(try await refusal { _ = try await office.accept(link.key) }, 410)
      expectEqual(try await refusal { _ = try await office.accept(invitation.key) }, 410)
      _ = try await office.accept(other.key)
    }
  }

  /// Links of former versions named an address.
  @Test(arguments: EngineKind.available) func oldLinksForPasswordsAreTakenBack(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: Features.migrations.filter { $0.number < 37 }) { db in
      try await db.write { tx in
        for (id, email, updated) in [(1, "lin@example.cn", 100), (2, "moved@example.cn", 250)] {
          try tx.run(
            """
            INSERT INTO app_user (id, email, name, created_at, updated_at) VALUES (\(id), \(email), 'x', 100, \(updated))
            """)
        }
        for (id, email, made) in [
          (1, "lin@example.cn", 300), (2, "former@example.cn", 200), (3, "new@example.cn", 300),
        ] {
          try tx.run(
            """
            INSERT INTO invitation (id, email, key_hash, created_at, expires_at)
            VALUES (\(id), \(email), \("\(id)"), \(made), 9000)
            """)
        }
        try tx.run("INSERT INTO invitation (id, key_hash, created_at, expires_at) VALUES (4, '4', 50, 9000)")
      }
      try await Migrator(Features.migrations).migrate(db)
      let open: [Int] = try await db.read { tx in
        try tx.values("SELECT id FROM invitation WHERE revoked_at IS NULL ORDER BY id")
      }
      #expect(open == [3, 4])
    }
  }
}
