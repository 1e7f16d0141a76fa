import Analytics
import Store
import TestKit
import Testing
import Web

@testable import App

/// What goes into an analysis, on a world reckoned by hand.
@Suite struct AnalysisTests {
  @Test(arguments: EngineKind.available) func abcOfAllHistory(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      // As of the last order that is not after today. Positive total 1,700 + 200 + 80 + 70 = 2,050:
      // before wei 82.9 %, before six 92.7 %, before sun 96.6 %.
      let found = try await shop.analysed(AnalysisParameters(.abc))
      #expect(
        found == [
          "cloud": Found(occasions: 2, value: 170_000, result: "A"),
          "wei": Found(occasions: 1, value: 20_000, result: "B"),
          "six": Found(occasions: 1, value: 8_000, result: "B"),
          "sun": Found(occasions: 1, value: 7_000, result: "C"),
          "gift": Found(occasions: 1, value: 0, result: "C"),
          "yang": Found(occasions: 0, value: -500, result: "C"),
        ])
    }
  }

  @Test(arguments: EngineKind.available) func rfmLeavesOutWhoOnlyReturned(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      // Five customers: recency 0, 3, 50, 364, 365 gives 5 4 3 2 1; frequency 2 is alone on top, four share
      // the mid-rank 2.5 and score ⌈5 · 2 / 5⌉ = 2.
      let found = try await shop.analysed(AnalysisParameters(.rfm))
      #expect(
        found.mapValues(\.result) == [
          "gift": "0 521", "cloud": "3 455", "wei": "50 324", "sun": "364 222", "six": "365 123",
        ])
    }
  }

  @Test(arguments: EngineKind.available) func windowEdges(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let year = try await shop.analysed(AnalysisParameters(.abc, window: 365))
      #expect(year.keys.sorted() == ["cloud", "gift", "sun", "wei", "yang"])
      let day = try await shop.analysed(AnalysisParameters(.abc, window: 1))
      #expect(day.keys.sorted() == ["gift"])
      let longer = try await shop.analysed(AnalysisParameters(.abc, window: 366))
      #expect(longer["six"]?.value == 8_000)
      let earlier = try await shop.analysed(
        AnalysisParameters(.rfm, asOf: Shop.day("2026-10-14"), window: 60))
      #expect(earlier.mapValues(\.result) == ["wei": "13 333"])
      let before = try await shop.analysed(AnalysisParameters(.abc, asOf: Shop.day("2020-01-01")))
      #expect(before.isEmpty)
    }
  }

  @Test(arguments: EngineKind.available) func measures(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let margin = try await shop.analysed(AnalysisParameters(.abc, by: .margin))
      #expect(margin["cloud"]?.value == 70_000)
      #expect(margin["wei"]?.value == 5_000)
      let quantity = try await shop.analysed(AnalysisParameters(.rfa))
      #expect(quantity["cloud"]?.value == 17_000)
      #expect(quantity["wei"]?.value == 2_000)
      let future = try await shop.analysed(AnalysisParameters(.abc, asOf: Shop.day("2026-12-01")))
      #expect(future["six"]?.value == 17_000)
    }
  }

  @Test func whatCannotBeAsked() {
    #expect(throws: Problems.self) { try AnalysisParameters(.rfm, by: .quantity) }
    #expect(throws: Problems.self) { try AnalysisParameters(.rfa, by: .amount) }
    #expect(throws: Problems.self) { try AnalysisParameters(.abc, window: 0) }
  }

  /// Totals in the customers' rows, orders in the database, and orders of a file say the same.
  @Test(arguments: EngineKind.available) func allWaysAgree(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let sales = Self.randomSales(900)
      try await shop.sell(sales)
      for measure in AnalysisParameters.Measure.allCases {
        let (totals, orders) = try await shop.db.read { tx in
          let newest = try #require(try OrderSpan.find(today: Shop.today, in: tx).newest)
          return (
            try PurchaseColumns.fromTotals(by: measure, .system, in: tx),
            try PurchaseColumns.fromOrders(by: measure, asOf: newest, window: nil, .system, in: tx)
          )
        }
        #expect(totals.count > 50)
        #expect(totals.ids == orders.ids)
        #expect(totals.occasions == orders.occasions)
        #expect(totals.values == orders.values)
        #expect(totals.buyers == orders.buyers)
      }
      for parameters in [
        try AnalysisParameters(.abc), try AnalysisParameters(.abc, window: 100, by: .margin),
        try AnalysisParameters(.rfm), try AnalysisParameters(.rfm, asOf: Shop.day("2026-05-01"), window: 30),
        try AnalysisParameters(.rfa, window: 200),
      ] {
        let (filed, labels) = Analysis.run(parameters, orders: sales.map(\.fact), today: Shop.today)
        let expected = Found.all(filed) { labels[Int($0)].id }
        #expect(!expected.isEmpty)
        expectEqual(try await shop.analysed(parameters).mapValues(\.value), expected.mapValues(\.value))
        // Equal values are ordered by id in the database and by name in a file, so classes may differ there.
        if parameters.method != .abc { expectEqual(try await shop.analysed(parameters), expected) }
      }
    }
  }

  /// A fixed sequence: many small customers, some returns, days over a year.
  static func randomSales(_ count: Int) -> [Shop.Sale] {
    var seed: UInt64 = 42
    func next(_ limit: UInt64) -> Int64 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(bitPattern: (seed >> 33) % limit)
    }
    return (0..<count).map { _ in
      let sign: Int64 = next(10) == 0 ? -1 : 1
      let day = Shop.today.adding(days: -Int(next(365))).description
      return Shop.Sale("c\(next(120))", day, sign * next(500), sign * (1 + next(9)), cost: sign * next(300))
    }
  }
}
