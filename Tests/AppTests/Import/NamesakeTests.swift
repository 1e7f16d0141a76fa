import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// People of one name, who are not one.
@Suite struct NamesakeTests {
  private func people(_ desk: ImportDesk) async throws -> [String] {
    try await desk.state().customers.map { "\($0.name) \($0.phones.map(\.normal).joined(separator: "/"))\($0.email)" }
      .sorted()
  }

  @Test(arguments: EngineKind.available) func anotherPhoneIsSomebodyElse(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, "姓名,手机,地区\n张伟,13800138000,杭州\n")
      let second = try await desk.bring(.customers, "姓名,手机,地区\n张伟,13900139000,北京\n")
      #expect(second.counts.customers == .init(new: 1) && second.counts.byNameAlone == nil)
      expectEqual(try await people(desk), ["张伟 +8613800138000", "张伟 +8613900139000"])
      // Each is found again by the own phone, and nothing changes.
      let both = "姓名,手机,地区\n张伟,139 0013 9000,北京\n张伟,+86 13800138000,杭州\n"
      let again = try await desk.bring(.customers, both)
      #expect(again.counts.customers.new == 0)
      // Without a phone nobody can tell which is meant.
      let open = try await desk.bring(.customers, "姓名,地区\n张伟,上海\n")
      expectEqual(try await desk.problems(open.id).map(\.code), [.severalCustomers])
    }
  }

  @Test(arguments: EngineKind.available) func inOneFileToo(_ engine: EngineKind) async throws {
    let file = """
      姓名,手机,邮箱
      张伟,13800138000,
      张伟,13900139000,
      张伟,13800138000,zw@example.cn
      李娜,,a@example.cn
      李娜,,b@example.cn
      王芳,13700137000,
      王芳,,wf@example.cn
      杭州山岚茶业有限公司,0571-88886666,
      杭州山岚茶业有限公司,0571-88887777,
      """
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.customers, file)
      #expect(record.counts.customers == .init(new: 6))
      expectEqual(
        try await people(desk),
        [
          "张伟 +8613800138000zw@example.cn", "张伟 +8613900139000", "李娜 a@example.cn", "李娜 b@example.cn",
          "杭州山岚茶业有限公司 +8657188886666/+8657188887777", "王芳 +8613700137000wf@example.cn",
        ])
      let again = try await desk.bring(.customers, file)
      #expect(again.counts.customers == .init(unchanged: 6) && again.changes == 0)
    }
  }

  @Test(arguments: EngineKind.available) func ordersOfTwoGoToEach(_ engine: EngineKind) async throws {
    let file =
      "订单编号,客户名称,手机,下单日期,金额\n1,张伟,13800138000,2026-01-01,10\n2,张伟,13900139000,2026-01-02,20\n3,张伟,13800138000,2026-01-03,40\n"
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, file)
      #expect(record.counts.customers == .init(new: 2))
      expectEqual(try await desk.state().totals.map(\.amount).sorted(), [2_000, 5_000])
      expectEqual(try await desk.bring(.orders, file).counts.orders, .init(unchanged: 3))
      // A number is stronger still.
      let numbered = try await desk.bring(
        .orders, "订单编号,客户编号,客户名称,下单日期,金额\n7,K1,李强,2026-01-01,1\n8,K2,李强,2026-01-01,1\n")
      #expect(numbered.counts.customers == .init(new: 2))
    }
  }

  /// Who was known without a phone gets it, and the next of the name is compared with it.
  @Test(arguments: EngineKind.available) func phonesOfOrdersAreKept(_ engine: EngineKind) async throws {
    let file = """
      订单编号,客户名称,手机,下单日期,金额
      1,张伟,,2026-01-01,10
      2,张伟,13800000001,2026-01-02,20
      3,张伟,13900000002,2026-01-03,40
      4,大有公司,0571-88886666,2026-01-03,1
      5,大有公司,0571-88887777,2026-01-03,1
      """
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, file)
      #expect(record.counts.customers.new == 3)
      expectEqual(
        try await people(desk), ["大有公司 +8657188886666/+8657188887777", "张伟 +8613800000001", "张伟 +8613900000002"])
      let late = try await desk.bring(.orders, "订单编号,客户名称,手机,下单日期,金额\n9,张伟,13700000003,2026-01-03,40\n")
      #expect(late.counts.customers == .init(new: 1))
    }
  }

  /// Of two without a number nobody can tell whose it is.
  @Test(arguments: EngineKind.available) func aNumberIsGivenToTheOnlyOneOfTheName(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, "姓名,手机\n张伟,13800138000\n张伟,13900139000\n李娜,13700137000\n")
      let numbered = try await desk.bring(.customers, "客户编号,姓名,手机\n7,张伟,\n8,李娜,\n9,张伟,13900139000\n")
      expectEqual(try await desk.problems(numbered.id).map(\.code), [.severalCustomers])
      let ids = try await desk.state().customers.map { "\($0.name) \($0.outsideId ?? "-")" }.sorted()
      #expect(ids == ["张伟 -", "张伟 9", "李娜 8"])
    }
  }

  /// Half of all customers of a small program have the name it gives them.
  @Test func thousandsOfOneNameAreToldApart() {
    let rows = (0..<20_000).map { place in
      var row = CustomerRow(line: place + 2)
      row.name = "微信用户"
      row.phones = (try? PhoneNumber.parseAll("138\(10_000_000 + place % 15_000)")) ?? []
      return row
    }
    #expect(FiledCustomer.apart(rows).count == 15_000)
  }

  @Test(arguments: EngineKind.available) func whoIsMatchedByNameAloneIsCountedAndCanBeSwitchedOff(
    _ engine: EngineKind
  ) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, "姓名,手机\n张伟,13800138000\n")
      let orders = "订单编号,客户名称,下单日期,金额\n1,张伟,2026-01-01,10\n"
      let named = try await desk.bring(.orders, orders)
      #expect(named.counts.byNameAlone == 1 && named.counts.customers.new == 0)
      var options = ImportOptions()
      options.matchesNames = false
      let apart = try await desk.bring(.orders, orders.replacing("\n1,", with: "\n2,"), options)
      #expect(apart.counts.byNameAlone == nil && apart.counts.customers.new == 1)
    }
  }

  @Test(arguments: EngineKind.available) func numbersThatLostTheirDigitsNameNobody(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let people = try await desk.bring(
        .customers,
        "客户编号,客户名称,电话\n4.40301E+17,张三,13800138000\n4.40301E+17,李四,13900139000\n440301199001010000,王五,13700137000\n")
      #expect(people.counts.customers == .init(new: 3))
      expectEqual(try await desk.problems(people.id).map(\.code), [.digitsLost, .digitsLost, .digitsLost])
      expectEqual(try await desk.state().customers.compactMap(\.outsideId), [])
      let orders = try await desk.bring(
        .orders, "订单编号,客户名称,下单日期,金额\n1.23457E+17,张三,2026-01-01,10\n1.23457E+17,李四,2026-01-01,20\n")
      #expect(orders.counts.orders == .init(new: 2))
    }
  }

  @Test(arguments: EngineKind.available) func aNumberWithDecimalsIsTheSame(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, "客户编号,客户名称\n17850.0,甲\n")
      expectEqual(try await desk.state().customers.map(\.outsideId), ["17850"])
      let orders = try await desk.bring(
        .orders, "订单编号,客户编号,下单日期,金额\n9.00,17850,2026-01-01,10\n9,17850.0,2026-01-01,5\n")
      #expect(orders.counts.customers.new == 0 && orders.counts.orders == .init(new: 1))
    }
  }
}
