import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// Files of others, with the figures others counted in them.
@Suite(.enabled(if: SharedData.isHere)) struct ImportRealFileTests {
  private func bytes(_ path: String) throws -> [UInt8] {
    let source = try SharedData.source(path)
    return try source.read(at: 0, count: 1 << 28)
  }

  @Test(arguments: EngineKind.available) func cdnow(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, try bytes("cdnow/CDNOW_master.txt.gz"))
      #expect(record.counts.rows == 69_659 && record.counts.rejected == 0)
      #expect(record.counts.orders.new == 69_659 && record.counts.customers.new == 23_570)
      #expect(record.counts.amount == 250_031_563)
      #expect(record.counts.firstOn == Day("1997-01-01") && record.counts.lastOn == Day("1998-06-30"))
      let sums: [Int64] = try await desk.db.read { tx in
        [
          try tx.value("SELECT \(SQL.total("amount")) FROM customer_total") ?? 0,
          try tx.value("SELECT \(SQL.total("quantity")) FROM customer_total") ?? 0,
          try tx.value("SELECT count(*) FROM sales_order") ?? 0,
        ]
      }
      #expect(sums == [250_031_563, 167_881_000, 69_659])
      try await desk.expectTotalsHold()
    }
  }

  @Test(arguments: EngineKind.available) func salesOpportunities(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let accounts = try await desk.bring(.customers, try bytes("crm-sales-opportunities/accounts.csv"))
      #expect(accounts.counts.customers == .init(new: 85) && accounts.counts.rejected == 0)
      var won = ImportOptions()
      won.filters = [RowFilter(column: "deal_stage", value: "Won")]
      let deals = try await desk.bring(.orders, try bytes("crm-sales-opportunities/sales_pipeline.csv"), won)
      #expect(deals.counts.orders == .init(new: 4_238) && deals.counts.rejected == 0)
      #expect(deals.counts.amount == 1_000_553_400)
      // The customers are those of the other file.
      #expect(deals.counts.customers == .init())
      #expect(deals.report?.skipped == 8_800 - 4_238)
      let again = try await desk.bring(.orders, try bytes("crm-sales-opportunities/sales_pipeline.csv"), won)
      #expect(again.counts.orders == .init(unchanged: 4_238))
      try await desk.expectTotalsHold()
      _ = try await desk.undo(deals.id)
      expectEqual(try await desk.state().orders.count, 0)
    }
  }

  @Test(arguments: EngineKind.available) func tmall(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      var options = ImportOptions()
      options.withoutCustomer = .byRegion
      let record = try await desk.bring(.orders, try bytes("chinese/tmall_order_report.csv.gz"), options)
      #expect(record.counts.rows == 28_010 && record.counts.rejected == 0)
      #expect(record.counts.orders.new == 28_010 && record.counts.returns.new == 5_646)
      // The amount paid is what was left after refunds.
      #expect(record.counts.amount == 190_248_715)
      #expect(record.counts.customers.new == 31)
      expectEqual(try await desk.totals("散客 · 上海")?.orderCount, 3_353 + (try await returns("散客 · 上海", desk)))
      let same = try await desk.bring(.orders, try bytes("chinese/encodings/tmall_orders_head2000.gbk.csv"), options)
      #expect(same.counts.orders == .init(unchanged: 2_000))
      try await desk.expectTotalsHold()
    }
  }

  private func returns(_ name: String, _ desk: ImportDesk) async throws -> Int {
    try await desk.db.read { tx in
      try tx.value(
        """
        SELECT count(*) FROM sales_order JOIN customer ON customer.id = sales_order.customer_id
        WHERE customer.name = \(name) AND sales_order.amount < 0
        """) ?? 0
    }
  }

  @Test func factsForAnAnalysisAreThoseOfTheDatabase() async throws {
    let source = try SharedData.source("cdnow/CDNOW_sample.txt")
    var choices = Importer.Choices()
    choices.map = ["customer_id": "1", "date": "3", "quantity": "4", "amount": "5", "order_id": "-", "product_id": "-"]
    let facts = try OrderFile.facts(source, try choices.options(for: .orders, source), Settings())
    #expect(facts.orders.count == 6_919 && facts.rejected == 0)
    #expect(Set(facts.orders.map(\.customer)).count == 2_357)
  }
}
