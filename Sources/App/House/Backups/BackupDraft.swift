import Foundation
import Store
import Web

/// A backup while it is being made: under a name that says that it is not finished.
struct BackupDraft: Sendable {
  static let ending = ".unfinished"

  let path: String
  /// Left free on the disk, so that the firm can go on working.
  var reserve: Int64 = 256 << 20
  private var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

  /// Copies a database and looks whether the copy can be relied upon. What cannot is removed again.
  func write(_ db: Database, isGentle: Bool, progress: @escaping Backup.Progress) async throws -> Backup.Report {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    remove()
    do {
      let founded: Instant? = try await db.read { tx in try tx.value("SELECT min(applied_at) FROM migration") }
      let (moment, contents) = try await copy(db, isGentle, progress)
      var report = try await Backup.look(at: path)
      (report.moment, report.contents, report.founded) = (moment, contents, founded)
      report.doubt = contents.map { $0.totalsDiffer ? .totals : nil } ?? .notRestored
      return report
    } catch {
      remove()
      throw error
    }
  }

  private func copy(
    _ db: Database, _ isGentle: Bool, _ progress: @escaping Backup.Progress
  ) async throws -> (Instant, Backup.Contents?) {
    guard let file = db.file else {
      guard case .postgres(let uri, let schema) = db.url else { throw StoreError.url("\(db.url)") }
      try await progress(.copying, 0, 0)
      let moment = try await PostgresBackup(uri: uri).create(path, of: schema, on: db)
      try await progress(.checking, 0, 0)
      try await PostgresBackup.readThrough(path)
      return (moment, nil)
    }
    try requireRoom(for: Checkup.size(of: file.path) + Checkup.size(of: file.path + "-wal"))
    let moment = try await file.copy(to: path, isGentle: isGentle) { done, total in
      try requireRoom(for: 0)
      try await progress(.copying, done, total)
    }
    try await progress(.checking, 0, 0)
    return (moment, try await SQLiteBackup.prove(path))
  }

  /// - Throws: ``Refusal`` when too little would be left for everything else.
  private func requireRoom(for bytes: Int64) throws {
    guard let free = FreeSpace.bytes(at: folder), free < bytes + reserve else { return }
    let (needed, left) = (Checkup.megabytes(bytes + reserve).en, Checkup.megabytes(free).en)
    throw Refusal(
      "\(folder) 只剩 \(left)，备份需要 \(needed)（含留给日常使用的空间）",
      "\(folder) has \(left) free, and a backup needs \(needed) with what must be left for daily work")
  }

  /// Gives it the name of a finished one, with its digest beside it.
  /// - Parameter describes: whether what it holds is written beside it too.
  func keep(as file: String, _ report: Backup.Report, describes: Bool = false) throws -> Backup.Report {
    var report = report
    report.file = file
    do {
      if describes {
        try JSONEncoder().encode(report).write(to: URL(fileURLWithPath: file + ".json"), options: .atomic)
      }
      let line = "\(report.sha256)  \(URL(fileURLWithPath: file).lastPathComponent)\n"
      try line.write(toFile: file + ".sha256", atomically: true, encoding: .utf8)
      try FileManager.default.moveItem(atPath: path, toPath: file)
      try SQLiteFile.settle(folder)
    } catch {
      remove()
      throw error
    }
    return report
  }

  private func remove() { try? FileManager.default.removeItem(atPath: path) }
}
