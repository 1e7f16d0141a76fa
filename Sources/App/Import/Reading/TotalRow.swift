/// Rows at the foot of a table, or of a part of it, that add up the others.
enum TotalRow {
  private static let names: Set<String> = [
    "合计", "总计", "小计", "共计", "总合计", "累计", "本页合计", "本页小计", "本页总计", "本月合计", "合計", "總計", "小計", "共計", "総計",
    "total", "totals", "grandtotal", "subtotal", "sum", "totalsum", "overalltotal", "pagetotal",
  ]

  /// `合 计`, `合计：`, `Grand Total`.
  static func isNamed(by text: String) -> Bool {
    guard (3...30).contains(text.utf8.count) else { return false }
    return names.contains(HeaderKey.of(text))
  }
}
