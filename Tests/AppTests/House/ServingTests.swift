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
