import Store
import TestKit
import Testing

struct SliceTests {
  private struct Line: Codable, Equatable, Sendable {
    var id: Int64
    var key: Int64
    var name: String
    var share: Double
  }

  /// Many ties, so that the id decides often.
  private static func lines(_ count: Int) -> [Line] {
    let names = ["a", "B", "张", ""]
    return (0..<count).map { number -> Line in
      let id = Int64(number * 7919 % 1000), key = Int64(number % 3)
      return Line(id: id, key: key, name: names[number % 4], share: Double(number % 5) / 3)
    }
  }

  private enum Column: CaseIterable {
    case key, name, share
    var sql: SQL {
      switch self {
      case .key: "key";
      case .name: "name";
      case .share: "share"
      }
    }
    var kind: Order.Key {
      switch self {
      case .key: .integer
      case .name: .text
      case .share: .real
      }
    }
    func value(_ line: Line) -> Value {
      switch self {
      case .key: .integer(line.key);
      case .name: .text(line.name);
      case .share: .real(line.share)
      }
    }
    func precedes(_ a: Line, _ b: Line) -> Bool {
      switch self {
      case .key: (a.key, a.id) < (b.key, b.id)
      case .name: a.name == b.name ? a.id < b.id : a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
      case .share: (a.share, a.id) < (b.share, b.id)
      }
    }
  }

  private static func page(
    _ tx: Transaction, _ column: Column, _ isDescending: Bool, _ limit: Int, _ position: Position?
  ) throws -> Slice<Line> {
    // A position goes through a URL on its way.
    let position = try position.map { try #require(Position($0.description)) }
    let (order, conditions): (Order, [SQL]) = (
      Order(by: column.sql, column.kind, descending: isDescending), ["id <> \(-1)"]
    )
    let slice = try tx.slice(
      "SELECT id, key, name, share FROM line", where: conditions, by: order, at: position, limit: limit,
      key: { (column.value($0), $0.id) })
    // The ways to read ids alone agree, and the one for few rows counts all of them from any place.
    let ids = slice.map { ID<Line>(raw: $0.id) }
    for parts in [[], ["name = 'B'", "name = 'a'", "name = 'none'", "name NOT IN ('a', 'B')"]] as [[SQL]] {
      let sorted: Slice<ID<Line>> = try tx.slice(
        idsFrom: "line", inParts: parts, where: conditions, by: order, at: position, limit: limit)
      #expect(sorted == ids)
      for steps in [[0], [limit], [1_000], [1, 1_000], [0, limit]] {
        let walked: Slice<ID<Line>> = try tx.slice(
          idsFrom: "line", inParts: parts, for: steps, along: "line", thenAllOf: "line", where: conditions, by: order,
          at: position, limit: limit)
        #expect(walked == ids)
      }
    }
    let all: [Int64] = try tx.values("SELECT key FROM line")
    let few = try fewOfAll(tx, all.count, order, position, limit)
    #expect(few?.page == ids)
    #expect(few?.count == all.count && few?.sum == all.reduce(0, +))
    if all.count > 1 { #expect(try fewOfAll(tx, all.count - 1, order, position, limit) == nil) }
    return slice
  }

  private typealias Few = (page: Slice<ID<Line>>, count: Int, sum: Int64)

  /// All but those that nobody wants; nil where they are more than few.
  private static func fewOfAll(
    _ tx: Transaction, _ few: Int, _ order: Order, _ position: Position?, _ limit: Int
  ) throws -> Few? {
    let slice: CandidateSlice<Line> = try tx.slice(
      of: "SELECT id FROM line", few: few, from: "line", where: ["id <> \(-1)"], by: order, at: position, limit: limit,
      adding: ["key"])
    switch slice {
    case .few(let page, let count, let sums): return (page, count, sums[0])
    case .many(let first):
      #expect(Set(first).count == few + 1)
      return nil
    }
  }

  /// Where rows went meanwhile, a place can lie behind all of them.
  @Test(arguments: EngineKind.available) func beyondTheEnd(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: [Self.table]) { db in
      try await db.write { tx in
        try tx.run("INSERT INTO line (id, key, name, share) VALUES (1, 5, 'a', 0), (2, 6, 'b', 0)")
        let order = Order(by: "key", .integer)
        let few = try Self.fewOfAll(tx, 10, order, Position(key: .integer(7), id: 3, in: order.list), 5)
        #expect(few?.page.items.isEmpty == true)
        #expect(few?.count == 2 && few?.sum == 11)
      }
    }
  }

  private static let table = Migration(
    1, "line",
    [
      """
      CREATE TABLE line (
        id \(SQL.key), key BIGINT NOT NULL, name TEXT\(SQL.byteOrder) NOT NULL, share DOUBLE PRECISION NOT NULL)
      """
    ])

  @Test(arguments: EngineKind.available) func coversEveryRowOnceBothWays(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: [Self.table]) { db in
      for count in [0, 1, 2, 5, 12, 13] {
        try await db.write { tx in
          try tx.run("DELETE FROM line")
          let rows = Self.lines(count).map { [$0.id.value, $0.key.value, $0.name.value, $0.share.value] }
          try tx.append(to: "line", columns: ["id", "key", "name", "share"], rows: rows)
          for column in Column.allCases {
            for isDescending in [false, true] {
              let sorted = Self.lines(count).sorted(by: column.precedes)
              let expected = isDescending ? sorted.reversed() : sorted
              for limit in 1...(count + 2) { try Self.walk(tx, column, isDescending, limit, expected) }
            }
          }
        }
      }
    }
  }

  private static func walk(
    _ tx: Transaction, _ column: Column, _ isDescending: Bool, _ limit: Int, _ expected: [Line]
  ) throws {
    var forward: [Line] = []
    var slice = try page(tx, column, isDescending, limit, nil)
    #expect(slice.previous == nil)
    forward += slice.items
    while let next = slice.next {
      slice = try page(tx, column, isDescending, limit, next)
      #expect(!slice.items.isEmpty && slice.items.count <= limit)
      forward += slice.items
    }
    #expect(forward == expected)
    var backward = slice.items
    while let previous = slice.previous {
      slice = try page(tx, column, isDescending, limit, previous)
      #expect(!slice.items.isEmpty && slice.items.count <= limit && slice.next != nil)
      backward = slice.items + backward
    }
    #expect(backward == expected)
  }

  @Test func positionsComeBackFromTheirText() throws {
    for key: Value in [.integer(.min), .integer(.max), .real(0.1), .text("张\"/+"), .text(""), .null] {
      for isBefore in [false, true] {
        let position = Position(key: key, id: .max, isBefore: isBefore, in: 7)
        #expect(Position(position.description) == position)
        #expect(
          position.description.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
      }
    }
    for text in ["", "x", "AAAA", "e30", "💥", "eyJpZCI6Ing5In0"] { #expect(Position(text) == nil) }
  }

  @Test(arguments: EngineKind.available) func bringsTheLimitInside(_ engine: EngineKind) async throws {
    try await withDatabase(engine) { db in
      for (limit, count) in [(Int.max, 30), (0, 1), (-5, 1), (Int.min, 1)] {
        let slice: Slice<Line> = try await db.read { tx in
          try tx.slice(
            """
            SELECT * FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
            SELECT i AS id, i AS key, 'n' AS name, 0.5 AS share FROM n) x
            """, by: Order(by: "key", .integer), at: nil, limit: limit, key: { (.integer($0.key), $0.id) })
        }
        #expect(slice.items.count == count)
      }
    }
  }
}
