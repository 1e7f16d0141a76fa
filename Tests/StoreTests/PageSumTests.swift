import Foundation
import TestKit
import Testing

@testable import Store

/// Checksums of the pages of a SQLite file.
@Suite struct PageSumTests {
  /// A closed database of some hundred pages in two tables, some of them free.
  private static func withFile(_ body: (String) async throws -> Void) async throws {
    try await withDatabaseURL(.sqlite) { url in
      guard case .sqlite(let path) = url else { return }
      let db = try Database(url)
      try await db.write { tx in
        try tx.run("CREATE TABLE tea (id INTEGER PRIMARY KEY, name TEXT)")
        try tx.run("CREATE INDEX tea_name ON tea (name)")
        try tx.run("CREATE TABLE cup (id INTEGER PRIMARY KEY, name TEXT)")
        for table in ["tea", "cup"] {
          try tx.append(
            to: table, columns: ["id", "name"],
            rows: (1...3_000).map { [.integer($0), .text(String(repeating: "茶\($0)", count: 20))] })
        }
        try tx.run("DELETE FROM cup WHERE id > 2000")
      }
      try await db.close()
      try await body(path)
    }
  }

  private static func flip(_ offsets: some Sequence<Int>, in path: String) throws {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    for offset in offsets {
      try file.seek(toOffset: UInt64(offset))
      let byte = try #require(try file.read(upToCount: 1)?.first)
      try file.seek(toOffset: UInt64(offset))
      try file.write(contentsOf: [byte ^ 0x40])
    }
    try file.close()
  }

  private static func size(_ path: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
  }

  private static func check(_ path: String) async throws -> PageCheck {
    let db: Database
    do { db = try Database(.sqlite(path: path)) } catch StoreError.damaged { return try await SQLiteFile.check(path) }
    let check = try await db.file?.check()
    try? await db.close()
    return try #require(check)
  }

