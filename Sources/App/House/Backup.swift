import Foundation
import Store
import Web

/// Copies of the whole database, and the proof that they can be used.
public enum Backup {
  /// A backup that was made or looked through.
  public struct Report: Codable, Sendable {
    public let file: String
    public let bytes: Int64
    public let sha256: String
    /// What the restored copy held; nil where it could not be restored.
    public var contents: Contents?
    /// What could not be proven, and why.
    public var remark: String?
  }

  /// A file name that says when: `guanxi-2026-11-22T07-15-00Z.backup`.
  public static func name(at now: Instant = .now()) -> String {
    "guanxi-\(Instant(milliseconds: now.milliseconds / 1000 * 1000))".replacing(":", with: "-") + ".backup"
  }

  /// Writes a complete copy to a new file, checks it, and puts its digest beside it.
  public static func create(_ file: String, of database: DatabaseURL) async throws -> Report {
    guard !FileManager.default.fileExists(atPath: file) else {
      throw Refusal("\(file) 已存在，请换一个文件名", "\(file) is there already; give another name")
    }
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
    let unfinished = file + ".unfinished"
    try? FileManager.default.removeItem(atPath: unfinished)
    do {
      switch database {
      case .sqlite(let path): try await SQLiteBackup.create(unfinished, of: path)
      case .postgres(let uri, let schema):
        try await PostgresBackup(uri: uri).create(unfinished, of: schema)
      }
      try FileManager.default.moveItem(atPath: unfinished, toPath: file)
    } catch {
      try? FileManager.default.removeItem(atPath: unfinished)
      throw error
    }
    let report = try look(at: file)
    let line = "\(report.sha256)  \(URL(fileURLWithPath: file).lastPathComponent)\n"
    try line.write(toFile: file + ".sha256", atomically: true, encoding: .utf8)
    return report
  }

  /// Restores a backup to a temporary place and looks whether all is there.
  /// - Parameter database: for a backup of PostgreSQL, a server to try it on.
  public static func verify(_ file: String, on database: DatabaseURL) async throws -> Report {
    var report = try look(at: file)
    try checkDigest(report)
    if try isSQLite(file) {
      report.contents = try await SQLiteBackup.prove(file)
    } else if case .postgres(let uri, _) = database {
      report.contents = try await PostgresBackup(uri: uri).prove(file)
    } else {
      _ = try await PostgresBackup.schema(in: file)
      report.remark =
        Word(
          "只核对了目录；给出 --database postgres://… 才能真正恢复一次",
          "only its table of contents was read; give --database postgres://… to really restore it")[
          Terminal.language]
    }
    return report
  }

  /// Puts a backup in the place of a database, once it was seen to hold.
  public static func restore(_ file: String, to database: DatabaseURL, replacing: Bool) async throws
    -> Restored
  {
    _ = try await verify(file, on: database)
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

  /// Ends whatever let people and programs in when a backup was made: some of it was taken from them since, or got into
  /// other hands with the backup.
  static func endAccess(to db: Database) async throws {
    try await Migrator(Features.migrations).migrate(db, keepsCopy: false)
    try await db.write { tx in try Accounts.revokeEverything(at: .now(), in: tx) }
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

  private static func look(at file: String) throws -> Report {
    do {
      let (digest, bytes) = try Digest.sha256(ofFile: file)
      return Report(file: file, bytes: bytes, sha256: digest)
    } catch { throw Refusal("无法读取 \(file)", "\(file) cannot be read") }
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
}
