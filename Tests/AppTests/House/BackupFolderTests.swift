import Foundation
import Store
import Synchronization
import TestKit
import Testing

@testable import App

@Suite struct BackupFolderTests {
  private static func withFolder(_ engine: EngineKind, _ body: (Services, BackupFolder) async throws -> Void)
    async throws
  {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let backups = BackupFolder(folder.file("backups"))
    try await withDatabase(engine, migrations: Features.migrations) { db in
      let services = Services(db: db, backups: backups)
      _ = try await Demo(customers: 30, orders: 100, today: services.clock().day(in: .gmt)).write(to: services)
      try await body(services, backups)
    }
  }

  private static func names(_ folder: BackupFolder) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
  }

  private static func write(_ text: String, _ name: String, _ folder: BackupFolder) throws {
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try text.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
  }

  /// Makes a file look as if it had been made by a firm at a moment.
  private static func pretend(
    _ moment: Instant, _ founded: Instant, _ folder: BackupFolder, _ doubt: Backup.Doubt? = nil
  ) throws {
    let name = Backup.name(at: moment)
    try write("backup", name, folder)
    var report = Backup.Report(file: name, bytes: 6, sha256: "")
    (report.moment, report.founded, report.doubt) = (moment, founded, doubt)
    try write(String(decoding: try JSONEncoder().encode(report), as: UTF8.self), name + ".json", folder)
    try write("digest", name + ".sha256", folder)
  }

  @Test(arguments: EngineKind.available) func madeAndListed(_ engine: EngineKind) async throws {
    try await Self.withFolder(engine) { services, folder in
      let before = Instant.now()
      let report = try await Backups(services).make(in: folder) { _, _, _ in }
      let entry = try #require(await folder.entries().first)
      #expect(entry.isGood && entry.bytes == report.bytes && entry.moment == report.moment)
      #expect(try #require(report.moment) >= before)
      #expect(entry.rows["customer"] == (engine == .sqlite ? 30 : nil))
      #expect(try Self.names(folder) == Set(["", ".json", ".sha256"].map { entry.name + $0 }))
      let url = services.db.url
      expectEqual(try await Backup.verify(report.file, on: url).contents?.rows["sales_order"], 100)
      let state = try await services.db.read { tx in try tx.ask(BackupState.stored) }
      #expect(state.lastGood == report.moment && state.failure == nil)
      let mode = try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int
      #expect(mode == 0o700)
    }
  }

  @Test func whatAKillLeftIsRemovedAndNothingElse() async throws {
    try await Self.withFolder(.sqlite) { services, folder in
      let leftovers = [
        "guanxi-2026-11-22T07-15-00Z.backup.unfinished", "guanxi-2026-11-22T07-15-00Z.backup.json",
        "guanxi-2026-11-22T07-15-00Z.backup.sha256",
      ]
      let others = ["notes.txt", "firm.backup", "guanxi-latest.backup", "my.backup.unfinished", "guanxi-x.backup.json"]
      for name in leftovers + others { try Self.write("precious", name, folder) }
      _ = try await Backups(services).make(in: folder) { _, _, _ in }
      let names = try Self.names(folder)
      #expect(names.isDisjoint(with: leftovers) && names.isSuperset(of: others))
    }
  }

  @Test func onlyOneAtATime() async throws {
    try await Self.withFolder(.sqlite) { services, folder in
      _ = try await folder.make(of: services.db, isGentle: false) { stage, _, _ in
        guard stage == .checking else { return }
        await #expect(throws: Refusal.self) { try await folder.make(of: services.db, isGentle: false) { _, _, _ in } }
      }
      _ = try await folder.make(of: services.db, isGentle: false) { _, _, _ in }
      #expect(await folder.entries().count == 2)
    }
  }

  /// A cancelled or failed one leaves the earlier ones, and nothing of itself.
  @Test func cancelledOnTheWay() async throws {
    try await Self.withFolder(.sqlite) { services, folder in
      let good = try await Backups(services).make(in: folder) { _, _, _ in }
      let before = try Self.names(folder)
      for stage in [Backup.Stage.copying, .checking] {
        await #expect(throws: JobCancelled.self) {
          try await Backups(services).make(in: folder) { now, _, _ in if now == stage { throw JobCancelled() } }
        }
        let task = Task {
          try await Backups(services).make(in: folder) { now, _, _ in
            if now == stage { withUnsafeCurrentTask { $0?.cancel() } }
          }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try Self.names(folder) == before)
      }
      let state = try await services.db.read { tx in try tx.ask(BackupState.stored) }
      #expect(state.lastGood == good.moment && state.failure == nil)
    }
  }

  @Test func aFailureIsToldInBothLanguages() async throws {
    try await Self.withFolder(.sqlite) { services, folder in
      try Self.write("no folder", "place", folder)
      let wrong = BackupFolder(folder.path + "/place")
      await #expect(throws: (any Error).self) { try await Backups(services).make(in: wrong) { _, _, _ in } }
      try await services.db.write { tx in
        try tx.run(
          "UPDATE customer_total SET amount = amount + 1 WHERE customer_id = (SELECT min(id) FROM customer)")
      }
      let report = try await Backups(services).make(in: folder) { _, _, _ in }
      #expect(report.doubt == .totals)
      let state = try await services.db.read { tx in try tx.ask(BackupState.stored) }
      #expect(state.lastGood == nil && state.failure?.why.zh.contains("累计值") == true)
      #expect(await folder.entries().map(\.isGood) == [false])
      // What is wrong can be counted anew, so that nothing stands in the way of coming back.
      let target = folder.path + "/restored.db"
      await #expect(throws: Refusal.self) { try await Backup.verify(report.file, on: .sqlite(path: target)) }
      _ = try await Backup.restore(report.file, to: .sqlite(path: target), replacing: false)
      try await House.visit(.sqlite(path: target)) { services in
        expectEqual(try await services.db.read { tx in try TotalsCheck.differences(limit: 1, in: tx).count }, 0)
      }
    }
  }

  @Test func aFullDiskIsToldBeforeAndWhile() async throws {
    try await Self.withFolder(.sqlite) { services, folder in
      let draft = BackupDraft(path: folder.path + "/guanxi-2026-11-22T07-15-00Z.backup.unfinished", reserve: .max / 4)
      let error = await #expect(throws: Refusal.self) {
        try await draft.write(services.db, isGentle: true) { _, _, _ in }
      }
      #expect(error?.word.en.contains("free") == true && error?.word.zh.contains("只剩") == true)
      let names = try Self.names(folder)
      #expect(names == [])
    }
  }

  @Test func onlyItsOwnArePruned() async throws {
    try await Self.withFolder(.sqlite) { _, folder in
      let (now, ours, theirs) = (Instant.now(), Instant(milliseconds: 1_000), Instant(milliseconds: 2_000))
      for days in 0..<20 {
        try Self.pretend(now.adding(seconds: Int64(-days) * 86_400), ours, folder)
        try Self.pretend(now.adding(seconds: Int64(-days) * 86_400 - 60), theirs, folder)
      }
      try Self.write("by hand", "guanxi-2020-01-01T00-00-00Z.backup", folder)
      await folder.prune(ours, BackupRetention(days: 3, weeks: 0, months: 0), in: .gmt)
      let left = await folder.entries()
      #expect(left.filter { $0.founded == ours }.count == 3)
      #expect(left.filter { $0.founded == theirs }.count == 20)
      #expect(left.last?.name == "guanxi-2020-01-01T00-00-00Z.backup" && left.last?.isGood == false)
      #expect(try Self.names(folder).count == 23 * 3 + 1)
    }
  }

  @Test func ofDoubtfulOnesTheNewestTwo() async throws {
    try await Self.withFolder(.sqlite) { _, folder in
      let (now, ours) = (Instant.now(), Instant(milliseconds: 1_000))
      for days in 0..<5 { try Self.pretend(now.adding(seconds: Int64(-days) * 86_400), ours, folder, .totals) }
      try Self.pretend(now.adding(seconds: -90 * 86_400), ours, folder)
      await folder.prune(ours, in: .gmt)
      let left = await folder.entries()
      #expect(left.map(\.isGood) == [false, false, true], "the last good one stays however old it is")
    }
  }

  /// Rows that were written, and when.
  private final class Written: Sendable {
    private let kept = Mutex<[(id: Int64, begun: Instant, done: Instant)]>([])
    var all: [(id: Int64, begun: Instant, done: Instant)] { kept.withLock { $0 } }
    func add(_ id: Int64, _ begun: Instant, _ done: Instant) { kept.withLock { $0.append((id, begun, done)) } }
  }

  /// What was acknowledged before the moment is in it, nothing that began after it is, and each change as a whole.
  @Test func whileManyWrite() async throws {
    try await Self.withFolder(.sqlite) { services, folder in
      let db = services.db
      try await db.write { tx in
        try tx.run("CREATE TABLE one (id INTEGER PRIMARY KEY, pad TEXT)")
        try tx.run("CREATE TABLE two (id INTEGER PRIMARY KEY, pad TEXT)")
        for table in ["one", "two"] {
          try tx.append(
            to: table, columns: ["id", "pad"],
            rows: (1...2_000).map { [.integer($0), .text(String(repeating: "x", count: 900))] })
        }
      }
      let written = Written()
      let writers = (0..<4).map { writer in
        Task {
          var number: Int64 = 0
          while !Task.isCancelled {
            number += 1
            let (id, begun) = (1_000_000 + number * 4 + Int64(writer), Instant.now())
            let place = Int64.random(in: 1...2_000)
            try await db.write { tx in
              for table in ["one", "two"] as [SQL] {
                try tx.run("INSERT INTO \(table) VALUES (\(id), 'y')")
                try tx.run(
                  "UPDATE \(table) SET pad = \("\(id)" + String(repeating: "z", count: 900)) WHERE id = \(place)")
              }
            }
            written.add(id, begun, .now())
          }
        }
      }
      let report = try await Backups(services).make(in: folder) { _, _, _ in }
      try await Task.sleep(for: .milliseconds(50))
      for writer in writers { writer.cancel() }
      for writer in writers { _ = await writer.result }
      let moment = try #require(report.moment)
      let copy = try Database.frozen(report.file)
      let (one, two, unlike) = try await copy.read { tx in
        (
          Set(try tx.values("SELECT id FROM one WHERE id > 1000000", as: Int64.self)),
          Set(try tx.values("SELECT id FROM two WHERE id > 1000000", as: Int64.self)),
          try tx.value("SELECT count(*) FROM one JOIN two USING (id) WHERE one.pad <> two.pad", as: Int.self)
        )
      }
      try await copy.close()
      let all = written.all
      #expect(all.contains { $0.done < moment } && all.contains { $0.begun > moment })
      #expect(one == two && unlike == 0)
      #expect(all.filter { $0.done < moment && !one.contains($0.id) }.map(\.id) == [])
      #expect(all.filter { $0.begun > moment && one.contains($0.id) }.map(\.id) == [])
    }
  }
}
