import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// Orders that were called off, not paid or taken back.
@Suite struct OrderStatusTests {
  @Test(
    arguments: [
      ("已完成", .counts), ("交易成功", .counts), ("买家已付款，等待卖家发货", .counts), ("部分退款", .counts), ("退款中", .counts),
      ("赢单", .counts),
      ("paid", .counts), ("Partially Refunded", .counts), ("shipped", .counts), ("Closed Won", .counts),
      ("Sales invoice", .counts),
      ("已取消", .leftOut), ("取消", .leftOut), ("交易关闭", .leftOut), ("未付款", .leftOut), ("待付款", .leftOut),
      ("等待买家付款", .leftOut),
      ("草稿", .leftOut), ("作废", .leftOut), ("已退款", .leftOut), ("退款成功", .leftOut), ("丢单", .leftOut),
      ("Cancelled", .leftOut),
      ("canceled", .leftOut), ("VOIDED", .leftOut), ("Draft", .leftOut), ("pending payment", .leftOut),
      ("unpaid", .leftOut),
      ("Not paid", .leftOut), ("refunded", .leftOut), ("Closed Lost", .leftOut), ("报价单", .leftOut),
      ("退货", .return), ("退货单", .return), ("销售退货", .return), ("红字发票", .return), ("Return", .return), ("refund", .return),
      ("Sales return", .return), ("Credit note", .return), ("退款", .return),
      ("蓝鲸", nil), ("X7", nil), ("", nil),
    ] as [(String, StatusUse?)]) func wordsAreUnderstood(_ word: String, _ use: StatusUse?)
  {
    #expect(OrderStatus.use(of: word) == use, "\(word)")
  }

  private static let file = """
    订单编号,客户名称,下单日期,金额,数量,订单状态,单据类型
    1,甲,2026-03-05,100,1,已完成,销售
    2,甲,2026-03-06,200,1,已取消,销售
    3,甲,2026-03-07,30,1,已完成,退货
    4,甲,2026-03-08,-40,-1,已完成,退货
    5,甲,2026-03-09,50,1,未付款,销售
    6,甲,2026-03-10,60,1,蓝鲸,销售
    """

  @Test(arguments: EngineKind.available) func whatCountsIsToldFromStateAndType(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, Self.file)
      #expect(record.counts.orders.new == 2 && record.counts.returns.new == 2 && record.counts.rejected == 0)
      #expect(record.counts.amount == 9_000)
      expectEqual(record.counts.money?.leftOut.amounts, ["CNY": 25_000])
      let statuses = try #require(record.report?.statuses)
      #expect(statuses.first { $0.value == "蓝鲸" }.map { $0.use == .counts && !$0.isKnown } == true)
      #expect(statuses.first { $0.value == "已完成" }?.rows == 3)
      let amounts = try await desk.state().orders.map(\.amount)
      #expect(amounts.sorted() == [-4_000, -3_000, 6_000, 10_000])
      try await desk.expectTotalsHold()
    }
  }

  @Test(arguments: EngineKind.available) func whatAWordMeansCanBeSaidOtherwise(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      var options = ImportOptions()
      options.statuses = ["蓝鲸": .leftOut, "未付款": .counts]
      let record = try await desk.bring(.orders, Self.file, options)
      #expect(record.counts.amount == 8_000)
      #expect(record.report?.statuses?.allSatisfy(\.isKnown) == true)
    }
  }

  @Test(arguments: EngineKind.available) func linesOfOneOrderCanCountDifferently(_ engine: EngineKind) async throws {
    let file = """
      order_id,customer,date,product,amount,status
      1,Ann,2026-03-05,a,100,paid
      1,Ann,2026-03-05,b,50,cancelled
      1,Ann,2026-03-05,a,20,return
      2,Ann,2026-03-06,a,10,cancelled
      2,Ann,2026-03-06,b,,cancelled
      """
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, file)
      let orders = try await desk.state().orders
      #expect(orders.map(\.outsideId).sorted { ($0 ?? "") < ($1 ?? "") } == ["1", "1-R"])
      #expect(orders.map(\.amount).sorted() == [-2_000, 10_000] && record.counts.rejected == 0)
    }
  }

  /// A column that says how much came back says it better than a word.
  @Test(arguments: EngineKind.available) func refundsInAColumnGoBeforeTheState(_ engine: EngineKind) async throws {
    let file =
      "order_id,customer,date,amount,refund_amount,status\n1,Ann,2026-03-05,100,30,refunded\n2,Ann,2026-03-05,90,,refunded\n"
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, file)
      #expect(record.counts.amount == 7_000)
    }
  }

  @Test(arguments: EngineKind.available) func anOrderHereThatTheFileLeavesOutIsNamed(_ engine: EngineKind) async throws
  {
    let paid = "order_id,customer,date,amount,status\n1,Ann,2026-03-05,100,paid\n"
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.orders, paid)
      let again = try await desk.bring(.orders, paid.replacing("paid", with: "cancelled"))
      let problems = try await desk.problems(again.id)
      #expect(problems.map(\.code) == [.cancelledSince] && problems.map(\.value) == ["1"])
      expectEqual(try await desk.totals("Ann")?.amount, 10_000)
    }
  }
}
