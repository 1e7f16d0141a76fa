import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// Cells of phones as people type them, in files of customers and of orders.
@Suite struct ImportPhoneTests {
  static let notes = """
    客户名称,手机
    甲公司,13800138000（微信同号）
    乙公司,13800138001 13900139001
    丙公司,13800138002/无
    丁公司,13800138003（张总）/13900139003（李总）
    """
  static let shown = [
    "甲公司": ["13800138000 · 微信同号"], "乙公司": ["13800138001", "13900139001"], "丙公司": ["13800138002"],
    "丁公司": ["13800138003 · 张总", "13900139003 · 李总"],
  ]
  private static let extensions = "姓名,手机\n张三,0571-88886666转801\n李四,0571-88886666转802\n"
  private static let landlines = "客户名称,电话\n甲公司,0571-88886666\n乙公司,010-88887777\n丙公司,(0755) 2345-6789\n"

  private func byPhone(source: String = "") -> ImportOptions {
    var options = ImportOptions()
    (options.match, options.source) = (.phone, source)
    return options
  }

  private func phones(_ desk: ImportDesk) async throws -> [String: [String]] {
    Dictionary(
      try await desk.state().customers.map { ($0.name, $0.phones.map(\.shown)) }, uniquingKeysWith: { $0 + $1 })
  }

