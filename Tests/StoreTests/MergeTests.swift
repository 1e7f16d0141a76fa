import Store
import TestKit
import Testing

struct MergeTests {
  private static let migrations = [
    Migration(
      1, "sums",
      [
        "CREATE TABLE total (id \(SQL.key), amount BIGINT NOT NULL, first TEXT NOT NULL, note TEXT NOT NULL DEFAULT 'new')",
        "INSERT INTO total (id, amount, first, note) VALUES (2, 10, 'b', 'old')",
      ])
  ]

  @Test(arguments: EngineKind.available) func addsToRowsThatAreThereAndMakesOthers(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { db in
      for turn in 1...2 {
        try await db.write { tx in
          try tx.merge(
            into: "total", columns: ["id", "amount", "first"],
            rows: [[1.value, 5.value, "c".value], [2.value, 7.value, "a".value]], key: "id",
            set: [
              "amount = total.amount + excluded.amount",
              "first = CASE WHEN excluded.first < total.first THEN excluded.first ELSE total.first END",
            ])
        }
        let rows = try await db.read { tx in
          try tx.map("SELECT id, amount, first, note FROM total ORDER BY id") { row in
            "\(row.integer(0)) \(row.integer(1)) \(try row[2] as String) \(try row[3] as String)"
          }
        }
        #expect(rows == ["1 \(5 * turn) c new", "2 \(10 + 7 * turn) a old"])
      }
      await #expect(throws: StoreError.self) {
        try await db.write { tx in
          try tx.merge(into: "total", columns: ["id"], rows: [[1.value, 2.value]], key: "id", set: ["amount = 0"])
        }
      }
    }
  }
}
