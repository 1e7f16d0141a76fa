import Foundation
import Store
import Synchronization
import TestKit
import Testing
import Web

@testable import App

/// A firm that imports files, with a clock that moves by a second each time somebody looks at it.
struct ImportDesk: Sendable {
  private final class Clock: Sendable {
    private let time = Mutex(Instant(milliseconds: 1_800_000_000_000))
    var now: Instant {
      time.withLock { time in
        time = time.adding(seconds: 1)
        return time
      }
    }
  }

  let services: Services
  var db: Database { services.db }

  static func open(_ engine: EngineKind, _ body: (ImportDesk) async throws -> Void) async throws {
    try await withDatabase(engine, migrations: Features.migrations) { db in
      let clock = Clock()
      try await body(ImportDesk(services: Services(db: db, clock: { clock.now })))
    }
  }

  /// Brings a file without looking into it.
  func upload(_ kind: Import.Kind, _ bytes: [UInt8], _ options: ImportOptions = ImportOptions()) async throws
    -> Import.ID
  {
    let record = Import(
      id: services.ids.next(), kind: kind, fileName: "test.csv", byteCount: Int64(bytes.count), options: options,
      at: services.clock(), by: nil)
    try await db.write { tx in try tx.insert(record) }
    try await ImportSource.keep(ByteSource(bytes), of: record.id, services)
    return record.id
  }

  func run(_ id: Import.ID) -> ImportRun { ImportRun(services: services, id: id, size: 1_000) }

  /// A dry run and a run, which must agree.
  @discardableResult
  func bring(_ kind: Import.Kind, _ text: String, _ options: ImportOptions = ImportOptions()) async throws -> Import {
    try await bring(kind, Array(text.utf8), options)
  }

  @discardableResult
  func bring(_ kind: Import.Kind, _ bytes: [UInt8], _ options: ImportOptions = ImportOptions()) async throws -> Import {
    let id = try await upload(kind, bytes, options)
    let before = try await state()
    let report = try await run(id).check()
    expectEqual(try await state(), before)
    let record = try await run(id).apply()
    expectEqual(report?.counts, record.counts)
    return record
  }

  func undo(_ id: Import.ID) async throws -> Import { try await ImportUndo(services: services, id: id).run() }

  func problems(_ id: Import.ID) async throws -> [ImportProblem] {
    try await db.read { tx in try Import.problems(of: id, after: -1, limit: 10_000, in: tx).map(\.problem) }
  }

  func kept(_ id: Import.ID) async throws -> [KeptRecord] {
    try await db.read { tx in try KeptRecord.all(of: id, limit: 10_000, in: tx) }
  }

  /// Everything an import may touch.
  struct State: Equatable, Sendable {
    let customers: [Customer]
    let totals: [Totals]
    let contacts: [Contact]
    let tags: [App.Tag]
    let tagged: [String]
    let products: [Product]
    let orders: [App.Order]
    let lines: [OrderLine]
    let found: [Int64]
  }

  func state() async throws -> State {
    try await db.read { tx in
      State(
        customers: try tx.all("SELECT * FROM customer ORDER BY id"),
        totals: try tx.all("SELECT * FROM customer_total ORDER BY customer_id"),
        contacts: try tx.all("SELECT * FROM contact ORDER BY id"), tags: try tx.all("SELECT * FROM tag ORDER BY id"),
        tagged: try tx.map("SELECT customer_id, tag_id FROM customer_tag ORDER BY customer_id, tag_id") {
          "\($0.integer(0)) \($0.integer(1))"
        },
        products: try tx.all("SELECT * FROM product ORDER BY id"),
        orders: try tx.all("SELECT * FROM sales_order ORDER BY id"),
        lines: try tx.all("SELECT * FROM sales_order_line ORDER BY order_id, position, id"),
        found: try tx.values("SELECT id FROM search_document ORDER BY id"))
    }
  }

  /// The totals of everybody, kept and counted anew, must be the same.
  func expectTotalsHold() async throws {
    let kept = try await state().totals
    expectEqual(try await db.read { tx in try SalesLedger.differences(in: tx) }, 0)
    try await db.write { tx in try Totals.recountAll(in: tx) }
    expectEqual(try await state().totals, kept)
  }

  func customer(_ name: String) async throws -> Customer? {
    try await db.read { tx in try tx.first("SELECT * FROM customer WHERE name = \(name) ORDER BY id") }
  }

  func totals(_ name: String) async throws -> Totals? {
    try await db.read { tx in
      try tx.first("SELECT * FROM \(SQL.customersWithTotals) WHERE name = \(name) ORDER BY id")
    }
  }
}