  @Test(arguments: EngineKind.available) func everyNumberIsKeptWithItsWords(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.customers, Self.notes)
      #expect(record.counts.customers == .init(new: 4) && record.counts.warnings == 0)
      try await expectEqual(phones(desk), Self.shown)
      let again = try await desk.bring(.customers, Self.notes)
      #expect(again.counts.customers == .init(unchanged: 4))
    }
  }

  /// The files themselves, as the command brings them.
  @Test(.enabled(if: SharedData.isHere), arguments: EngineKind.available)
  func theSharedFilesByTheCommand(_ engine: EngineKind) async throws {
    let folder = try #require(SharedData.root) + "/../cases/import/"
    guard FileManager.default.fileExists(atPath: folder + "phone_notes.csv") else { return }
    try await ImportDesk.open(engine) { desk in
      let importer = Importer(desk.services)
      _ = try await importer.run(kind: "customers", file: folder + "phone_notes.csv")
      try await expectEqual(phones(desk), Self.shown)
    }
    try await ImportDesk.open(engine) { desk in
      _ = try await Importer(desk.services).run(kind: "customers", file: folder + "landlines.csv")
      for (text, name) in [
        ("0571-88886666", "甲公司"), ("057188886666", "甲公司"), ("010-88887777", "乙公司"), ("0755-23456789", "丙公司"),
        ("88886666", "甲公司"),
      ] {
        let found = try await desk.db.read { tx in
          try App.Found.read(text, .system, currency: "CNY", limit: 5, in: tx).customers.map(\.name)
        }
        #expect(found == [name], "\(text)")
      }
    }
    try await ImportDesk.open(engine) { desk in
      var choices = Importer.Choices()
      choices.match = "phone"
      _ = try await Importer(desk.services).run(
        kind: "customers", file: folder + "phone_extension.csv", choices: choices)
      try await expectEqual(phones(desk), ["张三": ["0571-88886666转801"], "李四": ["0571-88886666转802"]])
    }
  }

  @Test(arguments: EngineKind.available) func extensionsAreTwoPeople(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let first = try await desk.bring(.customers, Self.extensions, byPhone())
      #expect(first.counts.customers == .init(new: 2))
      // Over two files: the first again in another writing, a third of the switchboard, and the switchboard itself.
      let second = try await desk.bring(
        .customers, "姓名,手机,行业\n张三丰,(0571)8888 6666 ext 801,茶\n王五,0571-88886666-803,酒\n总机,0571-88886666,\n",
        byPhone(source: "b"))
      #expect(second.counts.customers == .init(new: 2, updated: 1))
      try await expectEqual(
        phones(desk),
        [
          "张三丰": ["0571-88886666转801"], "李四": ["0571-88886666转802"], "王五": ["0571-88886666-803"],
          "总机": ["0571-88886666"],
        ])
      let orders = try await desk.bring(
        .orders, "订单号,客户名称,手机,日期,金额\n1,谁,057188886666转802,2026-01-02,5\n2,谁,057188886666转809,2026-01-02,5\n",
        byPhone(source: "c"))
      #expect(orders.counts.customers == .init(new: 1))
      try await expectEqual(desk.totals("李四")?.orderCount, 1)
    }
  }

  @Test(arguments: EngineKind.available) func bothExtensionsOfOneCustomerStay(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, "客户编号,姓名,手机\n1,张三,0571-88886666转801\n1,张三,0571-88886666转802（前台）\n")
      try await desk.bring(.customers, "客户编号,姓名,手机\n1,张三,0571 8888 6666转801（张总）\n")
      try await expectEqual(phones(desk), ["张三": ["0571-88886666转801 · 张总", "0571-88886666转802 · 前台"]])
    }
  }

  @Test(arguments: EngineKind.available) func whatIsNoNumberStaysInTheRemark(_ engine: EngineKind) async throws {
    let file = """
      客户编号,姓名,手机,备用电话,备注
      1,甲,打不通,,老客户
      2,乙,13800138000/1390013900,,
      3,丙,无,N/A,
      4,丁,13800138003,问前台,
      5,戊,415-555-2671,,
      6,己,+49 30 123456（Berlin）,,
      """
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.customers, file)
      #expect(record.counts.customers == .init(new: 6) && record.counts.rejected == 0)
      let problems = try await desk.problems(record.id)
      #expect(problems.map(\.line) == [2, 3, 5, 6])
      #expect(problems.map(\.code) == [.notAPhone, .notAPhone, .notAPhone, .noCountry])
      #expect(problems.map(\.value) == ["打不通", "1390013900", "问前台", "415-555-2671"])
      try await expectEqual(
        desk.state().customers.map(\.description), ["老客户\n手机: 打不通", "手机: 1390013900", "", "备用电话: 问前台", "", ""])
      try await expectEqual(
        desk.state().customers.map { $0.phones.map(\.shown).joined() },
        ["", "13800138000", "", "13800138003", "415-555-2671", "+49 30 123456 · Berlin"])
      let again = try await desk.bring(.customers, file)
      #expect(again.counts.customers == .init(unchanged: 6))
      // A file without remarks writes over none.
      try await desk.bring(.customers, "客户编号,姓名,手机\n1,甲,停机\n")
      try await expectEqual(desk.customer("甲")?.description, "老客户\n手机: 打不通\n手机: 停机")
    }
  }

  @Test(arguments: EngineKind.available) func phonesOfOrdersAreReadTheSame(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(
        .orders, "订单号,客户名称,手机,日期,金额,备注\n1,甲,13800138003（张总）/13900139003,2026-01-02,5,急\n2,乙,问前台,2026-01-02,5,急\n")
      #expect(record.counts.warnings == 1 && record.counts.rejected == 0)
      try await expectEqual(phones(desk), ["甲": ["13800138003 · 张总", "13900139003"], "乙": []])
      try await expectEqual(desk.state().orders.map(\.note), ["急", "急\n手机: 问前台"])
    }
  }

  /// Marks that nobody sees change nothing, in whatever is no text.
  @Test(arguments: EngineKind.available) func invisibleMarksAreNone(_ engine: EngineKind) async throws {
    let family = "👨\u{200D}👩\u{200D}👧"
    let plain = "客户编号,姓名,手机,邮箱,生日\nA01,甲\(family),13800138000,a@example.cn,1990-01-02\n"
    let marked = """
      客户编号,姓名,手机,邮箱,生日
      A\u{200B}01\u{A0},\u{200E}甲\(family)\u{200F},\u{202D}138\u{2007}0013\u{AD}8000\u{202C},a@\u{2060}example\u{3000}.cn,1990\u{2066}-01-02\u{FEFF}
      """
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, plain)
      let again = try await desk.bring(.customers, marked)
      #expect(again.counts.customers == .init(unchanged: 1) && again.counts.warnings == 0)
      var options = ImportOptions()
      options.amounts = .line
      let orders = try await desk.bring(
        .orders,
        """
        订单号,客户编号,日期,金额,产品编号
        1,A\u{2060}01,2026\u{200B}-01-02,\u{200E}1\u{202F}234.50\u{200F},P1
        \u{200F}1,A01,2026-01-02,1234.50,P\u{200C}1
        """, options)
      #expect(orders.counts.orders == .init(new: 1) && orders.counts.customers == .init())
      try await expectEqual(desk.state().orders.map(\.amount), [246_900])
      try await expectEqual(desk.state().products.map(\.outsideId), ["P1"])
    }
  }

  @Test func aWorkbookIsReadTheSame() async throws {
    let rows = Self.notes.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    try await ImportDesk.open(.sqlite) { desk in
      try await desk.bring(.customers, MadeWorkbook.bytes([("表", MadeWorkbook.sheet(rows))]))
      try await expectEqual(phones(desk), Self.shown)
    }
  }
}
