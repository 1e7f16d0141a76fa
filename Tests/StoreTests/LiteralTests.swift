@testable import Store
import TestKit
import Testing

/// What a person typed is bound, whatever it looks like.
struct LiteralTests {
  static let hostile = [
    "O'Brien", "''; DROP TABLE word; --", "\"quoted\"", "$1", "$2 and ?", "?1", ":name", "\\", "\\x00", "%_",
    "a\nb\tc\r", "张伟", "𠮷野家", "👩‍👩‍👧", "é e\u{301}", "", " ", "null", "{\"a\":1}", "\u{FEFF}x", "\u{202E}x",
  ]
  static let schema = [Migration(1, "word", ["CREATE TABLE word (id \(SQL.key), text TEXT NOT NULL)"])]

  @Test(arguments: EngineKind.available) func bindsHostileTexts(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: Self.schema) { db in
      let back = try await db.write { tx in
        for (id, text) in Self.hostile.enumerated() {
          try tx.run("INSERT INTO word (id, text) VALUES (\(id), \(text))")
        }
        for (id, text) in Self.hostile.enumerated() {
          let found = try tx.value("SELECT id FROM word WHERE text = \(text) AND 1 = \(1)", as: Int.self)
          #expect(found == id)
        }
        return try tx.values("SELECT text FROM word ORDER BY id", as: String.self)
      }
      #expect(back.map { Array($0.utf8) } == Self.hostile.map { Array($0.utf8) })
    }
  }

  @Test(arguments: EngineKind.available) func appendsHostileTexts(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: Self.schema) { db in
      let back = try await db.write { tx in
        let rows = Self.hostile.enumerated().map { [Value.integer(Int64($0)), .text($1)] }
        try tx.append(to: "word", columns: ["id", "text"], rows: rows)
        return try tx.values("SELECT text FROM word ORDER BY id", as: String.self)
      }
      #expect(back.map { Array($0.utf8) } == Self.hostile.map { Array($0.utf8) })
    }
  }

  @Test(arguments: EngineKind.available) func refusesWhatOneEngineCannotKeep(_ engine: EngineKind)
    async throws
  {
    try await withDatabase(engine, migrations: Self.schema) { db in
      for value: Value in [.text("a\0b"), .real(.nan), .real(.infinity)] {
        await #expect(throws: StoreError.self) {
          try await db.write { tx in
            try tx.append(to: "word", columns: ["id", "text"], rows: [[.integer(1), value]])
          }
        }
      }
      await #expect(throws: StoreError.self) {
        try await db.write { tx in _ = try tx.run("INSERT INTO word (id, text) VALUES (1, \("a\0b"))") }
      }
      try await expectEqual(db.read { tx in try tx.value("SELECT count(*) FROM word") }, 0)
    }
  }

  @Test(arguments: EngineKind.available) func listsOfAnyLength(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: Self.schema) { db in
      try await db.write { tx in
        let rows = (0..<1000).map { [Value.integer(Int64($0)), .text("w\"\($0)")] }
        try tx.append(to: "word", columns: ["id", "text"], rows: rows)
        func count(_ condition: SQL) throws -> Int? {
          try tx.value("SELECT count(*) FROM word WHERE \(condition)")
        }
        #expect(try count("id IN \(in: Array(500..<2000))") == 500)
        #expect(try count("text IN \(in: ["w\"1", "w\"2", "'; --", "\0", "\u{1}"])") == 2)
        #expect(try count("id IN \(in: [Int]())") == 0)
        #expect(try count("text IN \(in: [String]())") == 0)
        #expect(try count("text NOT IN \(in: [String]())") == 1000)
        #expect(try count("id * 0.5 IN \(in: [0.5, 1.0, 7.25])") == 2)
      }
    }
  }

  @Test func joinsPartsWithTheirValues() {
    let parts: [SQL] = ["a = \(1)", "b = \("x")"]
    #expect([SQL]().whereClause.isEmpty)
    let statement: SQL = "SELECT 1\(parts.whereClause)"
    #expect(Statement(statement, for: .sqlite).text == "SELECT 1 WHERE (a = ?) AND (b = ?)")
    #expect(Statement(statement, for: .postgres).text == "SELECT 1 WHERE (a = $1) AND (b = $2)")
  }
}
