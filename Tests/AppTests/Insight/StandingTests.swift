import Analytics
import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// The firm's standard analysis beside the customers' totals.
@Suite struct StandingTests {
  private func standings(_ shop: Shop) async throws -> [String: Standing] {
    try await shop.db.read { tx in
      let rows = try tx.map(
        """
        SELECT name, value_class, recency_score, frequency_score, monetary_score, segment
        FROM \(SQL.customersWithTotals)
        """
      ) { row in
        (
          try row[0] as String,
          Standing(
            valueClass: try row[1], recencyScore: try row[2], frequencyScore: try row[3],
            monetaryScore: try row[4], segment: try row[5])
        )
      }
      return Dictionary(rows, uniquingKeysWith: { $1 })
    }
  }

  private func valued(_ name: String, in tx: Transaction) throws -> ValuedCustomer {
    try #require(try tx.first("SELECT * FROM \(SQL.customersWithTotals) WHERE name = \(name)"))
  }

  @Test(arguments: EngineKind.available) func written(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      try await StandingRefresh.refresh(shop.services)
      let found = try await standings(shop)
      #expect(
        found["cloud"]
          == Standing(
            valueClass: "A", recencyScore: 4, frequencyScore: 5, monetaryScore: 5, segment: "loyal"))
      #expect(found["yang"] == Standing(valueClass: "C"))
      #expect(found["gift"]?.segment == RFMSegment(r: 5, f: 2).rawValue)
      // Nothing to do the second time, and no mark left but that of the run.
      let rest = try await shop.db.read { tx in
        (
          try StandingChanges.find(today: Shop.today, currency: "CNY", at: shop.services.clock(), in: tx)
            .customers,
          try tx.value("SELECT count(*) FROM order_change", as: Int.self)
        )
      }
      #expect(rest.0.isEmpty)
      #expect(rest.1 == 1)
    }
  }

  @Test(arguments: EngineKind.available) func whoLosesEveryOrderLosesTheStanding(_ engine: EngineKind)
    async throws
  {
    try await Shop.full(engine) { shop in
      try await StandingRefresh.refresh(shop.services)
      try await shop.db.write { tx in
        let sun = try valued("sun", in: tx).customer.id
        try tx.run("DELETE FROM sales_order WHERE customer_id = \(sun)")
        try Totals.recountAll(in: tx)
        try Standing.refreshLater(shop.services, in: tx)
      }
      try await StandingRefresh.refresh(shop.services)
      expectEqual(try await standings(shop)["sun"], Standing.none)
    }
  }

  @Test(arguments: EngineKind.available) func oneRunWaitsAtATime(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let services = shop.services
      func waiting() async throws -> [Int64] {
        try await shop.db.read { tx in
          try tx.values("SELECT run_at FROM job WHERE kind = 'standing.refresh' ORDER BY run_at")
        }
      }
      for _ in 0..<3 { try await shop.db.write { tx in try Standing.refreshLater(services, in: tx) } }
      let now = services.clock().milliseconds
      expectEqual(try await waiting(), [now + 2000])
      // Tomorrow's run, five past midnight in Shanghai, is added once and does not hold back one that is due soon.
      try await StandingRefresh.refresh(services)
      try await StandingRefresh.refresh(services)
      let midnight = Instant(startOf: Shop.today.adding(days: 1), in: Settings.standardZone).milliseconds
      expectEqual(try await waiting(), [now + 2000, midnight + 300_000])
      try await shop.db.write { tx in
        try tx.run("DELETE FROM job WHERE run_at = \(now + 2000)")
        try Standing.refreshLater(services, in: tx)
      }
      expectEqual(try await waiting(), [now + 2000, midnight + 300_000])
    }
  }

  @Test(arguments: EngineKind.available) func reasons(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let early = try await shop.db.read { tx in
        try Standing.explanation(for: valued("cloud", in: tx), StandingRun.last(in: tx))
      }
      #expect(early == nil)
      try await StandingRefresh.refresh(shop.services)
      let (cloud, yang) = try await shop.db.read { tx in
        (
          try #require(try Standing.explanation(for: valued("cloud", in: tx), StandingRun.last(in: tx))),
          try #require(try Standing.explanation(for: valued("yang", in: tx), StandingRun.last(in: tx)))
        )
      }
      #expect(cloud.asOf == Shop.today)
      #expect(cloud.customers == 6)
      #expect(cloud.buyers == 5)
      #expect(cloud.amount == Figure(170_000, .money("CNY")))
      #expect(cloud.leastA == Figure(170_000, .money("CNY")))
      #expect(cloud.leastB == Figure(8_000, .money("CNY")))
      #expect(cloud.recency.score == 4)
      #expect(cloud.recency.value == Figure(3, .day))
      #expect(cloud.recency.cuts.map(\.number) == [0, 3, 50, 364])
      #expect(cloud.frequency.from == Figure(2, .occasion))
      #expect(yang.valueClass == "C")
      #expect(yang.recency.score == 0)
      for language in Language.allCases {
        let html = String(
          decoding: StandingPages.worth(cloud).rendered(for: Reader(language: language)), as: UTF8.self)
        #expect(html.contains("¥1,700.00"))
        #expect(html.contains(language == .zh ? "为什么是 A 类" : "Why class A"))
        #expect(html.contains("id='why-r'") && html.contains("id='why-f'") && html.contains("id='why-m'"))
      }
    }
  }

  /// The job does it as the worker would.
  @Test(arguments: EngineKind.available) func theWorkerDoesIt(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let due = shop.services.clock().adding(seconds: 5)
      let queue = JobQueue(ids: shop.services.ids, now: { due })
      let worker = JobWorker(
        db: shop.db, queue: queue, handlers: [StandingRefresh.kind: StandingRefresh.handler(shop.services)],
        now: { due }, pause: .milliseconds(20))
      let work = Task { await worker.run() }
      for _ in 0..<200 {
        if try await standings(shop)["cloud"]?.valueClass == "A" { break }
        try await Task.sleep(for: .milliseconds(20))
      }
      work.cancel()
      await work.value
      expectEqual(try await standings(shop)["cloud"]?.valueClass, "A")
    }
  }

  /// A refresh does not wait for who writes orders; whose they are comes with the next.
  @Test(arguments: EngineKind.available) func leavesThoseBeingWritten(_ engine: EngineKind) async throws {
    guard engine == .postgres else { return }
    try await Shop.full(engine) { shop in
      let held = try await shop.db.write { tx in
        try tx.each(
          "SELECT 1 FROM customer_total JOIN customer ON customer.id = customer_id WHERE name = 'cloud' FOR UPDATE"
        ) { _ in }
        // Another connection, while this one is not at its end.
        let done = DispatchSemaphore(value: 0)
        let refreshed = Task {
          defer { done.signal() }
          try await StandingRefresh.refresh(shop.services)
        }
        #expect(done.wait(timeout: .now() + 10) == .success)
        return refreshed
      }
      try await held.value
      let first = try await standings(shop)
      #expect(first["cloud"] == Standing.none && first["sun"] != Standing.none)
      let soon = shop.services.clock().adding(seconds: 60)
      let isDue = try await shop.db.read { tx in
        try tx.exists("SELECT 1 FROM job WHERE kind = \(StandingRefresh.kind) AND run_at = \(soon)")
      }
      #expect(isDue)
      try await StandingRefresh.refresh(shop.services)
      #expect(try await standings(shop)["cloud"] != Standing.none)
    }
  }

  /// What customers were ranked as before standings moved beside totals.
  @Test(arguments: EngineKind.available) func standingsMoveWithTheirCustomers(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: Features.migrations.filter { $0.number < 23 }) { db in
      try await db.write { tx in
        for (id, letter) in [(1, "A"), (2, "C"), (3, "")] {
          try tx.run(
            """
            INSERT INTO customer (id, kind, roles, name, sort_name, phones, created_at, updated_at, value_class,
              recency_score, frequency_score, monetary_score, segment)
            VALUES (\(id), 'person', '[]', \("n\(id)"), \("n\(id)"), '[]', 0, 0, \(letter), \(id), \(id + 1), \(id + 2),
              \(letter.isEmpty ? "" : "lost"))
            """)
          try tx.run("INSERT INTO customer_total (customer_id) VALUES (\(id))")
        }
      }
      try await Migrator(Features.migrations).migrate(db)
      let found = try await standings(Shop(services: Services(db: db)))
      let moved = [
        "n1": Standing(valueClass: "A", recencyScore: 1, frequencyScore: 2, monetaryScore: 3, segment: "lost"),
        "n2": Standing(valueClass: "C", recencyScore: 2, frequencyScore: 3, monetaryScore: 4, segment: "lost"),
        "n3": Standing(valueClass: "", recencyScore: 3, frequencyScore: 4, monetaryScore: 5, segment: ""),
      ]
      #expect(found == moved)
    }
  }
}
