import Foundation
import Store
import TestKit
import Testing

struct SQLiteTests {
  @Test func refusesASecondOwnerOfTheFile() async throws {
    try await withDatabaseURL(.sqlite) { url in
      let db = try Database(url)
      let error = #expect(throws: StoreError.self) { try Database(url) }
      #expect("\(try #require(error))".contains("process \(ProcessInfo.processInfo.processIdentifier)"))
      guard case .sqlite(let path) = url else { return }
      #expect(try anotherProcessCanLock(path) == false)
      try await db.close()
      #expect(try anotherProcessCanLock(path))
      try await Database(url).close()
    }
  }

  /// Whoever had the file before lets go of it once, and not of what the next one has.
  @Test func letsGoOnce() async throws {
    try await withDatabaseURL(.sqlite) { url in
      guard case .sqlite(let path) = url else { return }
      var former: Database? = try Database(url)
      try await former?.close()
      let db = try Database(url)
      try await db.write { tx in try tx.run("CREATE TABLE a (id INTEGER PRIMARY KEY)") }
      former = nil
      #expect(former == nil)
      #expect(try anotherProcessCanLock(path) == false)
      #expect(throws: StoreError.self) { try Database(url) }
      try await db.write { tx in try tx.run("INSERT INTO a VALUES (1)") }
      try await db.close()
    }
  }

  private func anotherProcessCanLock(_ path: String) throws -> Bool {
    try [path, path + ".lock"].allSatisfy { file in
      let process = try Process.run(
        URL(fileURLWithPath: "/usr/bin/env"), arguments: ["flock", "--nonblock", file, "true"])
      process.waitUntilExit()
      return process.terminationStatus == 0
    }
  }

