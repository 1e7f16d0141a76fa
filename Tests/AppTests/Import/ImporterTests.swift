import Foundation
import Store
import Synchronization
import TestKit
import Testing

@testable import App

/// Imports as the command line does them.
@Suite struct ImporterTests {
  private struct Killed: Error {}

  /// A folder for files of one test.
  private func withFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "importer-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
  }

  private static let many =
    "order_id,customer,date,amount\n" + (1...2_500).map { "\($0),c\($0 % 7),2026-01-01,1" }.joined(separator: "\n")

  @Test func rejectedRowsNeverGoOverTheFileItself() async throws {
    try await ImportDesk.open(.sqlite) { desk in
      try await withFolder { folder in
        let (file, errors) = (folder.appending(path: "a.csv"), folder.appending(path: "errors.csv"))
        let text = "order_id,customer,date,amount\n1,Ann,2026-02-30,1\n"
        try Data(text.utf8).write(to: file)
        let importer = Importer(desk.services)
        for place in [file.path, folder.appending(path: "no/such/folder.csv").path] {
          await #expect(throws: ImportRefusal.self) {
            try await importer.run(kind: "orders", file: file.path, errors: place)
          }
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
        _ = try await importer.run(kind: "orders", file: file.path, dryRun: true, errors: errors.path)
        #expect(try String(contentsOf: errors, encoding: .utf8).contains("2026-02-30"))
        // Without rejected rows nothing of an earlier import stays there.
        try Data(text.replacing("02-30", with: "02-28").utf8).write(to: file)
        _ = try await importer.run(kind: "orders", file: file.path, errors: errors.path)
        #expect(!FileManager.default.fileExists(atPath: errors.path))
      }
    }
  }

  @Test(arguments: EngineKind.available) func whoeverStopsItFindsNothingWritten(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await withFolder { folder in
        let file = folder.appending(path: "many.csv")
        try Data(Self.many.utf8).write(to: file)
        let before = try await desk.state()
        // Of three portions two are written.
        let asked = Mutex(0)
        await #expect(throws: ImportRefusal(ImportWords.takenBack)) {
          try await Importer(desk.services, size: 1_000).run(
            kind: "orders", file: file.path,
            isStopped: {
              asked.withLock {
                $0 += 1
                return $0 > 1
              }
            })
        }
        expectEqual(try await desk.state(), before)
        expectEqual(try await Importer(desk.services).list().map(\.state), [.cancelled])
        // Nobody goes on with it later.
        let open: Int? = try await desk.db.read { tx in
          try tx.value("SELECT count(*) FROM job WHERE kind = 'import.apply' AND cancelled_at IS NULL")
        }
        #expect(open == 0)
      }
    }
  }

  /// A process that dies leaves a job, with which a server goes on where the import stood.
  @Test(arguments: EngineKind.available) func aKilledImportGoesOn(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let id = try await desk.upload(.orders, Array(Self.many.utf8))
      let stay = ImportStay(services: desk.services, id: id, isStopped: { false })
      await #expect(throws: Killed.self) {
        try await stay.while {
          try await ImportRun(services: desk.services, id: id, size: 1_000) { _ in throw Killed() }.apply()
        }
      }
      let written: Int? = try await desk.db.read { tx in try tx.value("SELECT count(*) FROM sales_order") }
      #expect(written == 1_000)
      let due: Instant? = try await desk.db.read { tx in
        try tx.value("SELECT run_at FROM job WHERE kind = 'import.apply' AND cancelled_at IS NULL")
      }
      let later = try #require(due)
      let worker = JobWorker(
        db: desk.db, queue: desk.services.jobs, handlers: Features.jobs(desk.services), log: desk.services.log,
        now: { later.adding(seconds: 1) }, pause: .milliseconds(20))
      let work = Task { await worker.run() }
      defer { work.cancel() }
      for _ in 0..<1_000 {
        let isDone = try await desk.db.read { tx in try Import.found(id, .system, in: tx).finishedAt != nil }
        if isDone { break }
        try await Task.sleep(for: .milliseconds(20))
      }
      let orders: Int? = try await desk.db.read { tx in try tx.value("SELECT count(*) FROM sales_order") }
      #expect(orders == 2_500)
      expectEqual(try await desk.totals("c1")?.orderCount, 358)
    }
  }

  /// The same when it dies while it takes an import back.
  @Test(arguments: EngineKind.available) func aKilledRevertGoesOn(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let id = try await desk.bring(.orders, Self.many).id
      let stay = ImportStay(services: desk.services, id: id, kind: ImportJobs.undo)
      await #expect(throws: Killed.self) {
        try await stay.while { try await ImportUndo(services: desk.services, id: id) { _ in throw Killed() }.run() }
      }
      let due: Instant? = try await desk.db.read { tx in
        try tx.value("SELECT run_at FROM job WHERE kind = 'import.undo' AND cancelled_at IS NULL")
      }
      #expect(due != nil)
      #expect(try await desk.undo(id).state == .reverted)
      expectEqual(try await desk.state().orders.count, 0)
    }
  }

  @Test(arguments: EngineKind.available) func amountsAreInTheCurrencyTheyName(_ engine: EngineKind) async throws {
    let file = """
      order_id,customer,date,amount
      1,Ann,2026-01-01,US$10
      2,Ann,2026-01-01,¥10
      3,Ann,2026-01-01,10元
      4,Ann,2026-01-01,€10
      5,Ann,2026-01-01,USD 1.2万
      6,Ann,2026-01-01,10欧元
      """
    try await ImportDesk.open(engine) { desk in
      try await desk.db.write { tx in
        var settings = Settings()
        settings.rates = ["USD": try #require(Rate("7"))]
        try settings.save(at: desk.services.clock(), by: nil, in: tx)
      }
      let record = try await desk.bring(.orders, file)
      let problems = try await desk.problems(record.id)
      #expect(problems.map(\.line) == [5, 7], "\(problems.map(\.sentence.en))")
      #expect(problems.allSatisfy { $0.code == .noRate })
      // 70 + 10 + 10 + 84,000
      expectEqual(try await desk.totals("Ann")?.amount, 8_409_000)
    }
    #expect(CurrencyName.sign(in: "$5", usually: "HKD") == "HKD")
    #expect(CurrencyName.sign(in: "¥5", usually: "JPY") == "JPY")
    #expect(CurrencyName.sign(in: "(1,234.50)", usually: "CNY") == nil)
  }

  @Test(arguments: EngineKind.available) func whatCannotAllBeTrueIsSaid(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let orders = try await desk.bring(
        .orders, "order_id,customer,date,amount\n1,Ann,2026-01-01,1\n1,Ann,2026-03-01,2\n")
      expectEqual(try await desk.problems(orders.id).map(\.code), [.otherDay])
      let people = try await desk.bring(
        .customers,
        "客户编号,客户名称,手机,电话\nP1,甲,13800138000,010-62345678\nP1,乙,,\n,丙公司,13900139000,\n,丙公司,13700137000,\n")
      let problems = try await desk.problems(people.id)
      #expect(problems.map(\.code) == [.otherName, .sameName] && problems.allSatisfy(\.isWarning))
      let phones: String? = try await desk.db.read { tx in
        try tx.value("SELECT phones FROM customer WHERE name = '甲'")
      }
      #expect(phones?.contains("+8613800138000") == true && phones?.contains("+861062345678") == true)
    }
  }

  /// What was in the way of taking an import back may be gone later.
  @Test(arguments: EngineKind.available) func whatWasKeptIsTakenBackOnASecondTry(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let people = try await desk.bring(.customers, "客户编号,客户名称\nP1,甲\n")
      let orders = try await desk.bring(.orders, "订单号,客户编号,下单日期,金额\n1,P1,2026-01-01,1\n")
      let importer = Importer(desk.services)
      let first = try await importer.revert(people.id.description)
      #expect(first.undone == 0 && first.kept.count == 1)
      _ = try await importer.revert(orders.id.description)
      let second = try await importer.revert(people.id.description)
      #expect(second.undone == 1 && second.kept.isEmpty)
      let left: Int? = try await desk.db.read { tx in try tx.value("SELECT count(*) FROM customer") }
      #expect(left == 0)
    }
  }
}
