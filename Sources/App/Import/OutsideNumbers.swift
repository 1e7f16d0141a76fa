import Store

/// Numbers that programs had written with decimals behind them, from before those were taken off.
enum OutsideNumbers {
  static let migrations = [
    Migration(35, "numbers without decimals", ["customer", "product", "sales_order"].map(withoutDecimals))
  ]

  /// `17850.0` becomes `17850`, unless there is such a one.
  private static func withoutDecimals(_ table: SQL) -> SQL {
    """
    UPDATE \(table) SET outside_id = substr(outside_id, 1, length(outside_id) - 2)
    WHERE outside_id LIKE '%_.0' AND rtrim(substr(outside_id, 1, length(outside_id) - 2), '0123456789') = ''
      AND (outside_id NOT LIKE '0%' OR outside_id = '0.0')
      AND NOT EXISTS (SELECT 1 FROM \(table) AS other WHERE other.outside_source = \(table).outside_source
        AND other.outside_id = substr(\(table).outside_id, 1, length(\(table).outside_id) - 2))
    """
  }
}
