import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// Amounts of orders that have several lines: each line's own, or the total of the order.
@Suite struct OrderTotalTests {
  /// Line 1 of the file stands above each.
  private static func file(_ rows: String..., header: String = "订单编号,客户名称,订单金额,下单时间,商品名称,数量,单价") -> String {
    ([header] + rows).joined(separator: "\n") + "\n"
  }

  private func amounts(_ desk: ImportDesk, _ text: String, _ options: ImportOptions = ImportOptions()) async throws
    -> [String: Int64]
  {
    try await desk.bring(.orders, text, options)
    try await desk.expectTotalsHold()
    return try await orders(desk)
  }

  private func orders(_ desk: ImportDesk) async throws -> [String: Int64] {
    Dictionary(
      try await desk.state().orders.map { ($0.outsideId ?? "", $0.amount) }, uniquingKeysWith: { first, _ in first })
  }

  @Test(arguments: EngineKind.available) func aTotalOnEachLineCountsOnceThoughAnOrderHasADiscount(
    _ engine: EngineKind
  ) async throws {
    let file = Self.file(
      "1001,甲公司,140.00,2024-03-05,茶A,1,100.00", "1001,甲公司,140.00,2024-03-05,茶B,1,50.00",
      "1002,乙公司,95.00,2024-03-06,茶A,1,95.00")
    try await ImportDesk.open(engine) { desk in
      expectEqual(try await amounts(desk, file), ["1001": 14_000, "1002": 9_500])
      // The lines share the total out: 140 × 100/150, and what is left.
      expectEqual(try await desk.state().lines.map(\.amount).sorted(), [4_666, 9_334, 9_500])
    }
  }

  @Test(arguments: EngineKind.available) func linesOfOneOrderMayStandApart(_ engine: EngineKind) async throws {
    let file = Self.file(
      "1,甲,140,2024-03-05,茶A,1,100", "2,乙,60,2024-03-06,茶A,1,40", "1,甲,140,2024-03-05,茶B,1,40",
      "2,乙,60,2024-03-06,茶B,1,20")
    try await ImportDesk.open(engine) { desk in
      expectEqual(try await amounts(desk, file), ["1": 14_000, "2": 6_000])
    }
  }

  @Test(arguments: EngineKind.available) func aTotalOnOneLineAloneIsTheOrders(_ engine: EngineKind) async throws {
    let first = Self.file(
      "1001,甲公司,150.00,2024-03-05,茶A,1,100.00", "1001,甲公司,,2024-03-05,茶B,1,50.00",
      "1002,乙公司,95.00,2024-03-06,茶A,1,95.00")
    let last = Self.file(
      "2001,甲公司,,2024-03-05,茶A,2", "2001,甲公司,150.00,2024-03-05,茶B,1", header: "订单编号,客户名称,订单金额,下单时间,商品名称,数量")
    try await ImportDesk.open(engine) { desk in
      expectEqual(try await amounts(desk, first), ["1001": 15_000, "1002": 9_500])
      expectEqual(try await amounts(desk, last)["2001"], 15_000)
      expectEqual(try await desk.state().lines.map(\.amount).sorted(), [5_000, 5_000, 9_500, 10_000, 10_000])
    }
  }

  @Test(arguments: EngineKind.available) func linesThatTellTheirOwnAmountsAddUp(_ engine: EngineKind) async throws {
    let differing = Self.file("1,甲,100,2024-03-05,茶A,1,100", "1,甲,50,2024-03-05,茶B,1,50")
    // The same by chance: price and quantity of each line say so.
    let equal = Self.file("2,甲,50,2024-03-05,茶A,1,50", "2,甲,50,2024-03-05,茶B,2,25")
    // A line without an amount is price times quantity.
    let missing = Self.file("3,甲,100,2024-03-05,茶A,1,100", "3,甲,,2024-03-05,茶B,1,50")
    try await ImportDesk.open(engine) { desk in
      expectEqual(try await amounts(desk, differing)["1"], 15_000)
      expectEqual(try await amounts(desk, equal)["2"], 10_000)
      expectEqual(try await amounts(desk, missing)["3"], 15_000)
    }
  }

  @Test(arguments: EngineKind.available) func whereNothingTellsItIsAskedWithTheSumsOfBoth(
    _ engine: EngineKind
  ) async throws {
    let file = Self.file(
      "1001,甲公司,140.00,2024-03-05,茶A,1", "1001,甲公司,140.00,2024-03-05,茶B,1", "1002,乙公司,95.00,2024-03-06,茶A,1",
      header: "订单编号,客户名称,订单总金额,下单时间,商品名称,数量")
    try await ImportDesk.open(engine) { desk in
      let id = try await desk.upload(.orders, Array(file.utf8))
      let report = try #require(try await desk.run(id).check())
      let question = try #require(report.questions?.first)
      #expect(report.questions?.map(\.kind) == [.amounts])
      #expect(question.choices.map(\.sum?.minor) == [37_500, 23_500])
      await #expect(throws: ImportRefusal.self) { try await desk.run(id).apply() }
      #expect(try await desk.state().orders.isEmpty)

      var options = ImportOptions()
      options.amounts = .order
      expectEqual(try await amounts(desk, file, options), ["1001": 14_000, "1002": 9_500])
      options.amounts = .line
      expectEqual(try await amounts(desk, file, options), ["1001": 28_000, "1002": 9_500])
    }
  }

