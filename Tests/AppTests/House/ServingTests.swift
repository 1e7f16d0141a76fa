import Foundation
import Store
import Synchronization
import TestKit
import Testing

@testable import App

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Keeps what the server says, and wakes who waits for a line.
final class Lines: Sendable {
  private let kept = Mutex<[String]>([])
  var all: [String] { kept.withLock { $0 } }
  func add(_ line: String) { kept.withLock { $0.append(line) } }

  func wait(for count: Int) async throws -> [String] {
    for _ in 0..<600 where all.count < count { try await Task.sleep(for: .milliseconds(50)) }
    return all
  }
}

@Suite struct ServingTests {
  private static func config(_ url: DatabaseURL, port: String = "0") throws -> Config {
    guard case .sqlite(let path) = url else { throw StoreError.url("these tests are of SQLite") }
    return try Config(flags: [.database: "sqlite:\(path)", .port: port])
  }

  @Test func fromStartToStop() async throws {
    try await withDatabaseURL(.sqlite) { url in
      let lines = Lines()
      let config = try Self.config(url)
      let server = Task { try await House.serve(config, say: lines.add) }
      let said = try await lines.wait(for: 2)
      let base = try #require(said.first?.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)/))
      #expect(said.last?.contains("\(base.0)/first-administrator?key=") == true)

      let (health, answer) = try await URLSession.shared.data(from: try #require(URL(string: "\(base.0)/health")))
      #expect((answer as? HTTPURLResponse)?.statusCode == 200)
      #expect(String(decoding: health, as: UTF8.self) == #"{"status":"ok"}"#)

      // The port and the file are taken.
      try await withDatabaseURL(.sqlite) { other in
        let second = try Self.config(other, port: String(base.1))
        await #expect(throws: House.CannotListen.self) { try await House.serve(second, say: lines.add) }
      }
      await #expect(throws: StoreError.self) { try await House.serve(config, say: lines.add) }

      server.cancel()
      try? await server.value
      try await House.visit(url) { services in
        expectEqual(try await services.db.read { tx in try tx.value("SELECT 1") ?? 0 }, 1)
      }
    }
  }

  /// What an older program wrote gets its checksums before anybody asks for anything.
  @Test func theFirstStartAddsChecksums() async throws {
    try await withDatabaseURL(.sqlite) { url in
      guard case .sqlite(let path) = url else { return }
      try await House.visit(url) { _ in }
      let process = try Process.run(
        URL(fileURLWithPath: "/usr/bin/env"), arguments: ["sqlite3", path, "VACUUM INTO '\(path).old'"])
      process.waitUntilExit()
      let config = try Config(flags: [.database: "sqlite:\(path).old", .port: "0"])
      #expect(await Checkup(config).run().first { $0.name == "page_sums" }?.isFine == false)
      let lines = Lines()
      let server = Task { try await House.serve(config, say: lines.add) }
      let said = try await lines.wait(for: 3)
      server.cancel()
      try? await server.value
      #expect(said.first?.contains("checksum") == true)
      #expect(await Checkup(config).run().first { $0.name == "page_sums" }?.isFine == true)
      #expect(try Database(.sqlite(path: path + ".old")).file?.carriesSums == true)
    }
  }

  /// A page that needs what is damaged says so, in both languages; the others are shown.
  @Test func pagesOfADamagedFile() async throws {
    try await withDatabaseURL(.sqlite) { url in
      guard case .sqlite(let path) = url else { return }
      let (token, numbers): (String, [Int]) = try await House.visit(url) { services in
        _ = try await Demo(customers: 30, orders: 100, today: services.clock().day(in: .gmt)).write(to: services)
        let office = Office(services: services, clock: .init())
        let token = try await office.accounts.issueToken(for: try await office.hire("boss"), name: "test")
        return (
          token,
          try await services.db.read { tx in
            try tx.values(
              """
              SELECT pageno FROM dbstat WHERE name IN
                (SELECT name FROM sqlite_master WHERE tbl_name IN ('product', 'search_ranked'))
              """)
          }
        )
      }
      let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      for number in numbers {
        try file.seek(toOffset: UInt64(number * 4_096 - 1_000))
        try file.write(contentsOf: Array("damaged".utf8))
      }
      try file.close()
      try await House.visit(url) { services in
        let site = TestSite(House.site(services), token: token)
        for (language, words) in [("zh", "数据库文件已损坏"), ("en", "The database file is damaged")] {
          let headers = ["Accept-Language": language, "Accept": "text/html"]
          let answer = try await site.get("/products", headers: headers)
          #expect(answer.status == 500 && answer.text.contains(words), "\(answer.text)")
          expectEqual(try await site.get("/settings/me", headers: headers).status, 200)
        }
      }
      let config = try Config(flags: [.database: "sqlite:\(path)", .port: "0"])
      let finding = try #require(await Checkup(config).run().first { $0.name == "page_sums" })
      #expect(!finding.isFine && finding.detail.en.contains("product") && finding.detail.zh.contains("product"))
    }
  }

  @Test func theDescriptionOfTheAPI() async throws {
    try await withDatabase(.sqlite, migrations: Features.migrations) { db in
      let site = TestSite(House.site(Services(db: db)))
      let answer = try await site.get("/api/v1/openapi.json")
      #expect(answer.status == 200)
      let document = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
      #expect(document?["openapi"] as? String == "3.1.0")
      let paths = try #require(document?["paths"] as? [String: Any])
      #expect(paths["/customers"] != nil && paths["/orders"] != nil)
    }
  }
}