  /// Names that lead to one file: the program may not be started twice by going two ways to it.
  @Test(arguments: ["symbolic", "hard", "folder", "chain"]) func refusesASecondOwnerByAnotherName(_ way: String)
    async throws
  {
    try await withDatabaseURL(.sqlite) { url in
      guard case .sqlite(let path) = url else { return }
      let files = FileManager.default
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      var other = folder + "/other.db"
      let db = try Database(url)
      try await db.write { tx in try tx.run("CREATE TABLE a (id INTEGER PRIMARY KEY)") }
      switch way {
      case "symbolic": try files.createSymbolicLink(atPath: other, withDestinationPath: "guanxi.db")
      case "hard": try files.linkItem(atPath: path, toPath: other)
      case "folder":
        try files.createSymbolicLink(atPath: folder + "/there", withDestinationPath: folder)
        other = folder + "/there/guanxi.db"
      default:
        try files.createSymbolicLink(atPath: folder + "/one.db", withDestinationPath: path)
        try files.createSymbolicLink(atPath: other, withDestinationPath: folder + "/one.db")
      }
      let error = #expect(throws: StoreError.self) { try Database(.sqlite(path: other)) }
      guard case .locked(_, getpid()) = error else { return #expect(Bool(false), "\(String(describing: error))") }
      // The failed attempt must not have taken the locks of the first one away.
      #expect(try anotherProcessCanLock(other) == false)
      #expect(try shell("sqlite3 \(path) 'PRAGMA journal_mode = DELETE'") != "delete")
      try await db.close()

      let again = try Database(.sqlite(path: other))
      let error2 = #expect(throws: StoreError.self) { try Database(url) }
      guard case .locked = error2 else { return #expect(Bool(false), "\(String(describing: error2))") }
      try await again.close()
      #expect(files.fileExists(atPath: path + "-wal") == false)
    }
  }

  private func shell(_ command: String) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let answer = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: answer, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test func namesAnotherProcessThatHasTheFile() async throws {
    try await withDatabaseURL(.sqlite) { url in
      guard case .sqlite(let path) = url else { return }
      try await Database(url).close()
      let holder = try Process.run(
        URL(fileURLWithPath: "/usr/bin/env"), arguments: ["flock", "--no-fork", path, "sleep", "60"])
      defer { holder.terminate() }
      for _ in 0..<200 {
        guard try anotherProcessCanLock(path) else { break }
        try await Task.sleep(for: .milliseconds(20))
      }
      let error = #expect(throws: StoreError.self) { try Database(url) }
      guard case .locked(_, holder.processIdentifier) = error else {
        return #expect(Bool(false), "\(String(describing: error))")
      }
    }
  }

  @Test func aFileThatWasReplacedTakesNoWrites() async throws {
    try await withDatabaseURL(.sqlite) { url in
      guard case .sqlite(let path) = url else { return }
      let db = try Database(url)
      try await db.write { tx in try tx.run("CREATE TABLE a (id INTEGER PRIMARY KEY)") }
      let files = FileManager.default
      try files.copyItem(atPath: path, toPath: path + ".copy")
      try files.moveItem(atPath: path, toPath: path + ".moved")
      await #expect(throws: StoreError.self) { try await db.write { tx in try tx.run("INSERT INTO a VALUES (1)") } }
      try files.moveItem(atPath: path + ".copy", toPath: path)
      await #expect(throws: StoreError.self) { try await db.write { tx in try tx.run("INSERT INTO a VALUES (1)") } }
      guard case .away = await db.state() else { return #expect(Bool(false), "nobody is told") }
      // Whoever opens what came in its place would write into the same log.
      let error = #expect(throws: StoreError.self) { try Database(url) }
      guard case .locked = error else { return #expect(Bool(false), "\(String(describing: error))") }
      try await db.close()
      try await Database(url).close()
    }
  }

  @Test func onlyWhoWritesCheckpoints() async throws {
    try await withDatabaseURL(.sqlite) { url in
      let db = try Database(url)
      try await db.write { tx in try tx.run("CREATE TABLE a (id INTEGER PRIMARY KEY)") }
      expectEqual(try await db.read { tx in try tx.value("PRAGMA wal_autocheckpoint", as: Int.self) }, 0)
      await #expect(throws: StoreError.self) { try await db.read { tx in try tx.run("PRAGMA wal_checkpoint") } }
      try await db.close()
    }
  }

  @Test func keepsWhatItCommitted() async throws {
    try await withDatabaseURL(.sqlite) { url in
      let db = try Database(url)
      let settings = try await db.write { tx in
        try tx.run("CREATE TABLE a (id INTEGER PRIMARY KEY, b_id BIGINT REFERENCES a(id))")
        return [
          try tx.value("PRAGMA journal_mode", as: String.self),
          "\(try tx.value("PRAGMA synchronous", as: Int.self) ?? 0)",
          "\(try tx.value("PRAGMA foreign_keys", as: Int.self) ?? 0)",
        ]
      }
      #expect(settings == ["wal", "2", "1"])
      await #expect(throws: StoreError.self) {
        try await db.write { tx in try tx.run("INSERT INTO a (id, b_id) VALUES (1, 2)") }
      }
      try await db.close()
    }
  }

  @Test func saysWhatIsWrongWithAFile() async throws {
    try await withDatabaseURL(.sqlite) { url in
      guard case .sqlite(let path) = url else { return }
      try Data(repeating: 65, count: 10_000).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: StoreError.self) { try Database(url) }
      guard case .damaged = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }
    #expect(throws: StoreError.self) { try Database(.sqlite(path: "/dev/null/none/guanxi.db")) }
  }

  @Test(arguments: [
    ("sqlite:guanxi.db", "sqlite:guanxi.db"),
    ("postgres://me@host/db", "postgres://me@host/db?schema=guanxi"),
    (
      "postgres://me:se:cret@host/db?schema=firm&sslmode=require",
      "postgres://me:…@host/db?sslmode=require&schema=firm"
    ),
    (
      "postgresql://me:p%40ss@one:5432,two:5433/db?connect_timeout=3",
      "postgresql://me:…@one:5432,two:5433/db?connect_timeout=3&schema=guanxi"
    ),
    ("postgres://host/db?user=me&password=secret", "postgres://host/db?user=me&password=…&schema=guanxi"),
  ])
  func showsAURLWithoutItsPassword(_ text: String, _ shown: String) throws {
    #expect("\(try DatabaseURL(text))" == shown)
  }

  @Test(arguments: [
    "", "sqlite:", "mysql://x", "guanxi.db", "postgres://h/db?schema=Bad", "postgres://h/db?schema=a;b",
  ])
  func refusesOtherURLs(_ text: String) { #expect(throws: StoreError.self) { try DatabaseURL(text) } }
}
