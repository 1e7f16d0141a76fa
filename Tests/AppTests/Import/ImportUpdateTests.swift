import Store
import TestKit
import Testing
import Web

@testable import App

/// Files that change what is there already.
@Suite struct ImportUpdateTests {
  private static let first = """
    客户编号,客户名称,手机,邮箱,行业,备注,标签
    A1,云栖茶行,13800138000,tea@example.cn,茶叶,老客户,VIP
    A2,山岚文具,13900139000,pen@example.cn,,,
    """

  private func options(
    match: ImportOptions.Match? = nil, rules: [String: ImportOptions.Rule]? = nil, source: String = ""
  ) -> ImportOptions {
    var options = ImportOptions()
    (options.match, options.rules, options.source) = (match, rules, source)
    return options
  }

  @Test(arguments: EngineKind.available) func matchesByPhoneAndMailAcrossSources(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, Self.first)
      let phone = try await desk.bring(
        .customers, "编号,名称,手机,行业\nX9,云栖茶业,+86 138-0013-8000,批发\nX8,新客户,13700137000,\nX8b,新客户二,13700137000,\n",
        options(match: .phone, source: "shop"))
      #expect(phone.counts.customers == .init(new: 1, updated: 1))
      let tea = try #require(try await desk.customer("云栖茶业"))
      #expect(tea.outsideId == "A1" && tea.outsideSource == "" && tea.industry == "批发" && tea.phones.count == 1)
      let mail = try await desk.bring(
        .customers, "编号,名称,邮箱,行业\nY1,山岚,PEN@example.cn,文具\n", options(match: .email, source: "shop"))
      #expect(mail.counts.customers == .init(updated: 1))
      expectEqual(try await desk.state().customers.count, 3)
      let orders = try await desk.bring(
        .orders, "订单号,客户名称,手机,日期,金额\n1,随便,13900139000,2026-01-02,5\n", options(match: .phone, source: "shop"))
      #expect(orders.counts.customers == .init())
      expectEqual(try await desk.totals("山岚")?.orderCount, 1)
    }
  }

  /// Who is meant is never guessed among several.
  @Test(arguments: EngineKind.available) func severalThatFitAreSaidSo(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, Self.first)
      try await desk.bring(.customers, "编号,名称,手机\nA3,云栖茶行分店,13800138000\n")
      let before = try await desk.state()
      let customers = try await desk.bring(
        .customers, "名称,手机,行业\n不知,13800138000,批发\n不知,138 0013 8000,零售\n", options(match: .phone))
      #expect(customers.counts.rejected == 2 && customers.counts.customers == .init())
      expectEqual(try await desk.problems(customers.id).map(\.code), [.severalCustomers, .severalCustomers])
      expectEqual(try await desk.problems(customers.id).map(\.line), [2, 3])
      let orders = try await desk.bring(
        .orders, "订单号,客户名称,手机,日期,金额,退款金额\n1,不知,13800138000,2026-01-02,5,2\n", options(match: .phone))
      #expect(orders.counts.rejected == 1 && orders.counts.orders == .init())
      expectEqual(try await desk.state(), before)
    }
  }

  @Test(arguments: EngineKind.available) func rulesSayWhatIsWrittenOver(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, Self.first)
      let file = """
        客户编号,客户名称,手机,邮箱,行业,备注,标签
        A1,改名,13500135000,new@example.cn,批发,新备注,新标签
        A2,改名二,13600136000,two@example.cn,文具,新备注二,新标签
        """
      let record = try await desk.bring(
        .customers, file,
        options(rules: ["name": .keep, "industry": .fill, "phone": .fill, "tags": .fill, "email": .keep])
      )
      #expect(record.counts.customers == .init(updated: 2))
      let tea = try #require(try await desk.customer("云栖茶行"))
      #expect(tea.industry == "茶叶" && tea.description == "新备注" && tea.email == "tea@example.cn")
      #expect(tea.phones.map(\.typed) == ["13800138000"])
      let pen = try #require(try await desk.customer("山岚文具"))
      #expect(pen.industry == "文具" && pen.email == "pen@example.cn")
      expectEqual(try await desk.state().tagged.count, 2)
      let list = try await desk.db.read { tx in try ImportChangeList.read(record.id, from: 0, .system, in: tx) }
      #expect(list.records.map(\.name) == ["云栖茶行", "山岚文具"] && list.next == nil)
      #expect(list.records[0].values.map(\.field) == [ImportWords.field("remark")])
      #expect(list.records[0].values.map(\.before.zh) == ["老客户"])
      #expect(list.records[1].values.map(\.after.zh) == ["文具", "新备注二"])
      #expect(try await desk.undo(record.id).state == .reverted)
      let back = try #require(try await desk.customer("云栖茶行"))
      #expect(back.description == "老客户")
    }
  }

  @Test(arguments: EngineKind.available) func rulesHoldForOrders(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.orders, "订单号,客户名称,日期,金额,备注\n1,甲,2026-01-02,5,\n2,乙,2026-01-03,6,原话\n")
      let record = try await desk.bring(
        .orders, "订单号,客户名称,日期,金额,备注\n1,丙,2026-02-02,50,补\n2,乙,2026-02-03,60,改\n",
        options(rules: ["date": .keep, "note": .fill, "customer_name": .keep]))
      #expect(record.counts.orders == .init(updated: 2))
      let orders = try await desk.state().orders
      #expect(orders.map(\.amount) == [5_000, 6_000] && orders.map(\.note) == ["补", "原话"])
      #expect(orders.map(\.orderedOn.description) == ["2026-01-02", "2026-01-03"])
      expectEqual(try await desk.totals("甲")?.amount, 5_000)
      try await desk.expectTotalsHold()
      // Nobody is made for an order that stays whose it is.
      expectEqual(try await desk.state().customers.map(\.name), ["甲", "乙"])
      let list = try await desk.db.read { tx in try ImportChangeList.read(record.id, from: 0, .system, in: tx) }
      #expect(list.records[0].values.map(\.after.zh).first == "50.00")
    }
  }

  @Test(arguments: EngineKind.available) func columnsBecomeTagsAndRemarks(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      var options = ImportOptions()
      (options.tagColumns, options.remarkColumns) = ([2, 3], [4])
      let record = try await desk.bring(
        .customers, "编号,名称,展会客户,等级,爱好\nT1,甲公司,是,金,钓鱼\nT2,乙公司,否,银,\nT3,丙公司,,金,茶\n", options)
      #expect(record.counts.customers == .init(new: 3))
      let state = try await desk.state()
      #expect(Set(state.tags.map(\.name)) == ["展会客户", "金", "银"] && state.tagged.count == 4)
      expectEqual(try await desk.customer("甲公司")?.description, "爱好: 钓鱼")
    }
  }

  @Test(arguments: EngineKind.available) func authorsAndDatesOfTheFileAreKept(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let user = User(
        id: desk.services.ids.next(), email: "chen@example.cn", name: "陈志远", at: desk.services.clock(), by: nil)
      try await desk.db.write { tx in try tx.insert(user) }
      try await desk.bring(.customers, "编号,名称,创建人,创建时间\nK1,甲公司,陈志远,2019-05-06\n")
      let customer = try #require(try await desk.customer("甲公司"))
      #expect(customer.createdBy == user.id && customer.createdAt.day(in: .gmt).description.hasPrefix("2019-05-0"))
      try await desk.bring(.customers, "编号,名称,创建人,创建时间,行业\nK1,甲公司,nobody,2024-01-01,茶\n")
      let later = try #require(try await desk.customer("甲公司"))
      #expect(later.industry == "茶" && later.createdBy == user.id && later.createdAt == customer.createdAt)
    }
  }

  /// A contact beside a number is not the customer's new name.
  @Test(arguments: EngineKind.available) func anEmptyNameRenamesNobody(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let header = "客户编号,客户名称,联系人,手机\n"
      try await desk.bring(.customers, header + "C1,甲公司,王一,13800000001\n")
      try await desk.bring(.customers, header + "C1,,李二,13800000002\n")
      let more = header + ",甲公司,刘方,13900000003\nC1,,李二,13800000002\n"
      try await desk.bring(.customers, more)
      let again = try await desk.bring(.customers, more)
      #expect(again.counts.customers.new == 0 && again.counts.contacts.new == 0)
      let state = try await desk.state()
      #expect(state.customers.map(\.name) == ["甲公司"] && state.customers.allSatisfy(\.phones.isEmpty))
      #expect(Set(state.contacts.map(\.name)) == ["王一", "李二", "刘方"])
    }
  }

  /// What was chosen for a file holds for the next one with the same columns, wherever they stand.
  @Test(arguments: EngineKind.available) func choicesAreRememberedByHeaders(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      var options = ImportOptions()
      (options.columns, options.tagColumns) = (["name": 1, "id": 0], [2])
      (options.rules, options.match) = (["name": .keep], .phone)
      try await desk.bring(.customers, "代号,叫法,档次\nT1,甲公司,金\n", options)
      let source = ByteSource(Array("档次,代号,叫法\n银,T2,乙公司\n".utf8))
      let setup = try ImportSetup(source, kind: .customers, options: ImportOptions())
      let remembered = try #require(try await desk.db.read { tx in try ImportMapping.options(for: setup, in: tx) })
      #expect(remembered.columns == ["name": 2, "id": 1] && remembered.tagColumns == [0])
      #expect(remembered.rules == ["name": .keep] && remembered.match == .phone && remembered.isRemembered == true)
      let other = try ImportSetup(
        ByteSource(Array("代号,叫法\n1,甲\n".utf8)), kind: .customers, options: ImportOptions())
      let none = try await desk.db.read { tx in try ImportMapping.options(for: other, in: tx) }
      #expect(none == nil)
    }
  }

  /// The second of two columns of one name stays the second; a filter goes with its column.
  @Test(arguments: EngineKind.available) func columnsOfOneNameAreToldApart(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let options = ImportOptions(
        columns: ["name": 0, "phone": 2], filters: [RowFilter(column: "4", value: "x")])
      try await desk.bring(.customers, "名称,手机,手机,等级\n甲,1,13800000002,x\n", options)
      let setup = try ImportSetup(
        ByteSource(Array("等级,手机,名称,手机\nx,1,甲,2\n".utf8)), kind: .customers, options: ImportOptions())
      let remembered = try #require(try await desk.db.read { tx in try ImportMapping.options(for: setup, in: tx) })
      #expect(remembered.columns == ["name": 2, "phone": 3] && remembered.filters.map(\.column) == ["1"])
    }
  }

  /// Two imports of one file, at once, leave what one of them leaves.
  @Test(arguments: EngineKind.available) func theSameFileTwiceAtOnceEndsAsOne(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let file = Array(ImportUndoTests.many.utf8)
      let ids = [try await desk.upload(.orders, file), try await desk.upload(.orders, file)]
      async let one = desk.run(ids[0]).apply()
      async let other = desk.run(ids[1]).apply()
      let records = try await [one, other]
      #expect(records.map(\.state) == [.finished, .finished])
      expectEqual(records.reduce(0) { $0 + $1.counts.orders.new }, 2_600)
      expectEqual(try await desk.state().orders.count, 2_600)
      expectEqual(try await desk.state().customers.count, 700)
      try await desk.expectTotalsHold()
    }
  }
}
