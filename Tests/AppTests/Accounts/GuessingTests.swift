import Store
import TestKit
import Testing
import Web

@testable import App

/// Who guesses passwords is stopped, and stops nobody else.
@Suite struct GuessingTests {
  private static let elsewhere = Accounts.Place(agent: "", origin: "198.51.100.1")

  @Test(arguments: EngineKind.available) func endsAfterSomeTries(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      _ = try await office.hire("lin")
      for _ in 1...5 { expectEqual(try await office.signIn("lin", "wrong password"), nil) }
      do {
        _ = try await office.signIn("lin")
        Issue.record("a sixth try was allowed")
      } catch let error as AppError {
        #expect(error.status == 429)
        #expect(error.retryAfter == 900)
      }
      office.clock.move(seconds: 899)
      expectEqual(try await refusal { _ = try await office.signIn("lin") }, 429)
      office.clock.move(seconds: 1)
      #expect(try await office.signIn("lin") != nil)
    }
  }

  @Test(arguments: EngineKind.available) func startsAnewAfterSuccess(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      _ = try await office.hire("lin")
      for _ in 1...3 {
        for _ in 1...4 { expectEqual(try await office.signIn("lin", "wrong password"), nil) }
        #expect(try await office.signIn("lin") != nil)
      }
    }
  }

  /// A stranger who types wrong passwords at somebody's address keeps that person out nowhere else.
  @Test(arguments: EngineKind.available) func locksOutOnlyWhoGuesses(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      _ = try await office.hire("lin")
      for _ in 1...5 { expectEqual(try await office.signIn("lin", "guess", from: Self.elsewhere), nil) }
      expectEqual(try await refusal { _ = try await office.signIn("lin", from: Self.elsewhere) }, 429)
      #expect(try await office.signIn("lin") != nil)
      // Somebody's success elsewhere gives the guesser no further tries.
      expectEqual(try await refusal { _ = try await office.signIn("lin", from: Self.elsewhere) }, 429)
    }
  }

  @Test(arguments: EngineKind.available) func countsANetworkOverAllAccounts(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      _ = try await office.hire("lin")
      try await office.guess(30) { ("e\($0)@example.cn", "192.0.2.7") }
      expectEqual(try await refusal { _ = try await office.signIn("lin") }, 429)
      #expect(try await office.signIn("lin", from: Self.elsewhere) != nil)
    }
  }

  /// Only from very many networks can an account be kept from anybody, and not from the browsers that know it.
  @Test(arguments: EngineKind.available) func aKnownBrowserComesThroughAnAttack(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      _ = try await office.hire("wang")
      let known = try #require(
        try await office.accounts.signIn(email: lin.email, password: Office.password, from: Office.browser)
      ).browser
      let desk = Accounts.Place(agent: "", origin: Office.browser.origin, browser: known)
      try await office.guess(99) { (lin.email, "198.51.100.\($0)") }
      #expect(try await office.signIn("lin", from: Self.elsewhere) != nil)
      try await office.guess(2) { (lin.email, "203.0.113.\($0)") }
      expectEqual(try await refusal { _ = try await office.signIn("lin", from: Self.elsewhere) }, 429)
      // Whatever was tried from the same network, for this account or others.
      try await office.guess(30) { ("e\($0)@example.cn", desk.origin) }
      #expect(try await office.signIn("lin", from: desk) != nil)
      // It is known for this account alone, and has few tries itself.
      expectEqual(try await refusal { _ = try await office.signIn("wang", from: desk) }, 429)
      for _ in 1...5 { expectEqual(try await office.signIn("lin", "guess", from: desk), nil) }
      expectEqual(try await refusal { _ = try await office.signIn("lin", from: desk) }, 429)
    }
  }

  @Test(arguments: EngineKind.available) func knownBrowsersAreForgotten(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let lin = try await office.hire("lin")
      func enter(_ browser: String? = nil) async throws -> Accounts.Opened {
        let place = Accounts.Place(agent: "", origin: Office.browser.origin, browser: browser)
        return try #require(
          try await office.accounts.signIn(email: lin.email, password: Office.password, from: place))
      }
      func isKnown(_ browser: String) async throws -> Bool {
        try await office.db.read { tx in
          try KnownBrowser.find(browser, of: lin.id, at: office.clock.now, in: tx) != nil
        }
      }
      let first = try await enter()
      let again = try await enter(first.browser)
      #expect(again.browser == first.browser)
      let invented = try await enter("made up").browser
      #expect(invented != "made up")
      for _ in 1...KnownBrowser.mostPerUser { _ = try await enter() }
      let kept = try await office.db.read { tx in try tx.values("SELECT id FROM known_browser", as: Int64.self) }
      #expect(kept.count == KnownBrowser.mostPerUser)

      // A new password is known by nobody else; what somebody who had the old one could keep is worth nothing.
      let (here, there) = (try await enter(), try await enter())
      let place = Accounts.Place(agent: "", origin: "", browser: here.browser)
      let caller = try #require(try await office.caller(here.session))
      try await office.accounts.changePassword(of: caller, from: Office.password, to: Office.next, at: place)
      #expect(try await isKnown(here.browser))
      #expect(try await !isKnown(there.browser))
      office.clock.move(seconds: Int64(KnownBrowser.lifetime))
      #expect(try await !isKnown(here.browser))
    }
  }

  /// Of very many tries at the same time no more are allowed than one after the other.
  @Test(arguments: EngineKind.available) func countsTriesAtTheSameTime(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let refused = try await withThrowingTaskGroup(of: Int?.self) { group in
        for _ in 1...20 {
          group.addTask { try await refusal { try await office.guess(1) { _ in ("lin@example.cn", "192.0.2.7") } } }
        }
        return try await group.reduce(0) { $0 + ($1 == 429 ? 1 : 0) }
      }
      #expect(refused == 15)
    }
  }

  /// A clock that ran ahead and was set right again locks nobody out, and what it left is cleared away.
  @Test(arguments: EngineKind.available) func triesOfTheFutureCountForNothing(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      _ = try await office.hire("lin")
      office.clock.move(seconds: 365 * 86_400)
      for _ in 1...5 { expectEqual(try await office.signIn("lin", "wrong password"), nil) }
      office.clock.move(seconds: -365 * 86_400)
      #expect(try await office.signIn("lin") != nil)
      expectEqual(try await office.tries(), 0)
      office.clock.move(seconds: 3_600)
      for _ in 1...5 { expectEqual(try await office.signIn("lin", "wrong password"), nil) }
      office.clock.move(seconds: -3_600)
      for _ in 1...5 { expectEqual(try await office.signIn("lin", "wrong password"), nil) }
      expectEqual(try await office.tries(), 5)
    }
  }

  @Test(arguments: EngineKind.available) func whatNobodyCanHaveIsNotKept(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      _ = try await office.hire("lin")
      let long = String(repeating: "a", count: 200) + "@example.cn"
      let marks = "a" + String(repeating: "\u{301}", count: 100_000) + "@example.cn"
      for email in [long, marks, "", "no address", "\0", "a@b c"] {
        let opened = try await office.accounts.signIn(email: email, password: "x", from: Office.browser)
        #expect(opened == nil)
      }
      for password in ["", String(repeating: "x", count: 1_001)] {
        expectEqual(try await office.signIn("lin", password), nil)
      }
      expectEqual(try await office.tries(), 0)
      expectEqual(
        try await problemFields {
          try await office.accounts.create(email: marks, name: "x", password: Office.next, isAdministrator: false)
        }, ["email"])
      let caller = try #require(try await office.caller(try await office.signIn("lin")))
      expectEqual(
        try await problemFields {
          try await office.accounts.changePassword(
            of: caller, from: String(repeating: "x", count: 1_001), to: Office.next, at: Office.browser)
        }, ["current"])
      expectEqual(try await office.tries(), 0)
    }
  }

  @Test func keepsABoundedNumber() async throws {
    try await Office.open(.sqlite) { office in
      let now = office.clock.now
      try await office.db.write { tx in
        try tx.insert(
          all: (0..<SignInAttempt.most + 500).map {
            SignInAttempt(id: office.services.ids.next(), email: "e\($0)@example.cn", origin: "\($0)", happenedAt: now)
          })
      }
      try await office.guess(1) { _ in ("lin@example.cn", "192.0.2.7") }
      expectEqual(try await office.tries(), SignInAttempt.most)
    }
  }

  @Test func aFullQueueRefusesAtOnce() async throws {
    try await Office.open(.sqlite) { office in
      let lin = try await office.hire("lin")
      let boss = try await office.hire("boss", isAdministrator: true)
      let caller = try #require(try await office.caller(try await office.signIn("lin")))
      let key = try await office.passwordLink(for: lin)
      let invitation = try await office.accounts.invite(email: "zhao@example.cn", by: boss.id)
      var turns: [HashingQueue.Turn] = []
      while let turn = try? office.services.hashing.turn() { turns.append(turn) }
      #expect(turns.count >= 33)
      expectEqual(try await refusal { _ = try await office.signIn("lin") }, 503)
      expectEqual(try await refusal { _ = try await office.accept(key) }, 503)
      expectEqual(try await refusal { _ = try await office.accept(invitation.key) }, 503)
      expectEqual(try await refusal { _ = try await office.hire("wang") }, 503)
      expectEqual(
        try await refusal {
          try await office.accounts.changePassword(
            of: caller, from: Office.password, to: Office.next, at: Office.browser)
        }, 503)
      expectEqual(
        try await refusal {
          try await office.accounts.changeEmail(of: caller, to: "x@example.cn", password: Office.password)
        }, 503)
      expectEqual(try await office.tries(), 0)
      let site = TestSite(House.site(office.services))
      let reply = try await site.post("/sign-in", form: ["email": lin.email, "password": Office.password])
      #expect(reply.status == 503)
      #expect(reply.headers[.retryAfter] == "2")
      #expect(reply.text.contains(lin.email))
      turns = []
      #expect(try await office.signIn("lin") != nil)
      _ = try await office.accept(key)
    }
  }

  @Test(arguments: [
    ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("2001:DB8:1:2::9", "2001:db8:1:2::/64"), ("fe80::1%eth0", "fe80:0:0:0::/64"), ("::1", "0:0:0:0::/64"),
    ("", "?"), ("unknown", "?"), ("192.0.2.7:4711", "?"), ("1.2.3", "?"),
  ])
  func networks(_ address: String, _ network: String) {
    #expect(Network.of(address) == network)
  }
}

extension Office {
  /// Counts tries without hashing, which would take seconds.
  fileprivate func guess(_ count: Int, _ whose: @escaping @Sendable (Int) -> (email: String, origin: String))
    async throws
  {
    try await db.write { tx in
      for number in 0..<count {
        let (email, origin) = whose(number)
        try SignInAttempt.begin(email: email, from: .network(origin), services, in: tx)
      }
    }
  }

  /// How many tries are kept.
  fileprivate func tries() async throws -> Int {
    try await db.read { tx in try tx.value("SELECT count(*) FROM sign_in_attempt") ?? 0 }
  }
}
