import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct DemoTests {
  private static let today = Day("2026-11-22") ?? Day(number: 0)

  private static func drawn(_ demo: Demo) throws -> [DemoBatch] {
    let ids = IDSource(node: 1, now: { Instant(milliseconds: 1_800_000_000_000) })
    var firm = DemoFirm(demo, DemoStage(demo, ids: ids), ids: ids)
    var batches: [DemoBatch] = []
    while let batch = try firm.next() { batches.append(batch) }
    return batches
  }

  /// Stands for everything that is drawn.
  private static func digest(_ demo: Demo) throws -> String {
    var text = ""
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    for batch in try drawn(demo) {
      text += String(decoding: try encoder.encode(batch.customers), as: UTF8.self)
      text += String(decoding: try encoder.encode(batch.contacts), as: UTF8.self)
      text += String(decoding: try encoder.encode(batch.notes), as: UTF8.self)
      text += "\(batch.tagged)\(batch.orders)\(batch.lines)"
    }
    return Digest.sha256(Array(text.utf8)).map { String($0, radix: 16) }.joined()
  }

  @Test func theSameSeedGivesTheSameFirm() throws {
    let demo = try Demo(customers: 200, orders: 1_500, today: Self.today)
    let first = try Self.digest(demo)
    #expect(try Self.digest(demo) == first)
    #expect(try Self.digest(Demo(customers: 200, orders: 1_500, seed: 2, today: Self.today)) != first)
    #expect(try Self.digest(Demo(customers: 200, orders: 1_500, today: Self.today.adding(days: 1))) != first)
  }

  /// The first numbers of SplitMix64 from the seed 1234567, as its authors' program prints them.
  @Test func chances() {
    var chance = Chance(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in chance.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
    #expect((0..<10_000).allSatisfy { _ in (3...5).contains(chance.number(3...5)) })
    let mean = (0..<20_000).reduce(0.0) { sum, _ in sum + chance.spread(0.5) } / 20_000
    // e^(σ²/2) of the log-normal distribution it stands for.
    #expect(abs(mean - 1.133) < 0.02)
  }

  @Test func theFirmIsBelievable() throws {
    let batches = try Self.drawn(Demo(customers: 5_000, today: Self.today))
    let worth = Self.worth(batches)
    let ranked = worth.values.sorted(by: >)
    let total = ranked.reduce(0, +)
    let best = ranked.prefix(1_000).reduce(0, +)
    #expect((0.70...0.82).contains(Double(best) / Double(total)))
    let orders = batches.flatMap(\.orders)
    let returns = orders.filter { if case .integer(let amount) = $0[4] { amount < 0 } else { false } }
    #expect((0.01...0.03).contains(Double(returns.count) / Double(orders.count)))
    let customers = batches.flatMap(\.customers)
    #expect(Set(customers.compactMap(\.outsideId)).count == 5_000)
    #expect(customers.allSatisfy { !$0.phones.isEmpty && $0.regionCode.utf8.count == 6 })
    #expect(customers.contains { $0.roles == [.supplier] && worth[$0.id] == nil })
    let days = orders.map { $0[2] }
    #expect(days.allSatisfy { if case .text(let day) = $0 { day <= "2026-11-22" } else { false } })
    #expect(days.contains(.text("2026-11-20")))
  }

  private static func worth(_ batches: [DemoBatch]) -> [Customer.ID: Int64] {
    var worth: [Customer.ID: Int64] = [:]
    for order in batches.flatMap(\.orders) {
      if let id = Customer.ID(value: order[1]), let amount = Int64(value: order[4]) {
        worth[id, default: 0] += amount
      }
    }
    return worth
  }

  @Test(arguments: [(1, 0), (1, 50), (3, 7), (1_500, 100), (20, 30_000)])
  func asManyAsWanted(_ customers: Int, _ orders: Int) throws {
    let batches = try Self.drawn(Demo(customers: customers, orders: orders, today: Self.today))
    #expect(batches.reduce(0) { $0 + $1.customers.count } == customers)
    #expect(batches.reduce(0) { $0 + $1.orders.count } == orders)
  }

  @Test func sizesThatAreNone() {
    for (customers, orders) in [(0, 1), (-5, 1), (1, -1), (.max, 1), (1, .max)] {
      #expect(throws: Refusal.self) { try Demo(customers: customers, orders: orders, today: Self.today) }
    }
  }

  private struct BrokenOff: Error {}

  /// Whatever portion it was broken off after, it becomes the firm that it would have been.
  @Test(arguments: EngineKind.available) func goesOnWhereItWasBrokenOff(_ engine: EngineKind) async throws {
    let demo = try Demo(customers: 2_500, orders: 6_000, today: Self.today)
    func content(_ breaks: [Int]) async throws -> [String] {
      try await withDatabase(engine, migrations: Features.migrations) { db in
        let services = Services(db: db)
        for last in breaks {
          let run = DemoRun(demo, adding: false, services, portion: 1_000)
          await #expect(throws: BrokenOff.self) {
            try await run.write(password: "x") { if $0 >= last { throw BrokenOff() } }
          }
          #expect(try await !Demo.isWhole(in: services))
        }
        // On another day, and with other numbers it is refused.
        let later = try Demo(customers: 2_500, orders: 6_000, today: Self.today.adding(days: 3))
        if !breaks.isEmpty {
          await #expect(throws: Refusal.self) {
            try await Demo(customers: 10, orders: 6_000, today: Self.today).write(to: services)
          }
        }
        _ = try await DemoRun(breaks.isEmpty ? demo : later, adding: false, services, portion: 1_000)
          .write(password: "x") { _ in }
        #expect(try await Demo.isWhole(in: services))
        return try await db.read { tx in
          #expect(try TotalsCheck.differences(limit: 1, in: tx).isEmpty)
          #expect(try SalesLedger.differences(in: tx) == 0)
          let tables: [SQL] = [
            "SELECT id, name FROM customer ORDER BY 1", "SELECT id, amount FROM sales_order ORDER BY 1",
            "SELECT id, product_id FROM sales_order_line ORDER BY 1", "SELECT id, name FROM contact ORDER BY 1",
            "SELECT id, text FROM note ORDER BY 1", "SELECT customer_id, tag_id FROM customer_tag ORDER BY 1, 2",
            "SELECT id, name FROM app_user ORDER BY 1", "SELECT customer_id, amount FROM customer_total ORDER BY 1",
          ]
          return try tables.map { try tx.map($0) { "\($0.value(0)) \($0.value(1))" }.joined(separator: "\n") }
        }
      }
    }
    let whole = try await content([])
    expectEqual(try await content([1, 2_000]), whole)
  }

  @Test(arguments: EngineKind.available) func written(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: Features.migrations) { db in
      let services = Services(db: db)
      let demo = try Demo(customers: 150, orders: 1_000, today: Self.today)
      let made = try await demo.write(to: services)
      let password = try #require(made.password)
      try await db.read { tx in
        expectEqual(try tx.value("SELECT count(*) FROM customer") ?? 0, 150)
        expectEqual(try tx.value("SELECT count(*) FROM sales_order") ?? 0, 1_000)
        #expect(try TotalsCheck.differences(limit: 1, in: tx).isEmpty)
        #expect(try SalesLedger.differences(in: tx) == 0)
        // An order is what its lines are.
        expectEqual(
          try tx.values(
            """
            SELECT sales_order.id FROM sales_order JOIN sales_order_line ON order_id = sales_order.id
            GROUP BY sales_order.id, sales_order.amount, sales_order.cost, sales_order.quantity
            HAVING sum(sales_order_line.amount) <> sales_order.amount
              OR sum(sales_order_line.cost) <> sales_order.cost
              OR sum(sales_order_line.quantity) <> sales_order.quantity
            """, as: Int64.self), [])
        #expect(try tx.value("SELECT count(*) FROM customer_total WHERE value_class = 'A'") ?? 0 > 0)
        let user = try #require(try User.find(email: made.email, in: tx))
        #expect(user.isAdministrator && user.passwordHash != nil)
        #expect(password.count >= Password.shortest)
      }
      await #expect(throws: Refusal.self) { try await demo.write(to: services) }
      await #expect(throws: Refusal.self) { try await demo.write(to: services, adding: true) }
      let more = try await Demo(customers: 20, orders: 50, seed: 2, today: Self.today).write(
        to: services, adding: true)
      #expect(more.password == nil)
      try await db.read { tx in
        expectEqual(try tx.value("SELECT count(*) FROM customer") ?? 0, 170)
        expectEqual(try tx.value("SELECT count(*) FROM product") ?? 0, Catalogue.items.count)
        #expect(try TotalsCheck.differences(limit: 1, in: tx).isEmpty)
        #expect(try SalesLedger.differences(in: tx) == 0)
      }
    }
  }
}
