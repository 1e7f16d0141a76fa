import Foundation
import Store
import Web

/// Copies of the whole database, and the proof that they can be used.
public enum Backup {
  /// A backup that was made or looked through.
  public struct Report: Codable, Sendable {
    public var file: String
    public let bytes: Int64
    public let sha256: String
    /// Whose state it holds: what was written before is in it, and nothing that came later. Nil where it is not known.
    public var moment: Instant?
    /// What the restored copy held; nil where it was not restored.
    public var contents: Contents?
    /// What could not be proven.
    public var doubt: Doubt?
    /// When its database was made, which tells it from those of other firms.
    var founded: Instant?

    /// Whether it can be relied upon.
    var isGood: Bool { doubt != .totals }
  }

  public enum Doubt: String, Codable, Sendable {
    /// It was read to its end, but not restored.
    case notRestored
    /// The totals in it are not those of its orders. They can be counted anew.
    case totals
  }

  enum Stage: String, Codable, Sendable { case copying, checking }

  /// Told how much of the copy is done, in bytes where that is known; what it throws ends the work.
  typealias Progress = @Sendable (_ stage: Stage, _ done: Int64, _ total: Int64) async throws -> Void

  /// A file name that says when: `guanxi-2026-11-22T07-15-00Z.backup`.
  public static func name(at moment: Instant = .now()) -> String {
    "guanxi-\(Instant(milliseconds: moment.milliseconds / 1000 * 1000))".replacing(":", with: "-") + ".backup"
  }

  /// Writes a complete copy to a new file, checks it, and puts its digest beside it.
  public static func create(_ file: String, of database: DatabaseURL) async throws -> Report {
    try await with(database) { try await create(file, of: $0) }
  }

