import Foundation
import Store
import TestKit
import Testing

@testable import App

@Suite struct BackupTests {
  /// A small firm in a database of its own, closed again, and a folder to put backups in.
  private static func withFirm(
    _ engine: EngineKind, _ body: (DatabaseURL, TemporaryFolder) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try await withDatabaseURL(engine) { url in
      try await House.visit(url) { services in
        let today = try #require(Day("2026-11-22"))
        _ = try await Demo(customers: 40, orders: 300, today: today).write(to: services)
      }
      try await body(url, folder)
    }
  }

  private static func count(_ url: DatabaseURL) async throws -> Int {
    try await House.visit(url) { services in
      try await services.db.read { tx in try tx.value("SELECT count(*) FROM sales_order") ?? 0 }
    }
  }

  private static func removeOrders(_ url: DatabaseURL) async throws {
    try await House.visit(url) { services in
      try await services.db.write { tx in
        try tx.run("DELETE FROM sales_order")
        try Totals.recountAll(in: tx)
      }
    }
  }

  @Test(arguments: EngineKind.available) func thereAndBack(_ engine: EngineKind) async throws {
    try await Self.withFirm(engine) { url, folder in
      let file = folder.file("firm.backup")
      let made = try await Backup.create(file, of: url)
      let digest = try String(contentsOfFile: file + ".sha256", encoding: .utf8)
      #expect(digest == "\(made.sha256)  firm.backup\n")

      let proven = try await Backup.verify(file, on: url)
      #expect(proven.sha256 == made.sha256)
      #expect(proven.contents?.rows["customer"] == 40)
      #expect(proven.contents?.rows["sales_order"] == 300)
      #expect(proven.contents?.version == Features.migrations.map(\.number).max())

      try await Self.removeOrders(url)
      await #expect(throws: Refusal.self) {
        try await Backup.restore(file, to: url, replacing: false)
      }
      #expect(try await Self.count(url) == 0)
      let restored = try await Backup.restore(file, to: url, replacing: true)
      #expect(try await Self.count(url) == 300)
      try await Self.checkFormer(restored, of: url)
    }
  }

  /// What was replaced is still there.
  private static func checkFormer(_ restored: Backup.Restored, of url: DatabaseURL) async throws {
    let former = try #require(restored.former)
    switch url {
    case .sqlite: #expect(try await count(.sqlite(path: former)) == 0)
    case .postgres(let uri, _):
      #expect(try await count(.postgres(uri: uri, schema: former)) == 0)
      try await Tool.run("psql", ["--quiet", "--dbname=\(uri)", "--command=DROP SCHEMA \(former) CASCADE"])
    }
  }

  /// What was revoked after the backup was made must not come back with it.
  @Test(arguments: EngineKind.available) func restoringLetsNobodyIn(_ engine: EngineKind) async throws {
    try await withDatabaseURL(engine) { url in
      let folder = try TemporaryFolder()
      defer { folder.remove() }
      let file = folder.file("firm.backup")
      let (cookie, token, link) = try await House.visit(url) { services in
        let office = Office(services: services, clock: .init())
        let boss = try await office.hire("boss", isAdministrator: true)
        let token = try await office.accounts.issueToken(for: boss, name: "webshop")
        let link = try await office.accounts.invite(email: "new@example.cn", by: boss.id)
        let cookie = try #require(try await office.signIn("boss"))
        for (key, isBearer) in [(cookie, false), (token, true)] {
          #expect(try await office.caller(key, isBearer: isBearer) != nil)
        }
        return (cookie, token, link)
      }
      _ = try await Backup.create(file, of: url)
      let restored = try await Backup.restore(file, to: url, replacing: true)
      #expect(restored.sentence(.en).contains("revoked") && restored.sentence(.zh).contains("作废"))
      try await House.visit(url) { services in
        let office = Office(services: services, clock: .init())
        for (key, isBearer) in [(cookie, false), (token, true)] {
          #expect(try await office.caller(key, isBearer: isBearer) == nil)
        }
        let found = try await services.db.read { tx in try Invitation.open(key: link.key, at: .now(), in: tx) }
        #expect(found == nil)
        #expect(try await office.signIn("boss") != nil, "the password is as it was")
      }
      if case .postgres(let uri, _) = url, let former = restored.former {
        try await Tool.run("psql", ["--quiet", "--dbname=\(uri)", "--command=DROP SCHEMA \(former) CASCADE"])
      }
      #expect(Self.leftovers(url) == [])
    }
  }

  /// What a restore left beside a database, but for the former one.
  private static func leftovers(_ url: DatabaseURL) -> [String] {
    guard case .sqlite(let path) = url else { return [] }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !$0.hasPrefix("guanxi.db.before.") && $0 != "guanxi.db" && $0 != "guanxi.db.lock" }.sorted()
  }

  /// The file that a link leads to is replaced, and the link stays one.
  @Test func restoringByALink() async throws {
    try await Self.withFirm(.sqlite) { url, folder in
      guard case .sqlite(let path) = url else { return }
      let (file, link) = (folder.file("firm.backup"), folder.file("link.db"))
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
      _ = try await Backup.create(file, of: .sqlite(path: link))
      try await Self.removeOrders(url)
      _ = try await Backup.restore(file, to: .sqlite(path: link), replacing: true)
      #expect(try await Self.count(url) == 300)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
    }
  }

  @Test func nothingIsOverwritten() async throws {
    try await Self.withFirm(.sqlite) { url, folder in
      let file = folder.file("firm.backup")
      try Data("precious".utf8).write(to: URL(fileURLWithPath: file))
      await #expect(throws: Refusal.self) { try await Backup.create(file, of: url) }
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "precious")
    }
  }

  @Test func damageIsFound() async throws {
    try await Self.withFirm(.sqlite) { url, folder in
      let file = folder.file("firm.backup")
      _ = try await Backup.create(file, of: url)
      let whole = try Data(contentsOf: URL(fileURLWithPath: file))

      var damaged = whole
      for offset in stride(from: whole.count / 3, to: whole.count / 3 + 8192, by: 1) {
        damaged[offset] ^= 0x5A
      }
      try damaged.write(to: URL(fileURLWithPath: file))
      await #expect(throws: Refusal.self) { try await Backup.verify(file, on: url) }

      // Without the digest it is the pages that tell.
      try FileManager.default.removeItem(atPath: file + ".sha256")
      await #expect(throws: (any Error).self) { try await Backup.verify(file, on: url) }
      try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: file))
      await #expect(throws: (any Error).self) { try await Backup.verify(file, on: url) }
      try Data("no backup at all".utf8).write(to: URL(fileURLWithPath: file))
      await #expect(throws: Refusal.self) { try await Backup.verify(file, on: url) }
      #expect(try await Self.count(url) == 300)
    }
  }

  @Test func totalsThatDriftedAreFound() async throws {
    try await Self.withFirm(.sqlite) { url, folder in
      let file = folder.file("firm.backup")
      try await House.visit(url) { services in
        try await services.db.write { tx in
          try tx.run("UPDATE customer_total SET amount = amount + 1 WHERE customer_id = (SELECT min(id) FROM customer)")
        }
      }
      _ = try await Backup.create(file, of: url)
      await #expect(throws: Refusal.self) { try await Backup.verify(file, on: url) }
    }
  }

  @Test func aServedDatabaseIsNotReplaced() async throws {
    try await Self.withFirm(.sqlite) { url, folder in
      let file = folder.file("firm.backup")
      _ = try await Backup.create(file, of: url)
      try await House.visit(url) { _ in
        await #expect(throws: StoreError.self) { try await Backup.restore(file, to: url, replacing: true) }
      }
      #expect(try await Self.count(url) == 300)
    }
  }
}
