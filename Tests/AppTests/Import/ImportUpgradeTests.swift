import Store
import TestKit
import Testing
import Web

@testable import App

/// Databases of the version before.
@Suite struct ImportUpgradeTests {
  @Test(arguments: EngineKind.available) func whatIsThereIsReadAsItIsNow(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, "客户编号,客户名称\n17850,甲\n9.5,乙\n007,丙\n3,丁\n4,散客\n")
      let waiting = try await desk.upload(.orders, Array("a,b\n1,2\n".utf8))
      try await desk.db.write { tx in
        try tx.run("UPDATE customer SET outside_id = '17850.0' WHERE name = '甲'")
        try tx.run("UPDATE customer SET outside_id = '3.0' WHERE name = '乙'")
        try tx.run("UPDATE customer SET kind = 'person' WHERE name = '散客'")
        let options = #"{"amounts":"line","filters":[],"refunds":"separate","source":"","without_customer":"walk_in"}"#
        try tx.run("UPDATE import SET options = \(options) WHERE id = \(waiting)")
        try tx.run(
          """
          INSERT INTO import_mapping (kind, headers, mapping, used_at)
          VALUES ('orders', 'a b', \(#"{"headers":["a","b"],"options":\#(options)}"#), 0)
          """)
        try tx.run("DROP INDEX customer_walk_in")
        try tx.run("DELETE FROM migration WHERE number IN (32, 35, 36)")
      }
      try await Migrator(Features.migrations).migrate(desk.db)
      let customers = try await desk.state().customers
      // One whose number is another's already keeps what it has.
      #expect(customers.map(\.outsideId) == ["17850", "3.0", "007", "3", "4"])
      #expect(customers.map { $0.kind == .walkIn } == [false, false, false, false, true])
      let (options, mapping) = try await desk.db.read { tx in
        (
          try Import.found(waiting, .system, in: tx).options,
          try tx.value("SELECT mapping FROM import_mapping WHERE headers = 'a b'", as: String.self) ?? ""
        )
      }
      #expect(options.amounts == nil && options.refunds == nil && options.withoutCustomer == nil)
      #expect(!mapping.contains("walk_in") && !mapping.contains("separate"))
    }
  }
}
