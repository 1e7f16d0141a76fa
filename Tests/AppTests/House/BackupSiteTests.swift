import Foundation
import Store
import TestKit
import Testing

@testable import App
@testable import Web

@Suite struct BackupSiteTests {
  private static func withSite(
    _ body: (Services, Pulse, _ boss: TestSite, _ rep: TestSite) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try await withDatabase(.sqlite, migrations: Features.migrations) { db in
      let services = Services(db: db, backups: BackupFolder(folder.file("backups")))
      let office = Office(services: services, clock: .init())
      let tokens = (
        try await office.accounts.issueToken(for: try await office.hire("boss", isAdministrator: true), name: "test"),
        try await office.accounts.issueToken(for: try await office.hire("rep"), name: "test")
      )
      let pulse = Pulse()
      let site = House.site(services, pulse)
      try await body(services, pulse, TestSite(site, token: tokens.0), TestSite(site, token: tokens.1))
    }
  }

  private static func list(_ site: TestSite) async throws -> BackupList {
    let answer = try await site.get("/api/v1/settings/backups")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(BackupList.self, from: Data(answer.body))
  }

  @Test func fromTheButtonToTheList() async throws {
    try await Self.withSite { services, _, boss, rep in
      var list = try await Self.list(boss)
      #expect(list.lines == [] && list.running == nil && list.folder == services.backups?.path && list.canChange)
      expectEqual(try await boss.send(.post, "/api/v1/settings/backups", json: "{}").status, 201)
      expectEqual(try await boss.send(.post, "/api/v1/settings/backups", json: "{}").status, 201)
      list = try await Self.list(boss)
      #expect(list.running?.isWaiting == true)
      let page = try await boss.get("/settings/backups/current").text
      #expect(page.contains("id='job'") && page.contains("every 1s"))
      let folder = try #require(services.backups)
      let report = try await Backups(services).make(in: folder) { _, _, _ in }
      list = try await Self.list(boss)
      #expect(list.lines.map(\.isGood) == [true] && list.lastGood == report.moment)

      expectEqual(try await boss.send(.delete, "/api/v1/settings/backups/current", json: "{}").status, 204)
      expectEqual(try await boss.send(.delete, "/api/v1/settings/backups/current", json: "{}").status, 404)
      for (language, words) in [("zh", "已验证"), ("en", "verified")] {
        let page = try await boss.get("/settings/backups", headers: ["Accept-Language": language]).text
        #expect(page.contains(words) && page.contains(folder.path))
      }
      // Who may not change them is told how things stand, and nothing of the machine.
      let seen = try await rep.get("/settings/backups").text
      #expect(!seen.contains(folder.path) && !seen.contains("<button class='button primary'>"))
      list = try await Self.list(rep)
      #expect(list.folder == nil && list.lines == [] && list.lastGood == report.moment)
      expectEqual(try await rep.send(.post, "/api/v1/settings/backups", json: "{}").status, 403)
    }
  }

  @Test func theSchedule() async throws {
    try await Self.withSite { services, _, boss, rep in
      expectEqual(try await Self.list(boss).schedule.hour, "2")
      for wrong in ["24", "-1", "noon", "", "2.5", "99999999999999999999"] {
        let answer = try await boss.send(.put, "/api/v1/settings/backups/schedule", json: #"{"hour":"\#(wrong)"}"#)
        #expect(answer.status == 422, "\(wrong)")
      }
      expectEqual(try await rep.send(.put, "/api/v1/settings/backups/schedule", json: #"{"hour":"3"}"#).status, 403)
      for hour in ["off", "23", "0"] {
        expectEqual(
          try await boss.send(.put, "/api/v1/settings/backups/schedule", json: #"{"hour":"\#(hour)"}"#).status, 200)
        expectEqual(try await Self.list(boss).schedule.hour, hour)
      }
      // The firm's other settings leave it alone.
      expectEqual(try await boss.send(.put, "/api/v1/settings", json: #"{"firm_name":"茶行"}"#).status, 200)
      expectEqual(try await Self.list(boss).schedule.hour, "0")
      expectEqual(try await services.db.read { tx in try tx.ask(Settings.stored).firmName }, "茶行")
    }
  }

  /// Only those who can do something about it are told, and only while backups are meant to be made.
  @Test func anOldBackupIsToldOnEveryPage() async throws {
    try await Self.withSite { services, pulse, boss, rep in
      func told(_ site: TestSite) async throws -> Bool {
        let page = try await site.get("/customers", headers: ["Accept-Language": "en"]).text
        return page.contains("/settings/backups") && page.contains("more than 26 hours old")
      }
      func beat() async {
        let beating = Task { await pulse.watchBackups(of: services.db, in: services.backups, every: .milliseconds(5)) }
        try? await Task.sleep(for: .milliseconds(300))
        beating.cancel()
        await beating.value
      }
      let now = Instant.now()
      try await services.db.write { tx in
        try tx.run("UPDATE migration SET applied_at = 1")
        try BackupState(lastGood: now.adding(seconds: -27 * 3_600)).save(at: now, in: tx)
      }
      await beat()
      #expect(try await told(boss))
      #expect(try await !told(rep))
      let metrics = try #require(Health(pulse).answer("/metrics")).text
      #expect(metrics.contains("guanxi_backup_last_success_timestamp_seconds \(now.milliseconds / 1_000 - 27 * 3_600)"))
      #expect(metrics.contains("guanxi_backup_age_seconds 972"))

      try await services.db.write { tx in try BackupSchedule(hour: nil).save(at: now, by: nil, in: tx) }
      await beat()
      #expect(try await !told(boss))
      try await services.db.write { tx in try BackupSchedule().save(at: now, by: nil, in: tx) }
      _ = try await Backups(services).make(in: try #require(services.backups)) { _, _, _ in }
      await beat()
      #expect(try await !told(boss))
    }
  }

  @Test func whatDoctorSays() async throws {
    try await withDatabaseURL(.sqlite) { url in
      guard case .sqlite(let path) = url else { return }
      let config = try Config(flags: [.database: "sqlite:\(path)", .port: "0"])
      try await House.visit(url) { _ in }
      func finding() async throws -> Finding {
        try #require(await Checkup(config).run().first { $0.name == "backups" })
      }
      #expect(try await finding().isFine)
      try await House.visit(url) { try await $0.db.write { tx in try tx.run("UPDATE migration SET applied_at = 1") } }
      #expect(try await !finding().isFine)
      _ = try await Backup.create(nil, config)
      #expect(try await finding().isFine)
      #expect(
        FileManager.default.fileExists(atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path + "/backups")
      )
    }
  }

  @Test func whereTheFolderIs() throws {
    func folder(_ value: String, _ database: String = "sqlite:/var/lib/firm/guanxi.db") throws -> String? {
      try Config(environment: ["GUANXI_DATABASE": database, "GUANXI_BACKUPS": value]).backups
    }
    #expect(try folder("") == "/var/lib/firm/backups")
    #expect(try folder("nightly") == "/var/lib/firm/nightly")
    #expect(try folder("/mnt/nas/firm") == "/mnt/nas/firm")
    #expect(try folder("off") == nil)
    #expect(try folder("nightly", "postgres://h/d")?.hasSuffix("/nightly") == true)
  }
}
