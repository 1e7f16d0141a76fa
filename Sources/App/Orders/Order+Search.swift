import Foundation
import Store

extension Order {
  /// The ids of orders whose number begins with a text, as it was typed or in capitals: of each source one range of
  /// the index that keeps numbers unique. There may be many millions, so that search has no documents of them.
  static func numbered(_ text: String, limit: Int? = nil) -> SQL {
    let typed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    let ranges = Set([typed, typed.uppercased()]).sorted().map { "(\($0), \($0 + "\u{10FFFF}"))" as SQL }
    return """
      (WITH RECURSIVE source (name) AS (
        SELECT min(outside_source) FROM sales_order
        UNION ALL
        SELECT (SELECT min(outside_source) FROM sales_order WHERE outside_source > source.name)
        FROM source WHERE source.name IS NOT NULL),
      range (first, last) AS (VALUES \(ranges.joined(", ")))
      SELECT sales_order.id FROM source CROSS JOIN range
      JOIN sales_order ON sales_order.outside_source = source.name
        AND sales_order.outside_id >= range.first AND sales_order.outside_id < range.last
      \(limit.map { "LIMIT \($0)" } ?? .nothing))
      """
  }
}
