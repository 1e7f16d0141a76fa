import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct ImportProblemTests {
  static let bad = """
    order_id,customer,date,amount,product
    1,Ann,2026-02-30,10,a
    2,Bob,2026-02-01,1O,a
    3,,2026-02-01,10,a
    4,Cid,2026-02-01,10,a
    5,Dan,2026-02-01,20,a
    5,Dan,tomorrow,30,"b, with ""quotes"" and
    a second line"
    6,Eve,2026-02-01,,a
    7,Fay,2026-02-01,5,a,extra
    8,Gus,2026-02-01,99999999999999999999,a
    """

  @Test(arguments: EngineKind.available) func badRowsAreReportedAndTheRestIsImported(_ engine: EngineKind) async throws
  {
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, Self.bad)
      #expect(record.counts.orders == .init(new: 1) && record.counts.rejected == 8 && record.counts.rows == 9)
      let problems = try await desk.problems(record.id).sorted { $0.line < $1.line }
      #expect(problems.map(\.line) == [2, 3, 4, 6, 7, 9, 10, 11])
      #expect(
        problems.map(\.code) == [
          .impossibleDate, .notANumber, .noCustomer, .otherRow, .notADate, .blank, .tooManyFields, .numberTooLarge,
        ])
      #expect(problems.first?.column == "date" && problems.first?.value == "2026-02-30")
      // An order is imported whole or not at all.
      #expect(problems.first { $0.code == .otherRow }?.otherLine == 7)
      for problem in problems {
        #expect(!problem.reason.zh.isEmpty && !problem.reason.en.isEmpty && problem.sentence != problem.reason)
      }
    }
  }

  @Test(arguments: EngineKind.available) func rejectedRowsCanBeFixedAndImportedAlone(_ engine: EngineKind) async throws
  {
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, Self.bad)
      let csv = try await rejected(record, desk)
      #expect(csv.starts(with: TextEncoding.utf8.mark))
      let text = String(decoding: csv.dropFirst(3), as: UTF8.self)
      #expect(text.hasPrefix("order_id,customer,date,amount,product,Why it was not imported\r\n"))
      #expect(!text.contains("Cid") && text.contains("\"b, with \"\"quotes\"\" and"))
      #expect(text.contains("Line 2, date “2026-02-30”: There is no such day"))
      // Imported as it is, it is refused for the same reasons, and nothing else happens.
      let same = try await desk.bring(.orders, csv)
      #expect(same.counts.rejected == 8 && same.counts.orders == .init())
      let fixed = text.replacing("2026-02-30", with: "2026-02-28").replacing("1O", with: "10")
        .replacing("tomorrow", with: "2026-02-01").replacing(",,a", with: ",7,a").replacing(",a,extra,", with: ",a,")
        .replacing("3,,", with: "3,Zoe,").replacing("99999999999999999999", with: "9")
      let done = try await desk.bring(.orders, fixed)
      #expect(done.counts.rejected == 0 && done.counts.orders == .init(new: 7))
      expectEqual(try await desk.totals("Dan")?.amount, 5_000)
    }
  }

  /// A workbook comes in as a file of text does, and what is wrong of it goes back as one.
  @Test(arguments: EngineKind.available) func aWorkbookGoesAllTheWay(_ engine: EngineKind) async throws {
    let rows = [
      ["2026 年订单"], ["订单号", "客户名称", "下单日期", "金额"], ["00001", "大江食品", "2026-01-05", "¥1,200.00"],
      ["00002", "南山茶行", "2026-02-30", "80"], ["00003", "南山茶行", "2026-03-01", "(12.00)"],
    ]
    try await ImportDesk.open(engine) { desk in
      let book = MadeWorkbook.bytes([("封面", "<sheetData/>"), ("订单", MadeWorkbook.sheet(rows))])
      let record = try await desk.bring(.orders, book, ImportOptions(sheet: "订单"))
      #expect(record.counts.orders.new == 1 && record.counts.returns.new == 1 && record.counts.rejected == 1)
      expectEqual(try await desk.totals("大江食品")?.amount, 120_000)
      expectEqual(try await desk.problems(record.id).map(\.line), [4])

      let source = try await ImportSource.open(record, desk.services)
      let setup = try ImportSetup(source, kind: record.kind, options: record.options)
      let rejections = try await desk.db.read { tx in try Import.rejections(of: record.id, in: tx) }
      let back = ByteSource(try RejectedRows(source, setup, rejections, in: .zh).workbook())
      let (shape, found) = try FileShape.detect(in: back)
      #expect(shape.columns == rows[1] + ["未导入的原因"])
      #expect(found.map { $0.fields.prefix(4) } == [rows[3][...]])

      let again = try await desk.bring(.orders, book, ImportOptions(sheet: "订单"))
      #expect(again.counts.orders.unchanged == 1 && again.counts.orders.new == 0)
    }
  }

  /// Rows that are rejected leave without anything a spreadsheet would run, and come again as they were.
  @Test func rejectedCellsRunNothing() async throws {
    let rows = [
      ["order_id", "customer", "date", "amount"], ["=2+5", "=HYPERLINK(\"http://x\")", "never", "-12.00"],
      ["@A", "+86 138", "never", "'=1"],
    ]
    let file = rows.map { $0.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") }
    try await ImportDesk.open(.sqlite) { desk in
      let record = try await desk.bring(.orders, file.joined(separator: "\n") + "\n")
      let bytes = try await rejected(record, desk)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.contains("'=2+5,\"'=HYPERLINK(\"\"http://x\"\")\",never,-12.00"))
      #expect(text.contains("'@A,'+86 138,never,'=1"))
      let (_, found) = try FileShape.detect(in: ByteSource(bytes))
      #expect(found.map { Array($0.fields.prefix(4)) } == [rows[1], ["@A", "+86 138", "never", "=1"]])
    }
  }

  private func rejected(_ record: Import, _ desk: ImportDesk) async throws -> [UInt8] {
    let source = try await ImportSource.open(record, desk.services)
    let setup = try ImportSetup(source, kind: record.kind, options: record.options)
    let rejections = try await desk.db.read { tx in try Import.rejections(of: record.id, in: tx) }
    return try RejectedRows(source, setup, rejections, in: .en).csv()
  }

  @Test(arguments: EngineKind.available) func conflictingLinesKeepTheOrderOut(_ engine: EngineKind) async throws {
    let file =
      "order_id,customer,date,amount,currency\n1,Ann,2026-01-01,1,CNY\n1,Bob,2026-01-01,2,CNY\n2,Ann,2026-01-01,1,XTS\n"
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, file)
      #expect(record.counts.orders == .init() && record.counts.rejected == 3)
      let codes = Set(try await desk.problems(record.id).map(\.code))
      #expect(codes == [.otherCustomer, .otherRow, .noRate])
    }
  }

  @Test func hostileFilesAreRefusedOrReported() async throws {
    try await ImportDesk.open(.sqlite) { desk in
      let long = String(repeating: "x", count: 5_000)
      let files: [[UInt8]] = [
        [0], [0xFF, 0xFE], Array("\"".utf8), Array("order_id,date,amount\n\"1,2026-01-01,2".utf8),
        Array("date,amount,customer\n2026-01-01,\u{0},a\n".utf8),
        Array("date,amount,customer\n2026-01-01,1,\(long)\n".utf8),
        Array("date,amount,customer\n9999999-01-01,1e99,a\n".utf8), [UInt8](repeating: 0x2C, count: 100_000),
        Array(repeating: UInt8(ascii: "\n"), count: 1000),
        Array("date,amount,customer\n2026-01-01,-9223372036854775808,a".utf8),
        Array("日期,金额,客户\n2026-01-01,12,'); DROP TABLE customer;--\n".utf8), [0xC3, 0x28, 0x2C, 0x0A],
      ]
      for bytes in files {
        for kind in Import.Kind.allCases {
          do {
            let record = try await desk.bring(kind, bytes)
            #expect(record.counts.rows == record.counts.rejected + (record.counts.rows - record.counts.rejected))
          } catch is ImportRefusal {} catch is ReadingProblem {}
        }
      }
      // What was taken literally is there literally.
      #expect(try await desk.customer("'); DROP TABLE customer;--") != nil)
      try await desk.expectTotalsHold()
    }
  }
}
