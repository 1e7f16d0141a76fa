import Foundation
import Store
import Web

/// Looks whether the product is in good health, and says what to do where it is not.
public struct Checkup: Sendable {
  let config: Config
  /// Totals that are wrong are counted anew.
  let mends: Bool

  /// Of the server that has the database, in whose way nothing may stand for long; nil where it is opened for this.
  private let served: Database?
  var isServed: Bool { served != nil }

  public init(_ config: Config, mends: Bool = false, served: Services? = nil) {
    self.config = config
    self.mends = mends
    self.served = served?.db
  }

  /// Every finding, in the order of the looks. Never throws: what cannot be looked at is a finding too.
  public func run() async -> [Finding] {
    var findings = [assets(), descriptors(), await disk()].compactMap { $0 } + (await ports())
    if case .sqlite(let path) = config.database, !FileManager.default.fileExists(atPath: path) {
      return findings + [Self.nothingYet]
    }
    let db: Database
    do { db = try served ?? Database(config.database, log: House.log) } catch {
      return findings + [unreachable(error)] + (await damage(error))
    }
    findings.append(.fine("database", Self.database, Word(same: "\(config.database)")))
    let shape = await look("version", Word("版本", "Version")) { try await version(of: db) }
    findings.append(shape)
    findings += await engine(of: db)
    if shape.isFine { findings += await contents(of: db) }
    if !isServed { try? await db.close() }
    return findings
  }

  static let database = Word("数据库", "Database")

  private func unreachable(_ error: any Error) -> Finding {
    if case StoreError.locked(_, let holder) = error {
      return .wrong(
        "lock", Self.database,
        Word("正由\(StoreWords.process(holder).zh)使用", "in use by \(StoreWords.process(holder).en)"),
        advice: Word(
          "用启动服务的那个用户、按同一路径运行，才能由服务代为检查；或停止它后再检查",
          "run this as the user and by the path the server was started with, which then has it looked at; or stop it"))
    }
    return .wrong(
      "database", Self.database, Word(same: Terminal.sentence(for: error)),
      advice: Word("检查地址、权限，以及数据库服务是否在运行", "check the address, the rights, and that the server runs"))
  }

  /// How much of a file that cannot be opened is damaged.
  private func damage(_ error: any Error) async -> [Finding] {
    guard case StoreError.damaged = error, case .sqlite(let path) = config.database,
      let check = try? await SQLiteFile.check(path), check.carriesSums
    else { return [] }
    return [Self.finding(check)]
  }

  private static let nothingYet = Finding.wrong(
    "database", database, Word("这里还没有数据", "there is no data here yet"),
    advice: Word("用 guanxi serve 或 guanxi demo 建立", "make it by guanxi serve or guanxi demo"))

  /// A look that may fail itself.
  func look(_ name: String, _ title: Word, _ body: () async throws -> Finding) async -> Finding {
    do { return try await body() } catch {
      var advice = Word("从备份恢复：guanxi backup restore", "restore a backup: guanxi backup restore")
      if case StoreError.full = error { advice = Word("腾出磁盘空间后再检查", "make room on the disk, then look again") }
      return .wrong(name, title, Word(same: Terminal.sentence(for: error)), advice: advice)
    }
  }

  private func version(of db: Database) async throws -> Finding {
    let title = Word("版本", "Version")
    let known = Features.migrations.map(\.number).max() ?? 0
    guard try await Self.hasTable("migration", db) else {
      return Self.nothingYet
    }
    let found: Int = try await db.read { tx in try tx.value("SELECT max(number) FROM migration") ?? 0 }
    if found == known { return .fine("version", title, Word(same: "\(found)")) }
    guard found < known else {
      return .wrong(
        "version", title, Word("\(found)，本程序只认识到 \(known)", "\(found); this program knows \(known)"),
        advice: Word("请升级程序", "use the newer program"))
    }
    return .wrong(
      "version", title, Word("\(found)，本程序需要 \(known)", "\(found); this program wants \(known)"),
      advice: Word("下次启动会自动升级", "the next start brings it up"))
  }

  private static func hasTable(_ name: String, _ db: Database) async throws -> Bool {
    try await db.read { tx in
      switch tx.engine {
      case .sqlite: try tx.exists("SELECT 1 FROM sqlite_master WHERE name = \(name)")
      case .postgres:
        try tx.exists("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = \(name)")
      }
    }
  }

  private func assets() -> Finding {
    let title = Word("网页资源", "Assets")
    let missing = ["app.css", "app.js", "icons.svg", "htmx.min.js", "echarts.min.js"].filter {
      !Assets.shared.names.contains($0)
    }
    guard missing.isEmpty else {
      return .wrong(
        "assets", title, Word(same: missing.joined(separator: ", ")),
        advice: Word("重新编译程序", "build the program anew"))
    }
    return .fine("assets", title, Word(same: "\(Assets.shared.names.count)"))
  }
}
