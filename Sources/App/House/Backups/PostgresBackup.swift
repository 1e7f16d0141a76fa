import Foundation
import Store

/// Backups of a PostgreSQL schema by PostgreSQL's own programs.
struct PostgresBackup {
  /// Without its password, which the programs get by their environment: arguments are for all to see.
  private let uri: String
  private let password: String?

  init(uri: String) {
    if let secret = uri.firstMatch(of: /(\/\/[^:@\/]*):([^@\/]*)@/) {
      self.uri = uri.replacing(secret.0, with: "\(secret.1)@")
      password = String(secret.2).removingPercentEncoding
    } else {
      self.uri = uri
      password = nil
    }
  }

  private var secrets: [String: String] { password.map { ["PGPASSWORD": $0] } ?? [:] }

  private func run(_ program: String, _ arguments: [String]) async throws -> String {
    try await Tool.run(program, arguments, environment: secrets)
  }

  /// - Parameter db: whose state is taken at a moment, and held for as long as it is written out.
  /// - Returns: that moment.
  func create(_ file: String, of schema: String, on db: Database) async throws -> Instant {
    let stop = BackgroundThread.Stop()
    let (uri, environment) = (uri, secrets.merging(["PGTARGETSESSIONATTRS": "read-write"]) { $1 })
    return try await withTaskCancellationHandler {
      try await db.read { tx in
        let moment = Instant.now()
        guard let snapshot: String = try tx.value("SELECT pg_export_snapshot()") else { throw StoreError.busy }
        let arguments = [
          "--format=custom", "--no-owner", "--schema=\(schema)", "--snapshot=\(snapshot)", "--file=\(file)",
          "--dbname=\(uri)",
        ]
        try Tool.runNow("pg_dump", arguments, environment: environment, stop: stop)
        return moment
      }
    } onCancel: {
      stop.set()
    }
  }

  /// Every byte of a backup is read and unpacked; nothing is restored.
  static func readThrough(_ file: String) async throws {
    _ = try await schema(in: file)
    try await Tool.run("pg_restore", ["--no-owner", "--file=/dev/null", file])
  }

  /// Restores into a database of its own, which is dropped again.
  func prove(_ file: String) async throws -> Backup.Contents {
    let schema = try await Self.schema(in: file)
    let name = "guanxi_verify_\(Instant.now().milliseconds)"
    _ = try await run("createdb", ["--maintenance-db=\(uri)", name])
    do {
      let scratch = self.named(name)
      _ = try await run("pg_restore", ["--no-owner", "--exit-on-error", "--dbname=\(scratch)", file])
      let contents = try await with(scratch, schema) { try await Backup.Contents(of: $0) }
      _ = try await run("dropdb", ["--maintenance-db=\(uri)", name])
      return contents
    } catch {
      _ = try? await run("dropdb", ["--maintenance-db=\(uri)", name])
      throw error
    }
  }

  /// - Parameter uri: without the password.
  private func with<Result>(
    _ uri: String, _ schema: String, _ work: (Database) async throws -> Result
  ) async throws -> Result {
    let full = password.map { uri.replacing("@", with: ":\(Self.escaped($0))@", maxReplacements: 1) } ?? uri
    return try await Backup.with(.postgres(uri: full, schema: schema), work)
  }

  func restore(_ file: String, to schema: String, replacing: Bool) async throws -> String? {
    let saved = try await Self.schema(in: file)
    guard saved == schema else {
      throw Refusal(
        "备份的模式名是 \(saved)：请用 ?schema=\(saved)",
        "the backup is of the schema \(saved): restore it to ?schema=\(saved)")
    }
    let isThere = try await ask("SELECT 1 FROM pg_namespace WHERE nspname = '\(schema)'") == "1"
    guard replacing || !isThere else { throw Backup.notEmpty(schema) }
    let former = isThere ? Backup.former(schema, "_") : nil
    if let former { _ = try await ask("ALTER SCHEMA \"\(schema)\" RENAME TO \"\(former)\"") }
    do {
      _ = try await run(
        "pg_restore", ["--no-owner", "--exit-on-error", "--single-transaction", "--dbname=\(uri)", file])
      try await with(uri, schema, Backup.prepare)
    } catch {
      _ = try? await ask("DROP SCHEMA IF EXISTS \"\(schema)\" CASCADE")
      if let former { _ = try? await ask("ALTER SCHEMA \"\(former)\" RENAME TO \"\(schema)\"") }
      throw error
    }
    return former
  }

  /// The schema a backup holds, from its table of contents.
  /// - Throws: ``Tool/Failure`` when it cannot be read.
  static func schema(in file: String) async throws -> String {
    let list = try await Tool.run("pg_restore", ["--list", file])
    guard let name = list.firstMatch(of: /SCHEMA - ([a-z_][a-z0-9_]*)/)?.1 else {
      throw Refusal("\(file) 里没有一个完整的模式", "\(file) does not hold a whole schema")
    }
    return String(name)
  }

  private func ask(_ sql: String) async throws -> String {
    try await run(
      "psql",
      [
        "--no-psqlrc", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--dbname=\(uri)",
        "--command=\(sql)",
      ]
    )
    .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The same server, another database.
  private func named(_ database: String) -> String {
    uri.replacing(/^([a-z]+:\/\/[^\/?]*)(\/[^?]*)?/) { "\($0.1)/\(database)" }
  }

  private static func escaped(_ password: String) -> String {
    password.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? password
  }
}
