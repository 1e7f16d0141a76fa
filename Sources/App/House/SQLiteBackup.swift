import Foundation
import Store

/// Backups of a SQLite file: a copy of it.
enum SQLiteBackup {
  static func create(_ file: String, of path: String) async throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Refusal("\(path) 不存在", "there is no database \(path)")
    }
    try await with(path) { db in _ = try await db.file?.copy(to: file) }
    try await with(inPlaceOf: file) { db in try await Backup.Contents.checkPages(of: db) }
  }

  static func prove(_ file: String) async throws -> Backup.Contents {
    try await with(inPlaceOf: file) { db in try await Backup.Contents(of: db) }
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
    try files.copyItem(atPath: file, toPath: incoming)
    try await with(incoming, Backup.endAccess)
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

  /// Works on a copy, so that the backup itself stays as it is.
  private static func with<Result>(
    inPlaceOf file: String, _ work: (Database) async throws -> Result
  ) async throws -> Result {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let copy = folder.file("guanxi.db")
    try FileManager.default.copyItem(atPath: file, toPath: copy)
    return try await with(copy, work)
  }

  private static func with<Result>(
    _ path: String, _ work: (Database) async throws -> Result
  ) async throws -> Result {
    let db = try Database(.sqlite(path: path), log: House.log)
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
