import Store
import TestKit
import Testing

@testable import App

/// A database from before words were known: every character read alone.
@Suite struct NameRefreshTests {
  private static let customers = """
    姓名,手机
    重庆长安公司,
    单雄信,13800138001
    北京公司,
    李四,13800138002

    """
  private static let orders = """
    订单号,客户名称,日期,产品,金额
    A1,重庆长安公司,2026-03-01,厦门馅饼,120
    A2,李四,2026-03-02,苹果,80

    """

  private func age(_ db: Database) async throws {
    try await db.write { tx in
      for table in ["customer", "product", "tag"] as [SQL] {
        let names: [(Int64, String)] = try tx.map("SELECT id, name FROM \(table)") { (try $0[0], try $0[1]) }
        for (id, name) in names {
          let alone = Pinyin.sortKeys(name).last ?? ""
          try tx.run("UPDATE \(table) SET sort_name = \(alone) WHERE id = \(id)")
          guard alone != Pinyin.sortKey(name), try tx.exists("SELECT 1 FROM search_document WHERE id = \(id)") else {
            continue
          }
          let kind: SearchKind = try tx.exists("SELECT 1 FROM product WHERE id = \(id)") ? .product : .customer
          try tx.index(SearchDocument(id: id, kind: kind, name: SearchTerms()))
        }
      }
      try tx.run("DELETE FROM migration WHERE number = 34")
    }
    try await Migrator(Features.migrations).migrate(db)
  }

  private func open(_ engine: EngineKind, _ body: (ImportDesk) async throws -> Void) async throws {
    try await ImportDesk.open(engine) { desk in
      _ = try await desk.bring(.customers, Self.customers)
      _ = try await desk.bring(.orders, Self.orders)
      try await desk.db.write { [desk] tx in
        for name in ["厦门", "上海"] {
          let customer: Customer? = try tx.first("SELECT * FROM customer WHERE name = '李四'")
          if let customer { try Tag.named(name, ids: desk.services.ids, in: tx).put(on: customer.id, in: tx) }
        }
      }
      try await age(desk.db)
      try await body(desk)
    }
  }

  private func names(_ table: SQL, _ db: Database) async throws -> [String] {
    try await db.read { tx in try tx.values("SELECT name FROM \(table) ORDER BY sort_name, id") }
  }

  @Test(arguments: EngineKind.available) func oldNamesSortAndAreFoundAnew(_ engine: EngineKind) async throws {
    try await open(engine) { desk in
      try await expectEqual(names("customer", desk.db), ["北京公司", "单雄信", "李四", "重庆长安公司"])
      try await expectEqual(
        desk.db.read { tx in try Job.latest(kind: NameRefresh.kind, in: tx).map(\.state) }, [.waiting])
      for _ in 0..<2 {
        var last: (Int64, Int64) = (0, 0)
        try await NameRefresh.complete(desk.db) { last = ($0, $1) }
        #expect(last == (8, 8))
        try await expectEqual(names("customer", desk.db), ["北京公司", "重庆长安公司", "李四", "单雄信"])
        try await expectEqual(names("product", desk.db), ["苹果", "厦门馅饼"])
        try await expectEqual(names("tag", desk.db), ["上海", "厦门"])
      }
      for (text, name) in [("zhongqing", "重庆长安公司"), ("chongqing", "重庆长安公司"), ("shanxiong", "单雄信"), ("danxiong", "单雄信")]
      {
        let found = try await desk.db.read { tx in
          try App.Found.read(text, .system, currency: "CNY", limit: 9, in: tx).customers.map(\.name)
        }
        #expect(found == [name], "\(text)")
      }
      let products = try await desk.db.read { tx in
        try App.Found.read("xmxb", .system, currency: "CNY", limit: 9, in: tx).products.map(\.name)
      }
      #expect(products == ["厦门馅饼"])
    }
  }

  /// The file that comes every month comes right after the update, before any row was renewed.
  @Test(arguments: EngineKind.available) func nobodyIsMadeTwiceMeanwhile(_ engine: EngineKind) async throws {
    try await open(engine) { desk in
      _ = try await desk.bring(.customers, Self.customers)
      _ = try await desk.bring(.orders, Self.orders.replacing("A1", with: "B1").replacing("A2", with: "B2"))
      try await expectEqual(names("customer", desk.db).count, 4)
      try await expectEqual(names("product", desk.db).count, 2)
      let (typed, alike) = try await desk.db.read { tx in
        (
          try TypedCustomer.find("重庆长安公司", .system, in: tx),
          try Customer.lookalikes(name: "单雄信", phones: [], except: nil, .system, in: tx).map(\.name)
        )
      }
      if case .one(let customer) = typed { #expect(customer.name == "重庆长安公司") } else { Issue.record("nobody") }
      #expect(alike == ["单雄信"])
    }
  }

  /// Contacts and the firm's own fields are what a customer is found by, too.
  @Test(arguments: EngineKind.available) func contactsAreFoundAnew(_ engine: EngineKind) async throws {
    try await open(engine) { desk in
      let services = desk.services
      try await desk.db.write { tx in
        let found: Customer? = try tx.first("SELECT * FROM customer WHERE name = '李四'")
        let customer = try #require(found)
        try tx.insert(
          Contact(id: services.ids.next(), customerId: customer.id, name: "万俟明", at: services.clock(), by: nil))
      }
      try await NameRefresh.complete(desk.db)
      let found = try await desk.db.read { tx in
        try App.Found.read("moqi", .system, currency: "CNY", limit: 9, in: tx).customers.map(\.name)
      }
      #expect(found == ["李四"])
    }
  }
}
