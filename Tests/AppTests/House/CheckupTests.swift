import Foundation
import Store
import TestKit
import Testing

@testable import App

@Suite struct CheckupTests {
  private static func config(_ url: DatabaseURL) throws -> Config {
    switch url {
    case .sqlite(let path): try Config(flags: [.database: "sqlite:\(path)", .port: "0"])
    case .postgres(let uri, let schema):
      try Config(flags: [.database: uri + (uri.contains("?") ? "&" : "?") + "schema=\(schema)", .port: "0"])
    }
  }

  private static func withFirm(_ engine: EngineKind, _ body: (DatabaseURL, Config) async throws -> Void)
    async throws
  {
    try await withDatabaseURL(engine) { url in
      try await House.visit(url) { services in
        let today = services.clock().day(in: .gmt)
        _ = try await Demo(customers: 20, orders: 100, today: today).write(to: services)
      }
      try await body(url, try config(url))
    }
  }

  private static func wrong(_ findings: [Finding]) -> [String] { findings.filter { !$0.isFine }.map(\.name) }

  @Test(arguments: EngineKind.available) func healthy(_ engine: EngineKind) async throws {
    try await Self.withFirm(engine) { _, config in
      let findings = await Checkup(config).run()
      #expect(Self.wrong(findings) == [])
      let names = Set(findings.map(\.name))
      #expect(names.isSuperset(of: ["assets", "database", "version", "totals", "search", "jobs", "clock"]))
      #expect(names.isSuperset(of: ["port", "descriptors", engine == .sqlite ? "integrity" : "server"]))
      #expect(engine == .sqlite || names.isSuperset(of: ["writing", "connections"]))
    }
  }

  @Test(arguments: EngineKind.available) func aTotalThatDrifted(_ engine: EngineKind) async throws {
    try await Self.withFirm(engine) { url, config in
      let name: String? = try await House.visit(url) { services in
        try await services.db.write { tx in
          try tx.run(
            "UPDATE customer_total SET quantity = quantity + 1 WHERE customer_id = (SELECT max(id) FROM customer)")
          return try tx.value("SELECT name FROM customer WHERE id = (SELECT max(id) FROM customer)")
        }
      }
      let findings = await Checkup(config).run()
      #expect(Self.wrong(findings) == ["totals"])
      let finding = try #require(findings.first { $0.name == "totals" })
      #expect(finding.detail.en.contains(try #require(name)))
      #expect(finding.advice != nil)
      #expect(Self.wrong(await Checkup(config, mends: true).run()) == [])
      #expect(Self.wrong(await Checkup(config).run()) == [])
    }
  }

  @Test(arguments: EngineKind.available) func aCustomerThatCannotBeFound(_ engine: EngineKind) async throws {
    try await Self.withFirm(engine) { url, config in
      try await House.visit(url) { services in
        try await services.db.write { tx in
          try tx.unindex(try tx.values("SELECT id FROM customer ORDER BY id LIMIT 3"))
        }
      }
      #expect(Self.wrong(await Checkup(config).run()) == ["search"])
      #expect(Self.wrong(await Checkup(config, mends: true).run()) == [])
      #expect(Self.wrong(await Checkup(config).run()) == [])
    }
  }

  @Test func aJobThatWasGivenUp() async throws {
    try await Self.withFirm(.sqlite) { url, config in
      try await House.visit(url) { services in
        try await services.db.write { tx in
          let id = try services.jobs.add(kind: "nobody.does.this", payload: ["a": 1], in: tx)
          try tx.run("UPDATE job SET failed_at = \(services.clock()) WHERE id = \(id)")
        }
      }
      #expect(Self.wrong(await Checkup(config).run()) == ["jobs"])
    }
  }

  @Test func aDatabaseInUse() async throws {
    try await Self.withFirm(.sqlite) { url, config in
      try await House.visit(url) { _ in
        #expect(Self.wrong(await Checkup(config).run()) == ["lock"])
      }
    }
  }

  @Test(arguments: EngineKind.servers) func aServerThatOnlyReads(_ engine: EngineKind) async throws {
    try await Self.withFirm(engine) { url, _ in
      guard case .postgres(let uri, let schema) = url else { return }
      let options = "options=-c%20default_transaction_read_only%3Don"
      let standby = DatabaseURL.postgres(uri: uri + (uri.contains("?") ? "&" : "?") + options, schema: schema)
      let findings = await Checkup(try Self.config(standby)).run()
      #expect(Self.wrong(findings) == ["writing"])
    }
  }

  @Test func portsAndDescriptors() async throws {
    try await Self.withFirm(.sqlite) { url, config in
      guard case .sqlite(let path) = url else { return }
      let lines = Lines()
      let serving = try Config(flags: [.database: "sqlite:\(path)", .port: "0", .healthPort: "0"])
      let server = Task { try await House.serve(serving, say: lines.add) }
      let said = try await lines.wait(for: 2).joined(separator: "\n")
      let health = try #require(said.firstMatch(of: /127\.0\.0\.1:(\d+)\/readyz/)).1
      let port = try #require(said.firstMatch(of: /127\.0\.0\.1:(\d+)(\n|$)/)).1
      func findings(_ flags: [Config.Key: String]) async throws -> [Finding] {
        await Checkup(try Config(flags: [.database: "sqlite:\(path)"].merging(flags) { $1 })).run()
      }
      // A machine that does much else may take longer to answer than is waited for.
      var running: [Finding] = []
      for _ in 0..<5 where Self.wrong(running) != ["lock"] {
        running = try await findings([.port: String(port), .healthPort: String(health)])
      }
      #expect(Self.wrong(running) == ["lock"])
      // The health port answers, but not as the product does.
      let taken = try await findings([.port: String(health), .connections: "999999"])
      #expect(Self.wrong(taken) == ["descriptors", "port", "lock"])
      server.cancel()
      _ = await server.result
    }
  }

  @Test func aFileThatIsNoDatabase() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try Data(repeating: 7, count: 9_000).write(to: URL(fileURLWithPath: folder.file("x.db")))
    let findings = await Checkup(try Config(flags: [.database: "sqlite:\(folder.file("x.db"))"])).run()
    #expect(!Self.wrong(findings).isEmpty)
  }

  @Test func sentences() {
    let finding = Finding.wrong("a", .init("甲", "A"), .init("乙", "B"), advice: .init("丙", "C"))
    #expect(finding.text(.en) == "✗ A: B\n  → C")
    #expect(finding.text(.zh) == "✗ 甲：乙\n  → 丙")
    #expect(Finding.fine("a", .init("甲", "A"), .init("乙", "B")).text(.en) == "✓ A: B")
  }
}
