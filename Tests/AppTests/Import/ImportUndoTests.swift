import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct ImportUndoTests {
  /// Some thousand orders, so that several transactions are needed.
  static let many: String = {
    var file = "order_id,customer_id,date,product,amount\n"
    for number in 0..<2_600 {
      file += "N\(number),C\(number % 700),2026-01-\(10 + number % 19),p\(number % 7),\(number % 90 + 1).25\n"
    }
    return file
  }()

  @Test(arguments: EngineKind.available) func revertGivesBackExactlyWhatWas(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, ImportCustomerTests.chinese)
      try await desk.bring(.orders, ImportOrderTests.simple)
      let before = try await desk.state()
      let changed =
        ImportOrderTests.simple.replacingOccurrences(of: "128.00", with: "7")
        .replacingOccurrences(of: "Gift box", with: "Tea pot") + "\nSO-9,K9,New one,2026-04-01,New product,1,1\n"
      let orders = try await desk.bring(.orders, changed)
      #expect(orders.counts.orders == .init(new: 1, updated: 2))
      let customers = try await desk.bring(
        .customers, "客户编号,客户名称,联系人,手机,标签\nK001,杭州云栖茶行有限公司,李敏,13111111111,新标签\nK002,张伟,,,VIP\nK77,新客户公司,赵六,,VIP\n")
      #expect(customers.counts.customers == .init(new: 1, updated: 2))
      #expect(try await desk.state() != before)
      expectEqual(try await desk.undo(customers.id).state, .reverted)
      expectEqual(try await desk.undo(orders.id).state, .reverted)
      expectEqual(try await desk.state(), before)
      expectEqual(try await desk.kept(orders.id), [])
      try await desk.expectTotalsHold()
    }
  }

  @Test(arguments: EngineKind.available) func severalTransactionsAreTakenBackToo(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let empty = try await desk.state()
      let record = try await desk.bring(.orders, Self.many)
      #expect(record.counts.orders == .init(new: 2_600) && record.counts.customers == .init(new: 700))
      try await desk.expectTotalsHold()
      _ = try await desk.undo(record.id)
      expectEqual(try await desk.state(), empty)
    }
  }

  @Test(arguments: EngineKind.available) func whatPeopleDidSinceStays(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(
        .orders,
        "order_id,customer,date,amount,product\n1,Ann,2026-01-01,1,a\n2,Bob,2026-01-01,2,b\n3,Cid,2026-01-01,4,c\n4,Dan,2026-01-01,8,c\n"
      )
      let services = desk.services
      let (ann, bob, cid) = (
        try #require(try await desk.customer("Ann")), try #require(try await desk.customer("Bob")),
        try #require(try await desk.customer("Cid"))
      )
      try await desk.db.write { tx in
        let now = services.clock()
        try tx.insert(
          Note(
            id: services.ids.next(), customerId: ann.id, kind: .call, topic: .none, text: "hello", happenedAt: now,
            pinnedAt: nil, createdAt: now, createdBy: nil, updatedAt: now, updatedBy: nil))
        var renamed = bob
        renamed.name = "Bobby"
        renamed.updatedAt = now
        try tx.update(renamed)
        var order: App.Order = try #require(try tx.first("SELECT * FROM sales_order WHERE customer_id = \(cid.id)"))
        let lines = try order.lines(in: tx)
        order.amount = 500
        order.baseAmount = 500
        order.updatedAt = now
        try order.update(with: lines, in: tx)
      }
      _ = try await desk.undo(record.id)
      let state = try await desk.state()
      #expect(state.customers.map(\.name) == ["Ann", "Bobby", "Cid"] && state.orders.map(\.outsideId) == ["3"])
      #expect(state.totals.map(\.amount) == [0, 0, 500])
      let kept = try await desk.kept(record.id)
      #expect(
        Set(kept.map { "\($0.kind) \($0.name) \($0.reason)" }) == [
          "customer Ann hasNotes", "customer Bobby edited", "customer Cid hasOrders", "order 3 edited",
          "product c inUse",
        ])
      try await desk.expectTotalsHold()
    }
  }

  /// Somebody saves an order while the import that brought it is being taken back.
  @Test(arguments: EngineKind.available) func whatIsBeingSavedStays(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(
        .orders, "order_id,customer,date,amount\n1,Ann,2026-01-01,1\n2,Bob,2026-01-01,2\n")
      let services = desk.services
      async let saved: Void = desk.db.write { tx in
        var order: App.Order = try #require(try tx.first("SELECT * FROM sales_order ORDER BY id"))
        order.note = "saved"
        order.updatedAt = services.clock()
        try order.update(with: try order.lines(in: tx), in: tx)
        Thread.sleep(forTimeInterval: 0.6)
      }
      try await Task.sleep(for: .milliseconds(200))
      _ = try await desk.undo(record.id)
      try await saved
      expectEqual(try await desk.state().orders.map(\.note), ["saved"])
      expectEqual(try await desk.kept(record.id).filter { $0.kind == .order }.map(\.reason), [.edited])
      try await desk.expectTotalsHold()
    }
  }

  /// Two take back the same import: the second waits for the first, and does not take what that restored for an edit.
  @Test(arguments: EngineKind.available) func twoTakeItBack(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.orders, "order_id,customer,date,amount\n1,Ann,2026-01-01,1\n2,Bob,2026-01-01,2\n")
      let before = try await desk.state()
      let record = try await desk.bring(
        .orders, "order_id,customer,date,amount\n1,Ann,2026-01-01,10\n2,Bob,2026-01-01,20\n")
      // The first is halted at its last step.
      async let halt: Void = desk.db.write { tx in
        try tx.each("SELECT customer_id FROM customer_total\(.locking("customer_total"))") { _ in }
        Thread.sleep(forTimeInterval: 0.9)
      }
      try await Task.sleep(for: .milliseconds(200))
      async let first = desk.undo(record.id)
      try await Task.sleep(for: .milliseconds(300))
      async let second = desk.undo(record.id)
      _ = try await (halt, first, second)
      expectEqual(try await desk.kept(record.id).count, 0)
      expectEqual(try await desk.state(), before)
    }
  }

  @Test(arguments: EngineKind.available) func cancellingLeavesNothing(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let empty = try await desk.state()
      let id = try await desk.upload(.orders, Array(Self.many.utf8))
      var run = desk.run(id)
      run.progress = { record in
        guard record.done > 0, record.cancelledAt == nil, record.revertingAt == nil else { return }
        try await desk.db.write { tx in
          var record = try Import.found(id, .system, in: tx)
          record.cancelledAt = desk.services.clock()
          try tx.update(record)
        }
      }
      let record = try await run.apply()
      #expect(record.state == .cancelled && record.counts.orders.new < 2_600)
      expectEqual(try await desk.state(), empty)
    }
  }

  private struct Crash: Error {}

  @Test(arguments: EngineKind.available) func workGoesOnAfterACrash(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let id = try await desk.upload(.orders, Array((Self.many + "bad,,2026-13-01,x,y\n").utf8))
      let report = try #require(try await desk.run(id).check())
      var attempts = 0
      var finished: Import?
      while finished == nil, attempts < 10 {
        attempts += 1
        var run = desk.run(id)
        run.progress = { _ in throw Crash() }
        do { finished = try await run.apply() } catch is Crash {}
      }
      #expect(attempts == 4 && finished?.counts == report.counts)
      expectEqual(try await desk.state().orders.count, 2_600)
      expectEqual(try await desk.problems(id).count, 1 + 1)
      try await desk.expectTotalsHold()
      // Undoing is broken off and taken up again as well.
      var broken = ImportUndo(services: desk.services, id: id)
      broken.progress = { _ in throw Crash() }
      do { _ = try await broken.run() } catch is Crash {}
      expectEqual(try await desk.undo(id).state, .reverted)
      expectEqual(try await desk.state().orders.count, 0)
    }
  }
}
