import Store
import TestKit
import Testing

/// Sums that a column cannot hold are held at the end of 64 bits, the same on both engines.
@Suite struct SaturationTests {
  private static let ends: [Int64] = [.min, .min + 1, -.max / 2, -1, 0, 1, .max / 2, .max - 1, .max]

  private static func held(_ number: Int128) -> Int64 { Int64(clamping: number) }

  @Test(arguments: EngineKind.available) func twoNumbers(_ engine: EngineKind) async throws {
    try await withDatabase(engine) { db in
      try await db.read { tx in
        for a in Self.ends {
          for b in Self.ends {
            let rows: [[Int64]] = try tx.map(
              "SELECT \(SQL.plus("a", "b")), \(SQL.minus("a", "b")) FROM (SELECT \(a) AS a, \(b) AS b) AS numbers"
            ) { [try $0[0], try $0[1]] }
            #expect(rows == [[Self.held(Int128(a) + Int128(b)), Self.held(Int128(a) - Int128(b))]], "\(a) \(b)")
          }
        }
      }
    }
  }

  @Test(arguments: EngineKind.available) func manyNumbers(_ engine: EngineKind) async throws {
    let lists: [[Int64]] = [
      [], [5], [.max, .max, .max], [.min, .min], [.max, .max, .min, .min], [.max, 1, -1], [.min, -1, 1, .max],
      [.max, .max, -.max], [3, -4, .max], Self.ends,
    ]
    try await withDatabase(engine) { db in
      try await db.read { tx in
        for list in lists {
          let sum: Int64? = try tx.value("SELECT \(SQL.total("value")) FROM \(SQL.rows(list))")
          #expect(sum == Self.held(list.reduce(Int128(0)) { $0 + Int128($1) }), "\(list)")
        }
        let none: Int64? = try tx.value(
          "SELECT \(SQL.total("CASE WHEN value > 1 THEN value END")) FROM \(SQL.rows([1, 2, 3] as [Int64]))")
        #expect(none == 5)
      }
    }
  }

  @Test(arguments: EngineKind.available) func floatingNumbers(_ engine: EngineKind) async throws {
    try await withDatabase(engine) { db in
      try await db.read { tx in
        for (number, whole) in [(2.5, 3), (-2.5, -3), (1e15, 1_000_000_000_000_000)] as [(Double, Int64)] {
          let found: Int64? = try tx.value("SELECT \(SQL.whole("CAST(\(number) AS DOUBLE PRECISION)"))")
          #expect(engine == .postgres && abs(number) == 2.5 ? abs(found ?? 0) == 2 : found == whole)
        }
        for number in [1e300, -1e300, 9.3e18] {
          let found: Int64? = try tx.value("SELECT \(SQL.whole("CAST(\(number) AS DOUBLE PRECISION)"))")
          let end = try #require(found)
          #expect(number > 0 ? end > 9_000_000_000_000_000_000 : end < -9_000_000_000_000_000_000)
        }
      }
    }
  }
}
