import Foundation
import Store
import TestKit
import Testing

@testable import App
@testable import Web

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite struct HealthTests {
  private static func get(_ address: String) async throws -> (status: Int?, text: String) {
    let (data, answer) = try await URLSession.shared.data(from: try #require(URL(string: address)))
    return ((answer as? HTTPURLResponse)?.statusCode, String(decoding: data, as: UTF8.self))
  }

  @Test func besideTheProduct() async throws {
    try await withDatabaseURL(.sqlite) { url in
      guard case .sqlite(let path) = url else { return }
      let lines = Lines()
      let config = try Config(flags: [.database: "sqlite:\(path)", .port: "0", .healthPort: "0"])
      let server = Task { try await House.serve(config, say: lines.add) }
      let said = try await lines.wait(for: 3).joined(separator: "\n")
      let health = try #require(said.firstMatch(of: /(http:\/\/127\.0\.0\.1:\d+)\/readyz/)).1
      let product = try #require(said.firstMatch(of: /(http:\/\/127\.0\.0\.1:\d+)\n/)).1

      expectEqual(try await Self.get("\(health)/livez").status, 200)
      expectEqual(try await Self.get("\(health)/nothing").status, 404)
      var ready = try await Self.get("\(health)/readyz")
      for _ in 0..<100 where ready.status != 200 {
        try await Task.sleep(for: .milliseconds(50))
        ready = try await Self.get("\(health)/readyz")
      }
      #expect(ready.text == "ok\n")

      expectEqual(try await Self.get("\(product)/health").status, 200)
      expectEqual(try await Self.get("\(product)/nothing").status, 404)
      let metrics = try await Self.get("\(health)/metrics").text.split(separator: "\n").map(String.init)
      #expect(metrics.contains("guanxi_http_requests_total{status=\"2xx\"} 1"))
      #expect(metrics.contains("guanxi_http_requests_total{status=\"4xx\"} 1"))
      #expect(metrics.contains("guanxi_http_request_duration_seconds_bucket{le=\"+Inf\"} 2"))
      #expect(metrics.contains("guanxi_http_request_duration_seconds_count 2"))
      #expect(metrics.contains("guanxi_database_writable 1"))
      #expect(metrics.contains("guanxi_connections_refused_total{of=\"all\"} 0"))
      #expect(metrics.contains("guanxi_connections_refused_total{of=\"client\"} 0"))
      #expect(metrics.contains { $0.wholeMatch(of: /process_resident_memory_bytes \d{7,}/) != nil })
      // Every line is a comment or a figure, and every figure has its kind told before.
      #expect(
        metrics.allSatisfy { $0.wholeMatch(of: /# (HELP|TYPE) .+|[a-z_]+({[a-z]+="[^"]*"})? -?[\d.e+-]+/) != nil })

      server.cancel()
      _ = await server.result
    }
  }

  @Test func whatIsTold() {
    let pulse = Pulse(silence: .zero)
    let health = Health(pulse)
    #expect(health.answer("/livez")?.status == 200)
    #expect(health.answer("/readyz")?.status == 503)
    #expect(health.answer("/readyz")?.text.hasPrefix("starting") == true)
    #expect(health.answer("/") == nil)
    guard case .away = pulse.state else { return #expect(Bool(false), "a pulse without a beat is none") }
  }

  @Test(arguments: EngineKind.available) func jobsAreCounted(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: Features.migrations) { db in
      let services = Services(db: db)
      try await db.write { tx in
        for kind in ["a", "b", "c"] { try services.jobs.add(kind: kind, payload: [1], in: tx) }
        try tx.run("UPDATE job SET failed_at = 1 WHERE kind = 'a'")
        try tx.run("UPDATE job SET claimed_by = 'x' WHERE kind = 'b'")
      }
      let pulse = Pulse()
      let beating = Task { await pulse.run(db, every: .milliseconds(20)) }
      for _ in 0..<500 where pulse.jobs == nil { try await Task.sleep(for: .milliseconds(20)) }
      #expect(pulse.jobs == .init(waiting: 1, running: 1, failed: 1))
      #expect(pulse.state == .writable)
      beating.cancel()
      await beating.value
    }
  }
}
