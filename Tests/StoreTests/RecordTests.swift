import Foundation
import Store
import TestKit
import Testing

private enum Colour: String, Codable, Bindable { case red, green }

private struct Extra: Codable, Equatable, Sendable {
  var note: String
  var counts: [Int]
}

/// Every kind of property a record may have.
private struct SpecimenKind: Record, Equatable {
  static let table = "specimen"
  var id: ID<SpecimenKind>
  var name: String
  var firstOrderOn: Day?
  var seenAt: Instant
  var amount: Int64
  var share: Double
  var isOpen: Bool
  var colour: Colour
  var secondColour: Colour?
  var bytes: [UInt8]
  var small: Int32?
  var tags: [String]
  var extra: Extra?

  static let schema = Migration(
    1, "specimen",
    [
      """
      CREATE TABLE specimen (
        id \(SQL.key), name TEXT NOT NULL, first_order_on TEXT, seen_at BIGINT NOT NULL, amount BIGINT NOT NULL,
        share DOUBLE PRECISION NOT NULL, is_open BIGINT NOT NULL, colour TEXT NOT NULL, second_colour TEXT,
        bytes \(SQL.bytes) NOT NULL, small BIGINT, tags TEXT NOT NULL, extra TEXT)
      """
    ])

  static let full = SpecimenKind(
    id: ID(raw: 1), name: "张伟 O'Neil", firstOrderOn: Day("2024-02-29"), seenAt: Instant(milliseconds: -1),
    amount: .min, share: 0.1, isOpen: true, colour: .green, secondColour: .red, bytes: Array(0...255),
    small: -7, tags: ["a,b", "\"", "重要"], extra: Extra(note: "n", counts: [1, 2]))
  static let bare = SpecimenKind(
    id: ID(raw: .max), name: "", firstOrderOn: nil, seenAt: Instant(milliseconds: 0), amount: .max,
    share: -1.7976931348623157e308, isOpen: false, colour: .red, secondColour: nil, bytes: [], small: nil,
    tags: [],
    extra: nil)
}

struct RecordTests {
  private typealias Specimen = SpecimenKind

  @Test(arguments: EngineKind.available) func comesBackAsItWas(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: [Specimen.schema]) { db in
      try await db.write { tx in
        try tx.insert(Specimen.full)
        try tx.insert(Specimen.bare)
      }
      let back: [Specimen] = try await db.read { tx in try tx.all("SELECT * FROM specimen ORDER BY id") }
      #expect(back == [.full, .bare])
      let second: Specimen? = try await db.read { tx in
        try tx.first("SELECT * FROM specimen WHERE id = \(Specimen.bare.id)")
      }
      #expect(second == .bare)
    }
  }

  @Test(arguments: EngineKind.available) func changesAndGoes(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: [Specimen.schema]) { db in
      try await db.write { tx in
        var specimen = Specimen.full
        #expect(try tx.update(specimen) == false)
        try tx.insert(specimen)
        specimen.name = "new"
        specimen.extra = nil
        #expect(try tx.update(specimen))
        #expect(try tx.first("SELECT * FROM specimen") == specimen)
        #expect(try tx.delete(Specimen.self, specimen.id))
        #expect(try tx.delete(Specimen.self, specimen.id) == false)
        #expect(try tx.exists("SELECT 1 FROM specimen") == false)
      }
    }
  }

  @Test(arguments: EngineKind.available) func appendsMany(_ engine: EngineKind) async throws {
    let many = (1...2000).map { number in
      var specimen = number.isMultiple(of: 2) ? Specimen.full : Specimen.bare
      specimen.id = ID(raw: Int64(number))
      specimen.name = "n\t\(number)\\\n"
      return specimen
    }
    try await withDatabase(engine, migrations: [Specimen.schema]) { db in
      let back: [Specimen] = try await db.write { tx in
        try tx.insert(all: many)
        try tx.insert(all: [Specimen]())
        return try tx.all("SELECT * FROM specimen ORDER BY id")
      }
      #expect(back == many)
    }
  }

  @Test(arguments: EngineKind.available) func saysWhichColumnIsWrong(_ engine: EngineKind) async throws {
    struct Wanted: Decodable { var id: Int; var name: Int }
    struct Missing: Decodable { var id: Int; var other: String? }
    try await withDatabase(engine, migrations: [Specimen.schema]) { db in
      try await db.write { tx in try tx.insert(Specimen.full) }
      let error = await #expect(throws: StoreError.self) {
        try await db.read { tx in _ = try tx.all("SELECT * FROM specimen", as: Wanted.self) }
      }
      #expect("\(try #require(error))".hasPrefix("column name"))
      let missing = try await db.read { tx in try tx.first("SELECT id FROM specimen", as: Missing.self)?.other
      }
      #expect(missing == nil)
      await #expect(throws: StoreError.column("id", "null is not a Int")) {
        try await db.read { tx in _ = try tx.values("SELECT CAST(NULL AS BIGINT) AS id", as: Int.self) }
      }
    }
  }

  @Test(arguments: EngineKind.available) func countsWhatItChanged(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: [Specimen.schema]) { db in
      try await db.write { tx in
        try tx.insert(Specimen.full)
        try tx.insert(Specimen.bare)
        #expect(try tx.run("UPDATE specimen SET name = 'x'") == 2)
        #expect(try tx.run("UPDATE specimen SET name = 'x' WHERE id = 77") == 0)
        #expect(try tx.run("SELECT * FROM specimen") == 0)
        #expect(try tx.run("CREATE TABLE other (id \(SQL.key))") == 0)
        #expect(try tx.run("DELETE FROM specimen WHERE id = 1") == 1)
      }
    }
  }
}
