import Foundation
import Store

/// Backups of a SQLite file: copies of it.
enum SQLiteBackup {
  /// Looks through a backup, which stays as it is.
  static func prove(_ file: String) async throws -> Backup.Contents {
    let check = try await SQLiteFile.checkFrozen(file)
    guard check.damaged.isEmpty else {
      let found = Checkup.finding(check).detail
      throw Refusal("\(file)：\(found.zh)", "\(file): \(found.en)")
    }
    let frozen = try Database.frozen(file)
    do {
      let isCurrent = try await Backup.Contents.version(of: frozen) == Features.newest
      let contents = isCurrent ? try await look(through: frozen) : nil
      try await frozen.close()
      if let contents { return contents }
    } catch {
      try? await frozen.close()
      throw error
    }
    // An older one must become usable for this program.
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let copy = folder.file("guanxi.db")
    try await BackgroundThread.run { _ in try FileManager.default.copyItem(atPath: file, toPath: copy) }
    return try await Backup.with(.sqlite(path: copy)) { try await Backup.Contents(of: $0) }
  }

  private static func look(through frozen: Database) async throws -> Backup.Contents {
    try await withTaskCancellationHandler {
      try await Backup.Contents(of: frozen)
    } onCancel: {
      frozen.interrupt()
    }
  }

  static func restore(_ file: String, to path: String, replacing: Bool) async throws -> String? {
    let files = FileManager.default
    let isThere = files.fileExists(atPath: path)
    guard replacing || !isThere else { throw Backup.notEmpty(path) }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    if isThere { try Database.exclusively(path) { _ in } }
    let incoming = path + ".incoming"
    let parts = ["", "-wal", "-shm", ".lock"].map { incoming + $0 }
    func clear() { for part in parts { try? files.removeItem(atPath: part) } }
    clear()
    defer { clear() }
    try await BackgroundThread.run { _ in try FileManager.default.copyItem(atPath: file, toPath: incoming) }
    try await Backup.with(.sqlite(path: incoming), Backup.prepare)
    guard isThere else {
      try files.moveItem(atPath: incoming, toPath: path)
      return nil
    }
    return try Database.exclusively(path) { path in
      let former = free(Backup.former(path, "."))
      for part in ["", "-wal", "-shm"] where files.fileExists(atPath: path + part) {
        try files.moveItem(atPath: path + part, toPath: former + part)
      }
      try files.moveItem(atPath: incoming, toPath: path)
      return former
    }
  }

  /// A name that is not taken yet.
  private static func free(_ path: String) -> String {
    var (name, number) = (path, 1)
    while FileManager.default.fileExists(atPath: name) {
      number += 1
      name = "\(path)-\(number)"
    }
    return name
  }
}
