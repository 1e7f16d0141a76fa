import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct ImportOrderTests {
  static let simple = """
    order_id,customer_id,customer_name,order_date,product_name,quantity,amount
    SO-1,K1,Hill & Sons,2026-03-02,Green tea,2,516.00
    SO-2,K2,Mary Adams,2026-03-05,Oolong,1,128.00
    SO-1,K1,Hill & Sons,2026-03-02,Gift box,1,398.00
    """

  @Test(arguments: EngineKind.available) func linesOfAnOrderAreFoundWhereverTheyStand(_ engine: EngineKind) async throws
  {
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, Self.simple)
      #expect(record.counts.orders == .init(new: 2))
      #expect(record.counts.customers == .init(new: 2))
      #expect(record.counts.products == .init(new: 3))
      #expect(record.counts.amount == 104_200)
      #expect(record.counts.rows == 3 && record.counts.rejected == 0)
      let state = try await desk.state()
      #expect(state.lines.map(\.productName).sorted() == ["Gift box", "Green tea", "Oolong"])
      expectEqual(try await desk.totals("Hill & Sons")?.amount, 91_400)
      expectEqual(try await desk.totals("Hill & Sons")?.quantity, Quantity(thousandths: 3_000))
      expectEqual(try await desk.customer("Hill & Sons")?.outsideId, "K1")
      try await desk.expectTotalsHold()
    }
  }

  @Test(arguments: EngineKind.available) func theSameFileTwiceChangesNothing(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.orders, Self.simple)
      let before = try await desk.state()
      let again = try await desk.bring(.orders, Self.simple)
      #expect(again.counts.orders == .init(unchanged: 2))
      #expect(again.counts.customers == .init() && again.counts.products == .init() && again.changes == 0)
      expectEqual(try await desk.state(), before)
    }
  }

  @Test(arguments: EngineKind.available) func rowsWithoutNumbersStayApartAndComeOnce(_ engine: EngineKind) async throws
  {
    let file = "customer,date,amount\nann,2026-01-02,10\nann,2026-01-02,10\nbob,2026-01-03,20\n"
    try await ImportDesk.open(engine) { desk in
      let first = try await desk.bring(.orders, file)
      #expect(first.counts.orders == .init(new: 3))
      let again = try await desk.bring(.orders, file)
      #expect(again.counts.orders == .init(unchanged: 3))
      expectEqual(try await desk.totals("ann")?.amount, 2_000)
      // One more of the same is one more order.
      let more = try await desk.bring(.orders, file + "ann,2026-01-02,10.00\n")
      #expect(more.counts.orders == .init(new: 1, unchanged: 3))
    }
  }

  @Test(arguments: EngineKind.available) func aChangedRowChangesItsOrder(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.orders, Self.simple)
      let changed = try await desk.bring(.orders, Self.simple.replacingOccurrences(of: "128.00", with: "130.00"))
      #expect(changed.counts.orders == .init(updated: 1, unchanged: 1))
      expectEqual(try await desk.totals("Mary Adams")?.amount, 13_000)
      try await desk.expectTotalsHold()
    }
  }

  @Test(arguments: EngineKind.available) func customersAreKnownByNameAndGetTheirNumberLater(
    _ engine: EngineKind
  ) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.orders, "order_id,customer_name,date,amount\nA,王芳,2026-01-01,1\nB,王芳,2026-01-02,2\n")
      let numbered = try await desk.bring(
        .orders, "order_id,customer_id,customer_name,date,amount\nC,7,王芳,2026-01-03,4\nD,8,王芳,2026-01-04,8\n")
      // The first takes the number, the second of the same name is somebody else.
      #expect(numbered.counts.customers == .init(new: 1, updated: 1))
      let state = try await desk.state()
      #expect(state.customers.map(\.outsideId) == ["7", "8"])
      #expect(state.totals.map(\.amount) == [700, 800])
      #expect(state.customers.map(\.kind) == [.person, .person])
    }
  }

  @Test(arguments: EngineKind.available) func refundsBecomeReturns(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let before = "订单编号,客户名称,下单时间,金额,退款金额\n1,甲公司,2026-02-01 10:00:00,100,30\n2,乙公司,2026-02-02,50,0\n"
      let record = try await desk.bring(.orders, before)
      #expect(record.counts.orders.new == 2 && record.counts.returns.new == 1 && record.counts.amount == 12_000)
      let returned = try await desk.state().orders.first { $0.outsideId == "1-R" }
      #expect(returned?.amount == -3_000 && returned?.orderedOn == Day("2026-02-01"))
      // Here the amount is what was left: nobody gets back more than was paid.
      let after = "订单编号,客户名称,下单时间,实付金额,退款金额\n3,甲公司,2026-02-03,0,30\n4,甲公司,2026-02-03,20,5\n"
      let net = try await desk.bring(.orders, after)
      #expect(net.counts.amount == 2_000)
      let orders = try await desk.state().orders.filter { ["3", "4"].contains($0.outsideId) }
      #expect(orders.map(\.amount) == [3_000, 2_500])
    }
  }

  @Test(arguments: EngineKind.available) func ordersWithoutCustomerGoToTheirRegion(_ engine: EngineKind) async throws {
    let file = "订单编号,金额,收货地址 ,订单创建时间\n1,10,上海,2026-02-01\n2,20,浙江省,2026-02-02\n3,30,上海,2026-02-03\n4,40,,2026-02-03\n"
    try await ImportDesk.open(engine) { desk in
      var options = ImportOptions()
      options.withoutCustomer = .byRegion
      let id = try await desk.upload(.orders, Array(file.utf8), options)
      let report = try #require(try await desk.run(id).check())
      #expect(report.remarks.contains(ImportWords.toRegions))
      #expect(report.samples.map(\.customer).first == "散客 · 上海")
      _ = try await desk.run(id).apply()
      expectEqual(try await desk.totals("散客 · 上海")?.amount, 4_000)
      expectEqual(try await desk.customer("散客 · 浙江")?.regionCode.prefix(2), "33")
      expectEqual(try await desk.totals("散客")?.amount, 4_000)
      options.withoutCustomer = .reject
      let rejected = try await desk.bring(.orders, file, options)
      #expect(rejected.counts.rejected == 4)
    }
  }

  @Test(arguments: EngineKind.available) func filtersPricesAndForeignMoney(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.db.write { tx in
        var settings = try tx.ask(Settings.stored)
        settings.rates["USD"] = Rate("7.1")
        try settings.save(at: desk.services.clock(), by: nil, in: tx)
      }
      var options = ImportOptions()
      options.mark = .point
      options.filters = [
        RowFilter(column: "Stage", value: "Won"), RowFilter(column: "account", value: "", isNot: true),
      ]
      let record = try await desk.bring(
        .orders,
        """
        stage,account,close_date,unit price,qty,currency
        Won,Acme,3/14/2026,1.005,3,USD
        Lost,Acme,3/15/2026,9,1,USD
        Won,,3/15/2026,9,1,USD
        Won,Acme,3/16/2026,2,2,EUR
        """, options)
      #expect(record.counts.rows == 2 && record.counts.rejected == 1)
      // 3 × 1.005 = 3.015, rounded 3.02 dollars, 21.44 yuan.
      #expect(record.counts.amount == 2_144)
      let order = try #require(try await desk.state().orders.first)
      #expect(order.amount == 302 && order.currency == "USD" && order.orderedOn == Day("2026-03-14"))
    }
  }

  @Test(arguments: EngineKind.available) func anAmountRepeatedOnEachLineCountsOnce(_ engine: EngineKind) async throws {
    let file = """
      order_id,customer,date,product,unit_price,quantity,order amount
      1,Ann,2026-01-01,a,10,1,40
      1,Ann,2026-01-01,b,15,2,40
      2,Bob,2026-01-01,a,10,1,10
      """
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, file)
      #expect(record.counts.amount == 5_000)
      expectEqual(try await desk.state().lines.map(\.amount).sorted(), [1_000, 1_000, 3_000])
    }
  }
}
