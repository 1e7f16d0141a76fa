import HTTPTypes
import Logging
import Store
import Synchronization
import TestKit
import Testing

@testable import App
@testable import Web

@Suite struct IdempotencyTests {
  private static func records(_ office: Office) async throws -> Int {
    try await office.db.read { tx in try tx.value("SELECT count(*) FROM idempotency_record") ?? 0 }
  }

  /// A request as a handler is given it.
  private static func call(secret: [UInt8]) async throws -> Call {
    let kept = Mutex<Call?>(nil)
    let route = Route(.get, "/x", Word(same: "x"), audience: .everybody) { call in
      kept.withLock { $0 = call }
      return Reply()
    }
    let site = Site(
      name: Word(same: "x"), menu: [], routes: [route], signIn: "/", receive: { _ in (Reader(language: .en), nil) },
      log: Logger(label: "test"))
    _ = try await TestSite(site).get("/x")
    var call = try #require(kept.withLock { $0 })
    call.secret = secret
    return call
  }

  /// Every route that writes: sent again it is not done again, and is answered the same.
  @Test(arguments: EngineKind.available) func everyRouteThatWrites(_ engine: EngineKind) async throws {
    try await WritingRoutes.open(engine) { firm in
      var count = 0
      for route in firm.routes {
        let name = WritingRoutes.name(route)
        var request = try await firm.request(route)
        let first = try await firm.send(request, key: name.replacing(" ", with: "-"))
        #expect(first.status < 300, "\(name): \(first.status) \(first.text)")
        #expect(first.headers[.idempotencyReplayed] == nil)
        if !WritingRoutes.readers.contains(name) { count += 1 }
        expectEqual(try await Self.records(firm.office), count)
        let content = try await firm.office.db.content()

        let again = try await firm.send(request, key: name.replacing(" ", with: "-"))
        #expect(again.status == first.status, "\(name)")
        if !WritingRoutes.readers.contains(name) {
          #expect(again.text == first.text && again.headers[.location] == first.headers[.location], "\(name)")
          #expect(
            again.headers[.eTag] == first.headers[.eTag] && again.headers[.contentType] == first.headers[.contentType])
          #expect(again.headers[.idempotencyReplayed] == "true")
          request.json = request.json.replacing("}", with: " }")
          expectEqual(try await firm.send(request, key: name.replacing(" ", with: "-")).status, 422)
        }
        #expect(try await firm.office.db.content() == content, "\(name)")
      }
      #expect(count > 35)
    }
  }

  @Test(arguments: EngineKind.available) func anotherRequestUnderTheSameKey(_ engine: EngineKind) async throws {
    try await WritingRoutes.open(engine) { firm in
      let first = try await firm.add("甲", key: "k")
      #expect(first.status == 201)
      expectEqual(try await firm.add("乙", key: "k").status, 422)
      let other = WritingRoutes.Request(method: .post, path: "/api/v1/products", json: #"{"name":"甲"}"#, headers: [:])
      expectEqual(try await firm.send(other, key: "k").status, 422)
      // A key is its session's own.
      let lin = try #require(try await firm.office.db.read { tx in try User.find(email: "lin@example.cn", in: tx) })
      let token = try await firm.office.accounts.issueToken(for: lin, name: "lin")
      let theirs = try await firm.add("甲", key: "k", by: TestSite(firm.site, token: token))
      #expect(theirs.status == 201 && theirs.text != first.text)
      // Quotes, as the draft writes keys, make no difference.
      #expect(try await firm.add("甲", key: #""k""#).text == first.text)
    }
  }

  /// What failed is not kept, so that it can be sent again once it is right.
  @Test(arguments: EngineKind.available) func whatFailed(_ engine: EngineKind) async throws {
    try await WritingRoutes.open(engine) { firm in
      let before = try await firm.office.db.content()
      expectEqual(try await firm.add("", key: "k").status, 422)
      let gone = WritingRoutes.Request(
        method: .put, path: "/api/v1/customers/0000000000000", json: #"{"name":"x"}"#, headers: ["If-Match": "*"])
      expectEqual(try await firm.send(gone, key: "k").status, 404)
      let wrong = WritingRoutes.Request(
        method: .put, path: "/api/v1/settings/me/password",
        json: #"{"current":"no","password":"another good password"}"#, headers: [:], isForBrowsers: true)
      expectEqual(try await firm.send(wrong, key: "k").status, 422)
      for path in ["/settings/me/sessions", "/settings/invitations"] {
        let nothing = WritingRoutes.Request(
          method: .delete, path: "/api/v1\(path)/0000000000000", json: "{}", headers: [:], isForBrowsers: true)
        expectEqual(try await firm.send(nothing, key: "k").status, 404)
      }
      let after = try await firm.office.db.content(without: ["sign_in_attempt"])
      #expect(after == before.filter { !$0.hasPrefix("sign_in_attempt") })
      expectEqual(try await firm.add("对了", key: "k").status, 201)
    }
  }

  /// Eight at once, on two servers: one does it, and whoever does not hear the same is told to ask again.
  @Test(arguments: EngineKind.available) func severalAtOnce(_ engine: EngineKind) async throws {
    try await WritingRoutes.open(engine) { firm in
      let other = TestSite(House.site(firm.office.services), token: firm.api.token)
      let answers = try await withThrowingTaskGroup(of: TestSite.Answer.self) { group in
        for number in 0..<8 {
          group.addTask { try await firm.add("同时", key: "k", by: number % 2 == 0 ? firm.api : other) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.allSatisfy { $0.status == 201 || $0.status == 409 })
      #expect(Set(answers.filter { $0.status == 201 }.map(\.text)).count == 1)
      #expect(answers.filter { $0.status == 409 }.allSatisfy { $0.headers[.retryAfterSeconds] == "1" })
      let made: Int? = try await firm.office.db.read { tx in
        try tx.value("SELECT count(*) FROM customer WHERE name = '同时'")
      }
      #expect(made == 1)
    }
  }

  /// A server that died between doing it and answering: it is known that it was done.
  @Test(arguments: EngineKind.available) func doneButNeverAnswered(_ engine: EngineKind) async throws {
    try await WritingRoutes.open(engine) { firm in
      _ = try await firm.add("甲", key: "k")
      try await firm.office.db.write { tx in try tx.run("UPDATE idempotency_record SET answer = NULL") }
      let again = try await firm.add("甲", key: "k")
      #expect(again.status == 409 && again.text.contains("已经完成"))
      expectEqual(try await firm.add("乙", key: "k").status, 422)
    }
  }

  /// The answer of most routes is there with what it tells of, not after it.
  @Test func theAnswerIsKeptWithTheWrite() async throws {
    try await WritingRoutes.open(.sqlite) { firm in
      let services = firm.office.services
      let record = IdempotencyRecord(
        id: services.ids.next(), sessionId: ID(raw: 1), name: "k", request: "r", createdAt: services.clock())
      let call = try await Self.call(secret: Digest.sha256([1]))
      let db = services.db.hooked(IdempotencyRun.hook)
      try await IdempotencyRun.$current.withValue(IdempotencyRun(record, call, services)) {
        try await db.write { _ in Answer<Nothing>.created(Nothing(), at: "/here") }
      }
      let found: [UInt8]? = try await services.db.read { tx in try tx.value("SELECT answer FROM idempotency_record") }
      let answer = try #require(found)
      let kept = try #require(KeptAnswer(answer, openedBy: call.secret))
      #expect(kept.status == 201 && kept.fields["Location"] == "/api/v1/here")
      #expect(KeptAnswer(answer, openedBy: Digest.sha256([2])) == nil)
    }
  }

  @Test(arguments: EngineKind.available) func aDayLater(_ engine: EngineKind) async throws {
    try await WritingRoutes.open(engine) { firm in
      let first = try await firm.add("甲", key: "k")
      firm.office.clock.move(seconds: 86_399)
      #expect(try await firm.add("甲", key: "k").text == first.text)
      firm.office.clock.move(seconds: 2)
      let later = try await firm.add("乙", key: "k")
      #expect(later.status == 201 && later.headers[.idempotencyReplayed] == nil)
      expectEqual(try await Self.records(firm.office), 1)
      try await IdempotencyCleanup.cleanUp(firm.office.services)
      expectEqual(try await Self.records(firm.office), 1)
      firm.office.clock.move(seconds: 90_000)
      try await IdempotencyCleanup.cleanUp(firm.office.services)
      expectEqual(try await Self.records(firm.office), 0)
      let waiting: Int? = try await firm.office.db.read { tx in
        try tx.value("SELECT count(*) FROM job WHERE kind = \(IdempotencyCleanup.kind)")
      }
      #expect(waiting == 1)
    }
  }

  /// A token is shown once and kept nowhere: not in an answer that is kept either.
  @Test func secretsAreSealed() async throws {
    try await WritingRoutes.open(.sqlite) { firm in
      let request = WritingRoutes.Request(
        method: .post, path: "/api/v1/settings/me/tokens", json: #"{"token_name":"script"}"#, headers: [:],
        isForBrowsers: true)
      let made = try await firm.send(request, key: "k")
      let token = String(try #require(made.text.firstMatch(of: /"token":"([\w-]{43})"/)?.1))
      let answer: [UInt8] = try #require(
        try await firm.office.db.read { tx in try tx.value("SELECT answer FROM idempotency_record") })
      #expect(answer.count > 43 && !String(decoding: answer, as: UTF8.self).contains(token))
      #expect(try await firm.office.db.content().allSatisfy { !$0.contains(token) })
    }
  }

  @Test(arguments: ["", " ", "a b", "键", String(repeating: "k", count: 256), "\u{7F}", "a\tb"])
  func keysThatAreNone(_ key: String) async throws {
    try await WritingRoutes.open(.sqlite) { firm in
      expectEqual(try await firm.add("甲", key: key).status, 400)
      expectEqual(try await Self.records(firm.office), 0)
    }
  }

  @Test func whereKeysMeanNothing() async throws {
    try await WritingRoutes.open(.sqlite) { firm in
      for path in ["/api/v1/customers", "/customers"] {
        expectEqual(try await firm.api.get(path, headers: ["Idempotency-Key": "k"]).status, 200)
      }
      for _ in 0..<2 {
        let made = try await firm.api.post("/customers", form: ["name": "页"], headers: ["Idempotency-Key": "k"])
        #expect(made.status == 303)
      }
      expectEqual(try await Self.records(firm.office), 0)
      // Who is not known is told so, whatever the key.
      let nobody = TestSite(firm.site)
      expectEqual(try await firm.add("甲", key: "k", by: nobody).status, 401)
    }
  }

  @Test func everyOperationTellsOfKeys() async throws {
    try await WritingRoutes.open(.sqlite) { firm in
      let document = OpenAPI(title: "", version: "", routes: firm.site.routes).document(in: .en)
      let text = String(decoding: try Wire.encode(document), as: UTF8.self)
      let writing = firm.site.routes.count { $0.isInAPI && $0.method != .get }
      #expect(text.matches(of: /"name":"Idempotency-Key"/).count == writing)
    }
  }
}

extension WritingRoutes {
  func add(_ name: String, key: String, by site: TestSite? = nil) async throws -> TestSite.Answer {
    try await send(
      Request(method: .post, path: "/api/v1/customers", json: #"{"name":"\#(name)"}"#, headers: [:]), key: key, by: site
    )
  }
}
