import Foundation
import Store

extension Order {
  /// The ids of orders whose number begins with a text, as it was typed or in capitals: of each source one range of
  /// the index that keeps numbers unique. There may be many millions, so that search has no documents of them.
  static func numbered(_ text: String, limit: Int? = nil, in tx: Transaction) throws -> SQL {
    // Ranges told one by one: of a join with the sources PostgreSQL would look through all numbers.
    let ranges = try sources(in: tx).flatMap { source in
      beginnings(of: text).map { beginning -> SQL in
        """
        SELECT id FROM sales_order WHERE outside_source = \(source)
          AND outside_id >= \(beginning) AND outside_id < \(beginning + "\u{10FFFF}")
        """
      }
    }
    guard !ranges.isEmpty else { return "(SELECT id FROM sales_order WHERE 1 = 0)" }
    return "(\(ranges.joined(" UNION ALL "))\(limit.map { " LIMIT \($0)" } ?? .nothing))"
  }

  /// The same of a row of orders that is at hand.
  static func isNumbered(_ text: String, _ orders: SQL) -> SQL {
    let number: SQL = "coalesce(\(orders).outside_id, '')"
    let ranges = beginnings(of: text).map {
      "\(number) >= \($0) AND \(number) < \($0 + "\u{10FFFF}")" as SQL
    }
    return "(\(ranges.joined(" OR ")))"
  }

  private static func beginnings(of text: String) -> [String] {
    let typed = text.unmarked
    return Set([typed, typed.uppercased()]).sorted()
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