  /// A gift has no amount, whichever reading.
  @Test(arguments: EngineKind.available) func aGiftChangesNothing(_ engine: EngineKind) async throws {
    let file = Self.file(
      "1,甲,140,2024-03-05,茶A,1,100", "1,甲,140,2024-03-05,茶B,2,20", "1,甲,0,2024-03-05,赠品,1,0",
      "2,乙,95,2024-03-06,茶A,1,50", "2,乙,95,2024-03-06,茶B,1,45", "2,乙,,2024-03-06,赠品,1,0")
    let open = file.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",")
    }
    try await ImportDesk.open(engine) { desk in
      expectEqual(try await amounts(desk, file), ["1": 14_000, "2": 9_500])
      expectEqual(try await desk.state().lines.map(\.amount).sorted(), [0, 0, 4_000, 4_500, 5_000, 10_000])
      let id = try await desk.upload(.orders, Array(open.joined(separator: "\n").utf8))
      let asked = try await desk.run(id).check()?.questions?.map(\.kind)
      #expect(asked == [.amounts])
    }
  }

  @Test(arguments: EngineKind.available) func aCostOnEachLineIsTheOrdersWhereTheAmountIs(_ engine: EngineKind)
    async throws
  {
    let file = Self.file(
      "1,甲,140,2024-03-05,茶A,1,100,70", "1,甲,140,2024-03-05,茶B,1,40,70",
      header: "订单编号,客户名称,订单金额,下单时间,商品名称,数量,单价,成本")
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.orders, file)
      expectEqual(try await desk.state().orders.map(\.cost), [7_000])
    }
  }

  @Test(arguments: EngineKind.available) func aTotalMergedOverItsLinesIsOne(_ engine: EngineKind) async throws {
    func row(_ number: Int, _ cells: [String]) -> String {
      "<row r='\(number)'>"
        + zip("ABCDEF", cells).map { column, text in
          text.isEmpty ? "" : "<c r='\(column)\(number)' t='inlineStr'><is><t>\(text)</t></is></c>"
        }.joined() + "</row>"
    }
    let rows = [
      row(1, ["订单编号", "客户名称", "下单日期", "商品名称", "数量", "金额"]), row(2, ["7", "甲", "2024-03-05", "茶A", "1", "140"]),
      row(3, ["", "", "", "茶B", "1", ""]), row(4, ["8", "乙", "2024-03-06", "茶A", "1", "95"]),
    ]
    let merged = ["A", "B", "C", "F"].map { "<mergeCell ref='\($0)2:\($0)3'/>" }.joined()
    let book = MadeWorkbook.bytes([
      ("订单", "<sheetData>\(rows.joined())</sheetData><mergeCells>\(merged)</mergeCells>")
    ])
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, book)
      #expect(record.counts.rejected == 0)
      expectEqual(try await orders(desk), ["7": 14_000, "8": 9_500])
    }
  }

  @Test(arguments: EngineKind.available) func aRefundOnEachLineIsTakenOffOnce(_ engine: EngineKind) async throws {
    let header = "订单编号,客户名称,金额,下单时间,商品名称,退款金额"
    // More than the second line cost: it can only be the order's.
    let told = Self.file(
      "1,甲,100,2024-03-05,茶A,120", "1,甲,50,2024-03-05,茶B,120", "2,乙,60,2024-03-05,茶A,", header: header)
    let open = Self.file("1,甲,100,2024-03-05,茶A,20", "1,甲,50,2024-03-05,茶B,20", header: header)
    let each = Self.file("1,甲,100,2024-03-05,茶A,20", "1,甲,50,2024-03-05,茶B,30", header: header)
    try await ImportDesk.open(engine) { desk in
      expectEqual(try await amounts(desk, told), ["1": 15_000, "1-R": -12_000, "2": 6_000])
      let id = try await desk.upload(.orders, Array(open.utf8))
      expectEqual(try await desk.run(id).check()?.questions?.map(\.kind), [.refundAmounts])
      expectEqual(try await amounts(desk, each)["1-R"], -5_000)
    }
  }

  @Test(arguments: EngineKind.available) func anOrderWithTwoTotalsIsQuestioned(_ engine: EngineKind) async throws {
    var options = ImportOptions()
    options.amounts = .order
    let file = Self.file("1,甲,140,2024-03-05,茶A,1,100", "1,甲,150,2024-03-05,茶B,1,50", "2,乙,9,2024-03-05,茶B,1,9")
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, file, options)
      expectEqual(try await orders(desk), ["2": 900])
      expectEqual(try await desk.problems(record.id).map(\.code), [.otherTotal, .otherRow])
      expectEqual(record.counts.money?.rejected.amounts, ["CNY": 14_000])
    }
  }

  @Test(
    arguments: [
      (100, [1, 1, 1], [34, 33, 33]), (-100, [2, 1], [-67, -33]), (140, [0, 0], [70, 70]),
      (140, [0, 100, 40], [0, 100, 40]), (7, [5, -5], [4, 3]),
      (0, [3, 1], [0, 0]),
      (.max, [.max, .max], [4_611_686_018_427_387_904, 4_611_686_018_427_387_903]),
    ] as [(Int64, [Int64], [Int64])]) func sharesAddUp(_ whole: Int64, _ weights: [Int64], _ shares: [Int64])
  {
    #expect(Shares.of(whole, by: weights) == shares)
  }
}
