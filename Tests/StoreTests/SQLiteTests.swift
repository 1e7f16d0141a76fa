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

  private func anotherProcessCanLock(_ path: String) throws -> Bool {
    let process = try Process.run(
      URL(fileURLWithPath: "/usr/bin/env"), arguments: ["flock", "--nonblock", path + ".lock", "true"])
    process.waitUntilExit()
    return process.terminationStatus == 0
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
