import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct BackupScheduleTests {
  private static let zone = TimeZone(identifier: "Asia/Shanghai") ?? .gmt

  @Test(arguments: [
    (2, "2026-11-22T01:59", "2026-11-21T02:00"), (2, "2026-11-22T02:00", "2026-11-22T02:00"),
    (2, "2026-11-22T23:00", "2026-11-22T02:00"), (0, "2026-11-22T00:00", "2026-11-22T00:00"),
    (23, "2026-01-01T22:00", "2025-12-31T23:00"),
  ])
  func theLastTimeThatOneWasDue(_ hour: Int, _ now: String, _ slot: String) throws {
    let found = BackupSchedule(hour: hour).slot(at: try #require(Instant("\(now):00+08:00")), in: Self.zone)
    #expect(found == Instant("\(slot):00+08:00"))
  }

  @Test func neverWhenItIsOff() { #expect(BackupSchedule(hour: nil).slot(at: .now(), in: .gmt) == nil) }

  /// An office whose database was made so many hours ago.
  private static func withOffice(
    _ engine: EngineKind, founded hours: Int64, _ body: (Office, BackupFolder) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try await withDatabase(engine, migrations: Features.migrations) { db in
      let clock = Office.Clock()
      let backups = BackupFolder(folder.file("backups"))
      let services = Services(db: db, clock: { clock.now }, backups: backups)
      let founded = clock.now.adding(seconds: -hours * 3_600)
      try await db.write { tx in try tx.run("UPDATE migration SET applied_at = \(founded)") }
      try await body(Office(services: services, clock: clock), backups)
    }
  }

  private static func jobs(_ office: Office) async throws -> Int {
    try await office.db.read { tx in
      try tx.value("SELECT count(*) FROM job WHERE kind = 'backup' AND cancelled_at IS NULL") ?? 0
    }
  }

  @Test(arguments: EngineKind.available) func aFirmOfTodayWaitsForItsNight(_ engine: EngineKind) async throws {
    try await Self.withOffice(engine, founded: 1) { office, _ in
      let backups = Backups(office.services)
      try await backups.beginIfDue()
      expectEqual(try await Self.jobs(office), 0)
      office.clock.move(seconds: 86_400)
      try await backups.beginIfDue()
      expectEqual(try await Self.jobs(office), 1)
    }
  }

  /// However many servers look, and however often.
  @Test(arguments: EngineKind.available) func oneANight(_ engine: EngineKind) async throws {
    try await Self.withOffice(engine, founded: 100) { office, _ in
      for night in 1...3 {
        await withTaskGroup(of: Void.self) { group in
          for _ in 0..<8 { group.addTask { try? await Backups(office.services).beginIfDue() } }
        }
        try await Backups(office.services).beginIfDue()
        expectEqual(try await Self.jobs(office), night)
        try await office.db.write { [now = office.clock.now] tx in
          try tx.run("UPDATE job SET finished_at = \(now) WHERE kind = 'backup'")
        }
        office.clock.move(seconds: 86_400)
      }
    }
  }

  /// Nights on which nobody served are made up for by one; one made meanwhile by hand stands for it.
  @Test func whatWasMissed() async throws {
    try await Self.withOffice(.sqlite, founded: 1_000) { office, _ in
      let backups = Backups(office.services)
      try await backups.beginIfDue()
      office.clock.move(seconds: 10 * 86_400)
      try await office.db.write { tx in try tx.run("UPDATE job SET finished_at = 1") }
      try await backups.beginIfDue()
      expectEqual(try await Self.jobs(office), 2)
      office.clock.move(seconds: 86_400)
      let now = office.clock.now
      try await office.db.write { tx in
        try tx.run("UPDATE job SET finished_at = 1")
        try BackupState(lastGood: now).save(at: now, in: tx)
      }
      try await backups.beginIfDue()
      expectEqual(try await Self.jobs(office), 2)
    }
  }

  @Test func offMeansNone() async throws {
    try await Self.withOffice(.sqlite, founded: 1_000) { office, folder in
      let now = office.clock.now
      try await office.db.write { tx in try BackupSchedule(hour: nil).save(at: now, by: nil, in: tx) }
      try await Backups(office.services).beginIfDue()
      expectEqual(try await Self.jobs(office), 0)
      let status = try await BackupStatus.find(office.db, folder)
      #expect(!status.isScheduled && status.isOld(at: now))
    }
  }

  /// The queue makes it, and a job whose process died is done anew from the start.
  @Test(arguments: EngineKind.available) func madeByTheQueue(_ engine: EngineKind) async throws {
    try await Self.withOffice(engine, founded: 1_000) { office, folder in
      let services = Services(db: office.db, backups: folder)
      try await services.db.write { tx in
        try Backups(services).begin(in: tx)
        try Backups(services).begin(in: tx)
        try tx.run("UPDATE job SET claimed_by = 'dead-1', claimed_until = 1, attempts = 1")
      }
      try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: "\(folder.path)/guanxi-2026-11-22T07-15-00Z.backup.unfinished"))
      let worker = JobWorker(
        db: services.db, queue: services.jobs, handlers: Features.jobs(services), pause: .milliseconds(50))
      let working = Task { await worker.run() }
      for _ in 0..<600 {
        if try await services.db.read({ tx in try tx.ask(Backups.open) }) == nil { break }
        try await Task.sleep(for: .milliseconds(50))
      }
      working.cancel()
      await working.value
      #expect(await folder.entries().map(\.isGood) == [true])
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.count == 3)
    }
  }

  @Test func whatASmallFirmIsToldAndWhen() {
    let day: Int64 = 86_400
    let now = Instant(milliseconds: 1_800_000_000_000)
    func status(_ last: Int64?, founded: Int64, isScheduled: Bool = true) -> BackupStatus {
      BackupStatus(
        lastGood: last.map { now.adding(seconds: -$0) }, founded: now.adding(seconds: -founded),
        isScheduled: isScheduled)
    }
    #expect(!status(nil, founded: 25 * 3_600).isOld(at: now))
    #expect(status(nil, founded: 27 * 3_600).isOld(at: now))
    #expect(!status(26 * 3_600, founded: 100 * day).isOld(at: now))
    #expect(status(26 * 3_600 + 1, founded: 100 * day).isOld(at: now))
    #expect(BackupStatus(isScheduled: true).isOld(at: now) == false)
    // A clock that stood ahead.
    #expect(status(-3_600, founded: day).age(at: now) == 0)
  }
}
