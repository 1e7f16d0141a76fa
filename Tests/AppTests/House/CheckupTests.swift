import Foundation
import Store
import TestKit
import Testing

@testable import App

@Suite struct CheckupTests {
  private static func config(_ url: DatabaseURL) throws -> Config {
    switch url {
    case .sqlite(let path): try Config(flags: [.database: "sqlite:\(path)"])
    case .postgres(let uri, let schema):
      try Config(flags: [.database: uri + (uri.contains("?") ? "&" : "?") + "schema=\(schema)"])
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
      #expect(names.contains(engine == .sqlite ? "integrity" : "server"))
    }
  }

  @Test(arguments: EngineKind.available) func aTotalThatDrifted(_ engine: EngineKind) async throws {
    try await Self.withFirm(engine) { url, config in
      let name: String? = try await House.visit(url) { services in
        try await services.db.write { tx in
          try tx.run("UPDATE customer SET quantity = quantity + 1 WHERE id = (SELECT max(id) FROM customer)")
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