  /// - Parameters:
  ///   - file: nil for one in the folder that is set for backups.
  ///   - served: of the server that has the database; nil where it is opened for this.
  ///   - progress: told megabytes done and in all.
  public static func create(
    _ file: String?, _ config: Config, served: Services? = nil,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> Report {
    let tell: Progress = { _, done, total in if total > 0 { progress(Int(done >> 20), Int(total >> 20)) } }
    guard let served else {
      return try await with(config.database) { try await create(file, config, of: $0, isGentle: false, tell) }
    }
    if file == nil, let folder = served.backups { return try await Backups(served).make(in: folder, progress: tell) }
    return try await create(file, config, of: served.db, isGentle: true, tell)
  }

  private static func create(
    _ file: String?, _ config: Config, of db: Database, isGentle: Bool, _ progress: @escaping Progress
  ) async throws -> Report {
    if let file { return try await create(file, of: db, isGentle: isGentle, progress: progress) }
    guard let folder = config.backups else { throw Refusal(BackupWords.noFolder.zh, BackupWords.noFolder.en) }
    return try await BackupFolder(folder).make(of: db, isGentle: isGentle, progress: progress)
  }

  static func create(
    _ file: String, of db: Database, isGentle: Bool = false, progress: @escaping Progress = { _, _, _ in }
  ) async throws -> Report {
    guard !FileManager.default.fileExists(atPath: file) else {
      throw Refusal("\(file) 已存在，请换一个文件名", "\(file) is there already; give another name")
    }
    let draft = BackupDraft(path: file + BackupDraft.ending)
    let report = try await draft.write(db, isGentle: isGentle, progress: progress)
    return try draft.keep(as: file, report)
  }

  /// Restores a backup to a temporary place and looks whether all is there.
  /// - Parameters:
  ///   - database: for a backup of PostgreSQL, a server to try it on.
  ///   - forgives: whether totals may be wrong, which can be counted anew.
  public static func verify(_ file: String, on database: DatabaseURL, forgives: Bool = false) async throws -> Report {
    var report = try await look(at: file)
    try checkDigest(report)
    if try isSQLite(file) {
      report.contents = try await SQLiteBackup.prove(file)
    } else if case .postgres(let uri, _) = database {
      report.contents = try await PostgresBackup(uri: uri).prove(file)
    } else {
      _ = try await PostgresBackup.schema(in: file)
      report.doubt = .notRestored
    }
    if report.contents?.totalsDiffer ?? false {
      guard forgives else { throw Refusal("备份中的累计值与订单不符", "the totals in the backup are not those of its orders") }
      report.doubt = .totals
    }
    return report
  }

  /// Puts a backup in the place of a database, once it was seen to hold.
  public static func restore(_ file: String, to database: DatabaseURL, replacing: Bool) async throws
    -> Restored
  {
    _ = try await verify(file, on: database, forgives: true)
    switch (database, try isSQLite(file)) {
    case (.sqlite(let path), true):
      let former = try await SQLiteBackup.restore(file, to: path, replacing: replacing)
      return Restored(database: database.description, former: former)
    case (.postgres(let uri, let schema), false):
      let former = try await PostgresBackup(uri: uri).restore(file, to: schema, replacing: replacing)
      return Restored(database: database.description, former: former)
    default:
      throw Refusal(
        "备份与目标数据库不是同一种：SQLite 的备份恢复到 sqlite:，PostgreSQL 的恢复到 postgres://",
        "the backup is of another kind than the database: SQLite's goes to sqlite:, PostgreSQL's to postgres://"
      )
    }
  }

  /// Makes a restored database fit for use: ends whatever let people and programs in when the backup was made, as some of
  /// it was taken from them since, or got into other hands with the backup; and counts totals anew that are wrong.
  static func prepare(_ db: Database) async throws {
    try await Migrator(Features.migrations).migrate(db, keepsCopy: false)
    try await db.write { tx in
      try Accounts.revokeEverything(at: .now(), in: tx)
      if try Contents.totalsDiffer(in: tx) { try Totals.recountAll(in: tx) }
    }
  }

  /// What the former database is called from now on.
  static func former(_ name: String, _ separator: String) -> String {
    let stamp = "\(Instant.now())".prefix(19).filter { $0 != "-" && $0 != ":" }
    return "\(name)\(separator)before\(separator)\(stamp.lowercased())"
  }

  static func notEmpty(_ place: String) -> Refusal {
    Refusal(
      "\(place) 已有数据；加 --replace 覆盖，原来的数据会保留在旁边",
      "\(place) holds data already; --replace puts the backup there and keeps the former data beside it")
  }

  static func look(at file: String) async throws -> Report {
    try await BackgroundThread.run { stop in
      do {
        let (digest, bytes) = try Digest.sha256(ofFile: file) { try stop.check() }
        return Report(file: file, bytes: bytes, sha256: digest)
      } catch let error as CancellationError { throw error } catch {
        throw Refusal("无法读取 \(file)", "\(file) cannot be read")
      }
    }
  }

  /// - Throws: ``Refusal`` when the file is not what was written, as far as its digest is beside it.
  private static func checkDigest(_ report: Report) throws {
    guard let line = try? String(contentsOfFile: report.file + ".sha256", encoding: .utf8) else { return }
    guard line.hasPrefix(report.sha256) else {
      throw Refusal(
        "\(report.file) 与它的校验值不符：文件已损坏或被改动",
        "\(report.file) does not have the digest written beside it: it is damaged or was changed")
    }
  }

  private static func isSQLite(_ file: String) throws -> Bool {
    let head = try FileHandle(forReadingFrom: URL(fileURLWithPath: file)).read(upToCount: 16) ?? Data()
    if head.starts(with: Data("SQLite format 3".utf8)) { return true }
    if head.starts(with: Data("PGDMP".utf8)) { return false }
    throw Refusal("\(file) 不是备份文件", "\(file) is not a backup")
  }

  /// Opens a database as it is, without bringing it to another shape.
  static func with<Result>(_ url: DatabaseURL, _ work: (Database) async throws -> Result) async throws -> Result {
    if case .sqlite(let path) = url, !FileManager.default.fileExists(atPath: path) {
      throw Refusal("\(path) 不存在", "there is no database \(path)")
    }
    let db = try Database(url, log: House.log)
    do {
      let result = try await work(db)
      try await db.close()
      return result
    } catch {
      try? await db.close()
      throw error
    }
  }
}
