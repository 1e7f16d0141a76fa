import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// Orders that were called off, not paid or taken back.
@Suite struct OrderStatusTests {
  private static let words: [(use: StatusUse?, words: String)] = [
    (
      .counts,
      """
      已完成|交易成功|买家已付款，等待卖家发货|部分退款|退款中|赢单|paid|Partially Refunded|shipped|Closed Won|Sales invoice|退款失败|拒绝退款|取消退款
      买家取消退款|退款处理中|待退款|退货申请|不可退货|可退货|支持退货|已付款待审核|Refund failed|refund cancelled|Return rejected|Not returned|Non-refundable
      Delivered, return window closed|Return authorized|Quote accepted|pending shipment|Not shipped|unfulfilled
      """
    ),
    (
      .leftOut,
      """
      已取消|取消|交易关闭|未付款|待付款|等待买家付款|草稿|作废|丢单|Cancelled|canceled|VOIDED|Draft|pending payment|unpaid|Not paid|Closed Lost|报价单
      待买家付款|付款超时|没有付款|付款中|支付未成功|未生效|Incomplete|Unconfirmed|Disapproved|Unsuccessful|Not completed|To be paid|暂存|已终止
      审核不通过|拒收|未收款|trash|Payment error|payment due|Waiting for payment
      """
    ),
    (
      .return,
      """
      退货|退货单|销售退货|红字发票|Return|refund|Sales return|Credit note|退款|已退款|退款成功|refunded|returned|已退|红单|Chargeback
      """
    ),
    (nil, "蓝鲸|X7"),
  ]

  @Test func wordsAreUnderstood() {
    for (use, words) in Self.words {
      for word in words.split(whereSeparator: { $0 == "|" || $0.isNewline }) {
        #expect(OrderStatus.use(of: String(word)) == use, "\(word)")
      }
    }
    #expect(OrderStatus.use(of: "") == nil)
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
      order_id,customer,date,product,amount,status,type
      1,Ann,2026-03-05,a,100,paid,sale
      1,Ann,2026-03-05,b,50,cancelled,sale
      1,Ann,2026-03-05,a,20,paid,return
      2,Ann,2026-03-06,a,10,cancelled,sale
      2,Ann,2026-03-06,b,,cancelled,sale
      """
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, file)
      let orders = try await desk.state().orders
      #expect(orders.map(\.outsideId).sorted { ($0 ?? "") < ($1 ?? "") } == ["1", "1-R"])
      #expect(orders.map(\.amount).sorted() == [-2_000, 10_000] && record.counts.rejected == 0)
    }
  }

  /// An order whose state says that it came back was bought and taken back; a document of returns takes off alone.
  @Test(arguments: EngineKind.available) func whatCameBackWholeIsBoughtAndTakenBack(_ engine: EngineKind) async throws {
    let file = """
      order_id,customer,date,amount,status
      1,Ann,2026-03-05,100,已付款
      2,Ann,2026-03-06,300,退货
      T1,Ann,2026-03-07,-40,已退款
      """
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, file)
      #expect(record.counts.amount == 6_000)
      let numbers = try await desk.state().orders.compactMap(\.outsideId).sorted()
      #expect(numbers == ["1", "2", "2-R", "T1"])
      expectEqual(try await desk.totals("Ann")?.purchaseDays, 1)
      // The same order, first paid and later taken back.
      let later = try await desk.bring(.orders, file.replacing("100,已付款", with: "100,退货"))
      #expect(later.counts.returns.new == 1)
      expectEqual(try await desk.totals("Ann")?.amount, -4_000)
      try await desk.expectTotalsHold()
    }
  }

  @Test(arguments: EngineKind.available) func aStateOnTheFirstLineIsTheOrders(_ engine: EngineKind) async throws {
    let file = """
      订单编号,客户名称,下单日期,订单状态,商品,数量,单价
      1,甲,2026-03-06,已取消,锅,1,100
      1,甲,2026-03-06,,杯,2,20
      2,乙,2026-03-06,已完成,锅,1,100
      2,乙,2026-03-06,,杯,2,20
      """
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, file)
      #expect(record.counts.orders == .init(new: 1) && record.counts.amount == 14_000 && record.counts.rejected == 0)
      expectEqual(record.counts.money?.leftOut.rows, 2)
    }
  }

  @Test(arguments: EngineKind.available) func returnsThatTheFileTellsNoMoreAreNamed(_ engine: EngineKind) async throws {
    let file = "order_id,customer,date,amount,refund\n1,Ann,2026-03-05,100,40\n"
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.orders, file)
      let again = try await desk.bring(.orders, file.replacing(",40", with: ",0"))
      expectEqual(try await desk.problems(again.id).map(\.code), [.returnStays])
    }
  }

  @Test(arguments: EngineKind.available) func aNumberMadeForAReturnIsNobodyElses(_ engine: EngineKind) async throws {
    let file = """
      order_id,customer,date,amount,refund
      1001,Ann,2026-03-05,100,40
      1001-R,Ann,2026-03-05,-40,0
      1002,Ann,2026-03-05,-30,0
      """
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, file)
      #expect(record.counts.amount == -1_000 && record.counts.returns.new == 3)
      let again = try await desk.bring(.orders, file)
      #expect(again.counts.returns == .init(unchanged: 3))
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
