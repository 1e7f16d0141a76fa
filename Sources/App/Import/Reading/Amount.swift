/// Money and quantities out of cells, exact to the last digit. More decimals than are kept are rounded, half
/// away from zero: `0.005` becomes `0.01`, `-0.005` becomes `-0.01`.
enum Amount {
  /// `¥1,234.50`, `(12.00)`, `1.2万`, `3亿`, `1.234,50`, `１２３元`, `CNY 12`, `1.2e3`, as minor units of the
  /// currency.
  static func minorUnits(
    _ text: String, decimals: Int = 2, mark: DecimalMark = .point
  ) throws(ValueProblem) -> Int64 {
    try read(text, decimals: decimals, mark: mark, units: [])
  }

  /// A quantity in thousandths; a measure word behind it (`12件`, `3 pcs`) is passed over.
  static func thousandths(_ text: String, mark: DecimalMark = .point) throws(ValueProblem) -> Int64 {
    try read(text, decimals: 3, mark: mark, units: measureWords)
  }

  private static func read(
    _ text: String, decimals: Int, mark: DecimalMark, units: [String]
  ) throws(ValueProblem) -> Int64 {
    if mark == .point, let plain = plain(text, decimals: decimals) { return plain }
    guard let value = try DecimalText(text, mark: mark, units: units).scaled(decimals: decimals) else {
      throw ValueProblem(.numberTooLarge(text))
    }
    return value
  }

  /// What most cells hold, an optional minus, at most 15 digits, a point and no more decimals than are kept.
  private static func plain(_ text: String, decimals: Int) -> Int64? {
    var value: Int64 = 0
    var digits = 0
    var missing: Int?
    var isNegative = false
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case 0x30...0x39 where digits < 15 && missing != 0:
        value = value * 10 + Int64(byte - 0x30)
        digits += 1
        missing = missing.map { $0 - 1 }
      case 0x2D where index == 0: isNegative = true
      case 0x2E where missing == nil && digits > 0: missing = decimals
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    for _ in 0..<max(0, missing ?? decimals) {
      let (next, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = next
    }
    return isNegative ? -value : value
  }

  static let measureWords = [
    "件", "个", "個", "箱", "台", "套", "只", "瓶", "盒", "包", "袋", "条", "张", "本", "双", "支", "份", "次", "桶", "罐",
    "PCS", "PC", "UNITS", "EA",
  ]
}