  private static func shell(_ sql: String, _ path: String) throws -> (code: Int32, text: String) {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sqlite3", path, sql]
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: said, as: UTF8.self))
  }

  @Test func aNewDatabaseCarriesThem() async throws {
    try await Self.withFile { path in
      let check = try await Self.check(path)
      #expect(check.carriesSums && check.damaged.isEmpty)
      #expect(check.pages == (try Self.size(path)) / 4_096)
    }
  }

  /// Wherever in the file, free pages and the header too.
  @Test(arguments: 1...6) func fortyFlippedBytesAreAllFound(_ seed: UInt64) async throws {
    try await Self.withFile { path in
      var chance = Seeded(seed)
      let offsets = Set((0..<40).map { _ in Int.random(in: 0..<(try! Self.size(path)), using: &chance) })
      try Self.flip(offsets, in: path)
      let check = try await Self.check(path)
      #expect(check.damaged == Set(offsets.map { $0 / 4_096 + 1 }).sorted())
      #expect(check.tables.keys.allSatisfy { ["tea", "cup", "sqlite_schema"].contains($0) })
      #expect(check.tables["tea"] ?? 0 > 0 || check.damaged.contains(1))
    }
  }

  /// Every byte of what the header says of the file, one at a time.
  @Test func aDamagedHeaderIsFound() async throws {
    try await Self.withFile { path in
      for offset in 16..<100 {
        try Self.flip([offset], in: path)
        let check = try await Self.check(path)
        #expect(check.carriesSums && check.damaged.contains(1), "byte \(offset)")
        try Self.flip([offset], in: path)
      }
      #expect(try await Self.check(path).damaged == [])
    }
  }

  @Test func whatIsDamagedIsRefusedAndTheRestRead() async throws {
    try await Self.withFile { path in
      let db = try Database(.sqlite(path: path))
      let page: Int = try await db.read { tx in
        try tx.value("SELECT pageno FROM dbstat WHERE name = 'cup' AND pagetype = 'leaf' ORDER BY pageno LIMIT 1") ?? 0
      }
      try await db.close()
      try Self.flip([(page - 1) * 4_096 + 2_000], in: path)
      let again = try Database(.sqlite(path: path))
      let error = await #expect(throws: StoreError.self) {
        try await again.read { tx in try tx.values("SELECT name FROM cup", as: String.self) }
      }
      guard case .damaged = error else { return #expect(Bool(false), "\(String(describing: error))") }
      expectEqual(try await again.read { tx in try tx.value("SELECT count(name) FROM tea", as: Int.self) }, 3_000)
      try await again.write { tx in try tx.run("INSERT INTO tea VALUES (5000, '新')") }
      try await again.close()
      expectEqual(try await Self.check(path).tables, ["cup": 1])
    }
  }

  /// Others may read and copy the file; what they cannot do is to leave wrong checksums behind.
  @Test func otherProgramsReadAndDoNotWrite() async throws {
    try await Self.withFile { path in
      #expect(try Self.shell("SELECT count(*) FROM tea", path).text == "3000\n")
      #expect(try Self.shell("PRAGMA integrity_check", path).text == "ok\n")
      let refused = try Self.shell("INSERT INTO tea VALUES (9000, 'x')", path)
      #expect(refused.code != 0 && refused.text.contains("readonly"))
      #expect(try await Self.check(path).damaged == [])
      // A copy of theirs is free to be changed, and is not held to sums that it has not.
      let copy = path + ".copy"
      #expect(try Self.shell("VACUUM INTO '\(copy)'", path).code == 0)
      #expect(try Self.shell("UPDATE tea SET name = 'x' WHERE id < 50", copy).code == 0)
      let db = try Database(.sqlite(path: copy))
      expectEqual(
        try await db.read { tx in try tx.value("SELECT count(*) FROM tea WHERE name = 'x'", as: Int.self) }, 49)
      #expect(db.file?.carriesSums == false)
      try await db.write { tx in try tx.run("UPDATE tea SET name = 'y' WHERE id = 1") }
      try await db.file?.addSums()
      try await db.close()
      let check = try await Self.check(copy)
      #expect(check.carriesSums && check.damaged.isEmpty)
    }
  }

  /// Whoever opens the file after a crash finishes the log, as any program with SQLite in it does when it closes.
  @Test func aLogFinishedByAnotherProgram() async throws {
    try await Self.withFile { path in
      let crashed = path + ".crashed"
      let db = try Database(.sqlite(path: path))
      try await db.write { tx in try tx.run("UPDATE tea SET name = '红茶' WHERE id BETWEEN 1000 AND 1100") }
      let files = FileManager.default
      for part in ["", "-wal", ".lock"] { try files.copyItem(atPath: path + part, toPath: crashed + part) }
      try await db.close()
      #expect(try Self.shell("SELECT count(*) FROM tea WHERE name = '红茶'", crashed).text == "101\n")
      #expect(!files.fileExists(atPath: crashed + "-wal"))
      let again = try Database(.sqlite(path: crashed))
      expectEqual(
        try await again.read { tx in try tx.value("SELECT count(*) FROM tea WHERE name = '红茶'", as: Int.self) }, 101)
      expectEqual(try await again.file?.check().damaged, [])
      try await again.close()
    }
  }

  /// A log that could not be written back at the end, because of a reader here, or of a full disk, is one too.
  @Test func aLogThatIsLeftInOrder() async throws {
    try await Self.withFile { path in
      let (reader, input, output) = (Process(), Pipe(), Pipe())
      reader.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      reader.arguments = ["sqlite3", path, "BEGIN; SELECT count(*) FROM tea;", ".system echo; cat"]
      (reader.standardInput, reader.standardOutput) = (input, output)
      let db = try Database(.sqlite(path: path))
      try await db.write { tx in try tx.run("UPDATE tea SET name = '绿茶' WHERE id < 10") }
      try reader.run()
      #expect(!output.fileHandleForReading.availableData.isEmpty)
      try await db.write { tx in try tx.run("UPDATE tea SET name = '红茶' WHERE id BETWEEN 1000 AND 1100") }
      try await db.close()
      #expect(FileManager.default.fileExists(atPath: path + "-wal"))
      try input.fileHandleForWriting.close()
      reader.waitUntilExit()
      #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
      expectEqual(try await Self.check(path).damaged, [])
    }
  }

  /// Of one from before there were checksums nothing is overwritten by them.
  @Test(arguments: [true, false]) func aCopyIsLikeItsSource(_ carries: Bool) async throws {
    try await Self.withFile { path in
      let old = path + ".old"
      if !carries { _ = try Self.shell("ATTACH '\(path)' AS new; CREATE TABLE tea AS SELECT * FROM new.tea", old) }
      let source = carries ? path : old
      let db = try Database(.sqlite(path: source))
      try await db.file?.copy(to: path + ".backup")
      let copy = try Database.frozen(path + ".backup")
      expectEqual(try await copy.read { tx in try tx.values("PRAGMA integrity_check", as: String.self) }, ["ok"])
      expectEqual(try await copy.read { tx in try tx.value("SELECT count(name) FROM tea", as: Int.self) }, 3_000)
      await #expect(throws: StoreError.self) { try await copy.write { tx in try tx.run("DELETE FROM tea") } }
      try await copy.close()
      #expect(try await SQLiteFile.check(path + ".backup").carriesSums == carries)
      #expect(!FileManager.default.fileExists(atPath: path + ".backup-wal"))
      try await db.close()
    }
  }

  @Test func whatAnOlderProgramMadeIsBroughtToThem() async throws {
    try await Self.withFile { path in
      let old = path + ".old"
      _ = try Self.shell("ATTACH '\(path)' AS new; CREATE TABLE tea AS SELECT * FROM new.tea", old)
      let db = try Database(.sqlite(path: old))
      try await db.write { tx in try tx.run("INSERT INTO tea VALUES (4000, '新')") }
      // A reader that is open meanwhile goes on, with checks from then on.
      expectEqual(try await db.read { tx in try tx.value("SELECT count(*) FROM tea", as: Int.self) }, 3_001)
      expectEqual(try await db.file?.check().carriesSums, false)
      try await db.file?.addSums()
      let check = try #require(try await db.file?.check())
      #expect(check.carriesSums && check.damaged.isEmpty)
      expectEqual(try await db.read { tx in try tx.value("PRAGMA temp_store", as: Int.self) }, 2)
      expectEqual(try await db.read { tx in try tx.value("SELECT count(*) FROM tea", as: Int.self) }, 3_001)
      try await db.close()
      try Self.flip([20_000], in: old)
      expectEqual(try await Self.check(old).damaged, [5])
    }
  }

  @Test func theSumIsThatOfSQLitesExtension() {
    // Worked out by hand from its source: s1 += word + s2; s2 += next word + s1.
    var page = [UInt8](repeating: 0, count: 512)
    (page[0], page[4], page[8]) = (1, 2, 3)
    // 1, then 2 + 1 = 3, then 1 + 3 + 3 = 7, then 3 + 0 + 7 = 10, and both grow on like that.
    var (one, two): (UInt32, UInt32) = (0, 0)
    for at in stride(from: 0, to: 504, by: 8) {
      one = one &+ UInt32(page[at]) &+ two
      two = two &+ UInt32(page[at + 4]) &+ one
    }
    #expect(
      PageSums.sum(of: page)
        == [one, two].flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } })
  }
}

private struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
