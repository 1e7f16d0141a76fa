import Foundation
import Store
import TestKit
import Testing

@testable import App

/// Files that other programs read wrong, from their bytes to the customers and orders made of them.
@Suite struct ImportReadingTests {
  @Test(arguments: EngineKind.available) func aBadByteIsWarnedOf(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let bytes =
        Array("客户名称,手机\n山岚茶业".utf8) + [0xE8, 0xA1] + Array(",13800138000\n大江食品,13900139000\n明远贸易,13700137000\n".utf8)
      let record = try await desk.bring(.customers, bytes)
      let problems = try await desk.problems(record.id)
      #expect(problems.map(\.code) == [.badBytes] && problems.map(\.line) == [2] && problems.allSatisfy(\.isWarning))
      #expect(problems.first?.column == "客户名称" && problems.first?.value == "山岚茶业\u{FFFD}")
      #expect(try await desk.state().customers.map(\.name).sorted() == ["大江食品", "山岚茶业\u{FFFD}", "明远贸易"].sorted())
    }
  }

  @Test func theChosenEncodingIsObeyed() async throws {
    try await ImportDesk.open(.sqlite) { desk in
      let options = ImportOptions(encoding: .utf8)
      let bytes = Array("客户名称,手机\n山岚".utf8) + [0xFF] + Array(",13800138000\n".utf8)
      expectEqual(try await desk.bring(.customers, bytes, options).counts.rejected, 0)
      let gbk: [UInt8] = [0xD5, 0xC5, 0xCE, 0xB0]
      let other = Array("name\n".utf8) + gbk + [0x0A] + gbk + gbk + [0x0A]
      let id = try await desk.upload(.customers, other, options)
      await #expect(throws: ReadingProblem.self) { try await desk.run(id).check() }
    }
  }

  @Test(arguments: EngineKind.available) func errorsAreNobodysName(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(
        .customers, "客户名称,手机,邮箱\n#N/A,13800138000,\n#N/A,13900139000,\n甲公司,#REF!,#VALUE!\n")
      let problems = try await desk.problems(record.id)
      #expect(problems.map(\.code) == [.errorCell, .noName, .errorCell, .noName, .errorCell, .errorCell])
      #expect(problems.last?.column == "邮箱" && problems.last?.value == "#VALUE!" && problems.last?.line == 4)
      #expect(try await desk.state().customers.map(\.name) == ["甲公司"])
    }
  }

  @Test(arguments: EngineKind.available) func totalsAreNoOrders(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(
        .orders,
        """
        订单编号,客户名称,下单日期,金额
        1,甲,2024-03-05,100
        2,Total,2024-03-06,20
        小计,,,120
        3,合计科技,2024-03-07,30
        合 计：,,,150

        """)
      expectEqual(record.counts.rejected, 0)
      let problems = try await desk.problems(record.id)
      #expect(problems.map(\.code) == [.totalRow, .totalRow] && problems.map(\.line) == [4, 6])
      #expect(try await desk.state().orders.count == 3)
      expectEqual(try await desk.totals("Total")?.amount, 2_000)
      expectEqual(try await desk.totals("合计科技")?.amount, 3_000)
    }
  }

  @Test func totalsAreNoCustomers() async throws {
    try await ImportDesk.open(.sqlite) { desk in
      let record = try await desk.bring(
        .customers, "客户名称,手机,金额\n甲,13800138000,1\nTotal,13900139000,2\n合计科技,,3\nGrand Total,,6\n合計,,6\n")
      expectEqual(try await desk.state().customers.map(\.name).sorted(), ["Total", "合计科技", "甲"].sorted())
      expectEqual(record.counts.rejected, 0)
    }
  }

  @Test func aTableWithoutNamesIsRefused() throws {
    func missing(_ text: String) throws -> [String] {
      try ImportSetup(ByteSource(Array(text.utf8)), kind: .customers, options: ImportOptions()).missing.map(\.zh)
    }
    #expect(try missing("1001,5\n1002,6\n1003,7\n") == ["客户名称"])
    #expect(try missing("foo\nfoo\nfoo\nfoo\nfoo\n") == ["客户名称"])
    #expect(try missing("17\n18\n19\n") == ["客户名称"])
    #expect(try missing("客户编号,手机\n1001,13800138000\n1002,13900139000\n") == [])
    #expect(try missing("张三,13800138000\n李四,13900139000\n") == [])
    let columns = ImportOptions(columns: ["id": 0])
    let chosen = try ImportSetup(ByteSource(Array("1001,5\n1002,6\n".utf8)), kind: .customers, options: columns)
    #expect(chosen.missing.isEmpty)
  }

  @Test func anOpenQuoteIsSaid() async throws {
    try await ImportDesk.open(.sqlite) { desk in
      let record = try await desk.bring(.customers, "客户名称,手机\n甲,13800138000\n\"乙,13900139000\n丙,13700137000\n")
      let problems = try await desk.problems(record.id)
      #expect(problems.map(\.code) == [.openQuote] && problems.map(\.line) == [3])
      #expect(try await desk.state().customers.count == 3)
    }
  }

  @Test func twoRowsOfHeaderInAWorkbook() async throws {
    try await ImportDesk.open(.sqlite) { desk in
      let xml =
        MadeWorkbook.sheet([
          ["客户名称", "联系方式", "", "地区"], ["", "手机", "邮箱", ""], ["甲公司", "13800138000", "a@x.cn", "杭州"],
          ["乙公司", "13800138001", "b@x.cn", "上海"],
        ]) + "<mergeCells><mergeCell ref='A1:A2'/><mergeCell ref='B1:C1'/><mergeCell ref='D1:D2'/></mergeCells>"
      try await desk.bring(.customers, MadeWorkbook.bytes([("一", xml)]))
      let customers = try await desk.state().customers
      #expect(
        customers.map(\.name).sorted() == ["乙公司", "甲公司"] && customers.map(\.email).sorted() == ["a@x.cn", "b@x.cn"])
    }
  }

  /// Neither after a dry run nor after a refusal.
  @Test func aDryRunLeavesOnlyWhatItSays() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "dry-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (good, bad) = (folder.appending(path: "good.csv"), folder.appending(path: "bad.csv"))
    try Data("订单编号,客户名称,下单日期,金额\n1,甲,2024-03-05,1\n2,乙,2024-02-31,1\n".utf8).write(to: good)
    try Data("客户名称\n甲\n".utf8).write(to: bad)
    let errors = folder.appending(path: "errors.csv").path
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    func run(_ file: URL) async throws -> Importer.Outcome {
      try await House.rehearse(.sqlite(path: folder.appending(path: "guanxi.db").path)) { services in
        try await Importer(services).run(kind: "orders", file: file.path, dryRun: true, errors: errors)
      }
    }
    await #expect(throws: ImportRefusal.self) { try await run(bad) }
    #expect(try names() == ["bad.csv", "good.csv"])
    let outcome = try await run(good)
    #expect(try names() == ["bad.csv", "errors.csv", "good.csv"])
    #expect(outcome.sentences(.en).last == "The rejected rows were written to \(errors)")
  }

  @Test func spooledTextIsRead() throws {
    var spool = try TextSpool()
    try spool.append(Array("abc".utf8))
    let source = try spool.finished()
    expectEqual(String(decoding: try source.read(at: 0, count: 9), as: UTF8.self), "abc")
  }
}
