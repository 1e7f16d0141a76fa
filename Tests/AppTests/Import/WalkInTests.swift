import Store
import TestKit
import Testing
import Web

@testable import App

/// Walk-in customers are nobody: in totals, and in no ranking.
@Suite struct WalkInTests {
  private static let file = """
    订单编号,客户名称,下单日期,金额
    1,甲公司,2026-09-01,100
    2,散客,2026-09-02,9000
    3,散客,2026-09-03,1000
    4,Walk-in,2026-09-04,500
    """

  @Test(arguments: EngineKind.available) func theyAreInTotalsAndInNoRanking(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, Self.file)
      #expect(record.counts.amount == 1_060_000)
      #expect(record.counts.money?.walkIn.amounts == ["CNY": 1_050_000])
      expectEqual(try await desk.state().customers.map(\.kind.rawValue).sorted(), ["company", "walk_in"])
      expectEqual(try await desk.totals("散客")?.amount, 1_050_000)
      let analyses = try await desk.db.read { tx in
        let day = Shop.day("2026-12-01")
        return try [nil, 300].map { window in
          try Analysis.run(AnalysisParameters(.abc, asOf: day, window: window), today: day, .system, in: tx)
        }
      }
      for analysis in analyses {
        #expect(analysis.count == 1 && analysis.columns.values == [10_000] && analysis.walkIn == 1_050_000)
      }
      let (buyers, sample, cohorts) = try await desk.db.read { tx in
        let day = Shop.day("2026-12-01")
        return (
          try Buyer.all(asOf: day, newest: day, .system, in: tx)
            + Buyer.all(asOf: day, newest: day.adding(days: 1), .system, in: tx),
          try PurchaseSample.read(of: 2, asOf: day, in: tx).count,
          try CohortStudy.read(by: .month, asOf: day, of: CustomerFilter(), .system, today: day, in: tx).repeats.buyers
        )
      }
      #expect(buyers.map(\.amount) == [10_000, 10_000] && sample == 1 && cohorts == 1)
      try await desk.expectTotalsHold()
    }
  }

  @Test(arguments: EngineKind.available) func theAnalysisOfAFileLeavesThemOut(_ engine: EngineKind) throws {
    let facts = try OrderFile.facts(ByteSource(Array(Self.file.utf8)), ImportOptions(), nil)
    #expect(facts.orders.map(\.customer) == ["甲公司"])
    #expect(facts.sentences(.zh).contains { $0.contains("散客") && $0.contains("10,500.00") })
  }

  @Test(arguments: EngineKind.available) func aPersonOfThatNameWithAPhoneIsSomebody(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.orders, "订单编号,客户名称,手机,下单日期,金额\n1,散客,13800138000,2026-01-01,10\n2,散客,,2026-01-01,10\n")
      expectEqual(try await desk.state().customers.map(\.kind.rawValue).sorted(), ["person", "walk_in"])
    }
  }
}
