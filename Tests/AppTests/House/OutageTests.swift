import Foundation
import HTTPTypes
import Logging
import TestKit
import Testing

@testable import App
@testable import Store
@testable import Web

/// What people and programs are told while the database cannot do its work, and that all is well afterwards.
@Suite struct OutageTests {
  private struct Firm {
    let db: Database
    let site: TestSite
    let pulse: Pulse

    func make(_ name: String) async throws -> TestSite.Answer {
      try await site.send(.post, "/api/v1/customers", json: #"{"name":"\#(name)"}"#)
    }

    func page(_ language: String) async throws -> TestSite.Answer {
      try await site.get("/customers", headers: ["Accept-Language": language])
    }

    func wait(for state: (DatabaseState) -> Bool) async throws {
      for _ in 0..<300 where !state(pulse.state) { try await Task.sleep(for: .milliseconds(50)) }
      #expect(state(pulse.state))
    }
  }

  /// - Parameter url: how the site gets at the database, where not as the one who made it does.
  private static func withFirm(
    _ engine: EngineKind, at url: (DatabaseURL) -> DatabaseURL = { $0 }, _ body: (Firm, Database) async throws -> Void
  ) async throws {
    try await withDatabase(engine, migrations: Features.migrations) { db in
      let maker = Accounts(Services(db: db))
      let user = try await maker.create(
        email: "a@example.cn", name: "a", password: "correct horse battery", isAdministrator: true)
      let token = try await maker.issueToken(for: user, name: "test")
      let used = url(db.url) == db.url ? db : try Database(url(db.url))
      let pulse = Pulse()
      let site = TestSite(House.site(Services(db: used, log: quiet), pulse), token: token)
      let beating = Task { await pulse.run(used, every: .milliseconds(50), log: quiet) }
      let result: Result<Void, any Error>
      do { result = .success(try await body(Firm(db: used, site: site, pulse: pulse), db)) } catch {
        result = .failure(error)
      }
      beating.cancel()
      await beating.value
      if used !== db { try await used.close() }
      try result.get()
    }
  }

  private static var quiet: Logger {
    var log = Logger(label: "test")
    log.logLevel = .critical
    return log
  }

  private static func problem(_ answer: TestSite.Answer) throws -> [String: Any] {
    #expect(answer.headers[.contentType] == "application/problem+json")
    return try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
  }

  @Test(arguments: EngineKind.servers) func aServerThatOnlyReads(_ engine: EngineKind) async throws {
    let standby = { (url: DatabaseURL) -> DatabaseURL in
      guard case .postgres(let uri, let schema) = url else { return url }
      let options = "options=-c%20default_transaction_read_only%3Don"
      return .postgres(uri: uri + (uri.contains("?") ? "&" : "?") + options, schema: schema)
    }
    try await Self.withFirm(engine, at: standby) { firm, _ in
      try await firm.wait { if case .readOnly = $0 { true } else { false } }
      for (language, banner) in [("zh", "暂时不能保存"), ("en", "nothing can be saved")] {
        let page = try await firm.page(language)
        #expect(page.status == 200 && page.text.contains(banner))
      }
      let refused = try await firm.make("云门茶行")
      #expect(refused.status == 503 && refused.headers[.retryAfterSeconds] == "10")
      let problem = try Self.problem(refused)
      #expect(problem["title"] as? String == "暂时不能保存")
      let form = try await firm.site.post("/customers", form: ["name": "x"], headers: ["Accept-Language": "en"])
      #expect(form.status == 503 && form.text.contains("Nothing can be saved now"))
    }
  }

  /// A server that goes in the middle of it, and comes back.
  @Test(arguments: EngineKind.servers) func aConnectionThatBreaks(_ engine: EngineKind) async throws {
    try await Self.withFirm(engine) { firm, db in
      try await firm.wait { $0 == .writable }
      try await db.write { tx in
        try tx.run(
          """
          CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            IF NEW.name = 'leave' THEN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); END IF;
            RETURN NEW;
          END $$
          """)
        try tx.run("CREATE TRIGGER leaves BEFORE INSERT ON customer FOR EACH ROW EXECUTE FUNCTION leave()")
      }
      let broken = try await firm.make("leave")
      #expect(broken.status == 503 && broken.headers[.retryAfterSeconds] == "5")
      #expect(try Self.problem(broken)["title"] as? String == "暂时连不上数据库")
      expectEqual(try await firm.make("stay").status, 201)
      let names: [String] = try await db.read { tx in try tx.values("SELECT name FROM customer") }
      #expect(names == ["stay"])
    }
  }

  @Test func aServerThatIsNotThere() async throws {
    try await withDatabase(.sqlite) { db in
      // Not one table is there: whatever is asked fails as it does when a server is away.
      let site = House.site(Services(db: db, log: Self.quiet))
      let away = AppError.ofStore(StoreError.unavailable("gone"))
      #expect(away?.status == 503 && away?.retryAfter == 5)
      #expect(site.explain(StoreError.constraint("x")) == nil)
      #expect(AppError.ofStore(CocoaError(.fileWriteOutOfSpace))?.status == 507)
      #expect(AppError.ofStore(StoreError.uncertain("x"))?.retryAfter == nil)
      // In the language of whoever asks, though nothing is known of them.
      let answer = try await TestSite(site).get("/customers", headers: ["Accept-Language": "en"])
      #expect(answer.status == 500 && answer.text.contains("Something went wrong"))
    }
  }

  @Test func aFullDisk() async throws {
    try await Self.withFirm(.sqlite) { firm, db in
      try await db.write { tx in
        let pages: Int = try tx.value("PRAGMA page_count") ?? 0
        let limit: Int? = try tx.value("PRAGMA max_page_count = \(SQL(name: "\(pages + 1)"))")
        #expect(limit == pages + 1)
      }
      var made = 0
      var answer = try await firm.make("客户 \(made)")
      while answer.status == 201, made < 5_000 {
        made += 1
        answer = try await firm.make("客户 \(made)")
      }
      #expect(answer.status == 507)
      #expect(try Self.problem(answer)["title"] as? String == "磁盘已满")
      let count: Int? = try await db.read { tx in try tx.value("SELECT count(*) FROM customer") }
      #expect(count == made)
      try await firm.wait { if case .full = $0 { true } else { false } }
      #expect(try await firm.page("en").text.contains("The disk is full"))
      let _ = try await db.write { tx in let _: Int? = try tx.value("PRAGMA max_page_count = 1000000") }
      try await firm.wait { $0 == .writable }
      expectEqual(try await firm.make("又有空间").status, 201)
      #expect(try await !firm.page("en").text.contains("The disk is full"))
    }
  }
}
