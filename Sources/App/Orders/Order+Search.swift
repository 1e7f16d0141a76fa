import Foundation
import Store

extension Order {
  /// The ids of orders whose number begins with a text, as it was typed or in capitals: of each source one range of
  /// the index that keeps numbers unique. There may be many millions, so that search has no documents of them.
  static func numbered(_ text: String, limit: Int? = nil, in tx: Transaction) throws -> SQL {
    let typed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    let beginnings = Set([typed, typed.uppercased()]).sorted()
    // Ranges told one by one: of a join with the sources PostgreSQL would look through all numbers.
    let ranges = try sources(in: tx).flatMap { source in
      beginnings.map { beginning -> SQL in
        """
        SELECT id FROM sales_order WHERE outside_source = \(source)
          AND outside_id >= \(beginning) AND outside_id < \(beginning + "\u{10FFFF}")
        """
      }
    }
    guard !ranges.isEmpty else { return "(SELECT id FROM sales_order WHERE 1 = 0)" }
    return "(\(ranges.joined(" UNION ALL "))\(limit.map { " LIMIT \($0)" } ?? .nothing))"
  }

  /// Few, and found without looking at each order.
  private static func sources(in tx: Transaction) throws -> [String] {
    try tx.values(
      """
      WITH RECURSIVE source (name) AS (
        SELECT min(outside_source) FROM sales_order
        UNION ALL
        SELECT (SELECT min(outside_source) FROM sales_order WHERE outside_source > source.name)
        FROM source WHERE source.name IS NOT NULL)
      SELECT name FROM source WHERE name IS NOT NULL
      """)
  }
}
