import Foundation
import Store

extension Order {
  /// The ids of orders whose number begins with a text, as it was typed or in capitals: of each source one range of
  /// the index that keeps numbers unique. There may be many millions, so that search has no documents of them.
  static func numbered(_ text: String, limit: Int? = nil) -> SQL {
    let typed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    let ranges = Set([typed, typed.uppercased()]).sorted().map { start in
      "(sales_order.outside_id >= \(start) AND sales_order.outside_id < \(start + "\u{10FFFF}"))" as SQL
    }
    return """
      (WITH RECURSIVE source (name) AS (
        SELECT min(outside_source) FROM sales_order
        UNION ALL
        SELECT (SELECT min(outside_source) FROM sales_order WHERE outside_source > source.name)
        FROM source WHERE source.name IS NOT NULL)
      SELECT sales_order.id FROM source JOIN sales_order ON sales_order.outside_source = source.name
      WHERE \(ranges.joined(" OR "))\(limit.map { " LIMIT \($0)" } ?? .nothing))
      """
  }
}
