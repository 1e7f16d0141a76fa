import Store

extension Database {
  /// Everything that it holds, row by row; without some tables.
  func content(without left: Set<String> = []) async throws -> [String] {
    let engine = engine
    return try await read { tx in
      let names: SQL =
        engine == .sqlite
        ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        : "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
      let tables: [String] = try tx.values(names)
      return try tables.filter { !left.contains($0) }.flatMap { table in
        let columns: [String] = try tx.values(
          engine == .sqlite
            ? "SELECT name FROM pragma_table_info(\(table))"
            : """
            SELECT column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = \(table) ORDER BY ordinal_position
            """)
        return try tx.map("SELECT * FROM \(SQL(stringLiteral: table))") { row in
          "\(table) \(columns.indices.map { "\(row.value($0))" })"
        }
      }
    }
  }
}
