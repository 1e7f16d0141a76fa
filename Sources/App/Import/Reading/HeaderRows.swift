/// A header of several rows: groups of columns above, their names below.
///
///     客户名称 | 联系方式 |      | 地区
///              | 手机     | 邮箱 |
enum HeaderRows {
  /// How many rows behind the first one of the header belong to it too.
  static func further(behind first: Int, in records: [CSVRecord]) -> Int {
    var count = 0
    while count < 2, records.indices.contains(first + count + 1),
      isNames(records[first + count + 1], under: records[first + count])
    {
      count += 1
    }
    return count
  }

  /// Names stand under groups; directly under other names only where all of them are known, as in a header in two
  /// languages.
  private static func isNames(_ row: CSVRecord, under upper: CSVRecord) -> Bool {
    let filled = row.fields.indices.filter { !row.text(in: $0).isEmpty }
    let known = filled.count { HeaderKey.isKnown(row.text(in: $0)) }
    guard known > 0, filled.allSatisfy({ CellKind.of(row.text(in: $0)) == .words }) else { return false }
    if filled.allSatisfy({ isGrouped($0, in: upper) }) { return known * 2 >= filled.count }
    return known == filled.count && known > 1
  }

  /// Whether a column is one of several that the row gives one name.
  private static func isGrouped(_ column: Int, in row: CSVRecord) -> Bool {
    let name = row.text(in: column)
    if name.isEmpty { return group(of: column, in: row) != nil }
    let next = row.text(in: column + 1)
    return column + 1 < row.fields.count && (next.isEmpty || next == name)
      || column > 0 && row.text(in: column - 1) == name
  }

  /// The name at the column or the nearest one to its left.
  private static func group(of column: Int, in row: CSVRecord) -> String? {
    (0...max(0, column)).reversed().lazy.map { row.text(in: $0) }.first { !$0.isEmpty }
  }

  /// Whether the row above a header only names groups of its columns.
  static func isGroups(_ row: CSVRecord, above header: CSVRecord) -> Bool {
    let filled = row.fields.indices.filter { !row.text(in: $0).isEmpty }
    return Set(filled.map { row.text(in: $0) }).count > 1 && row.usedWidth <= header.usedWidth
      && filled.allSatisfy { isGrouped($0, in: row) && CellKind.of(row.text(in: $0)) == .words }
  }

  /// The lowest name of each column; its group goes before one that says too little by itself.
  static func names(_ rows: [CSVRecord]) -> [String] {
    let width = rows.map(\.usedWidth).max() ?? 0
    let lowest = (0..<width).map { column in
      rows.lastIndex { !$0.text(in: column).isEmpty }.map { (row: $0, text: rows[$0].text(in: column)) }
    }
    let keys = Dictionary(grouping: lowest.compactMap { $0.map { HeaderKey.of($0.text) } }, by: \.self)
    return lowest.enumerated().map { column, name in
      guard let name else { return "" }
      let isPlain = keys[HeaderKey.of(name.text)]?.count == 1 && HeaderKey.isKnown(name.text)
      guard !isPlain, name.row > 0, let group = group(of: column, in: rows[name.row - 1]), group != name.text else {
        return name.text
      }
      let isHan = group.unicodeScalars.last?.properties.isIdeographic ?? false
      return group + (isHan ? "" : " ") + name.text
    }
  }
}
