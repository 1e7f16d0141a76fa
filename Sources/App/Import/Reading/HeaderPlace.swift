/// Where the header stands among the first rows of a file, below any titles, or that there is none.
struct HeaderPlace: Equatable, Sendable {
  /// The last row of the header.
  var header: Int?
  var firstRow: Int
  /// Rows above it that belong to the header too.
  var groups = 0

  static func find(in records: [CSVRecord], choice: FileShape.Choices.Header) -> HeaderPlace {
    switch choice {
    case .none: return HeaderPlace(header: nil, firstRow: 0)
    case .line(let line):
      guard let header = records.firstIndex(where: { $0.line >= line }) else {
        return HeaderPlace(header: nil, firstRow: 0)
      }
      return HeaderPlace(header: header, firstRow: header + 1)
    case .found:
      guard let top = firstFullRow(of: records), isHeader(top, of: records) else {
        // Rows that only might be titles are not thrown away: as rows that fit nothing they will be reported.
        return HeaderPlace(header: nil, firstRow: 0)
      }
      let last = top + HeaderRows.further(behind: top, in: records)
      let isBelowGroups = top > 0 && HeaderRows.isGroups(records[top - 1], above: records[top])
      return HeaderPlace(header: last, firstRow: last + 1, groups: last - top + (isBelowGroups ? 1 : 0))
    }
  }

  /// Titles fill one or two cells or repeat one word; the first row that is filled like the others is not a
  /// title.
  private static func firstFullRow(of records: [CSVRecord]) -> Int? {
    let filled = records.map { $0.fields.count { !$0.trimmed.isEmpty } }
    let usual = filled.sorted().dropFirst(filled.count / 2).first ?? 0
    return records.prefix(40).indices.first { index in
      let distinct = Set(records[index].fields.map(\.trimmed)).subtracting([""]).count
      return distinct > 0 && filled[index] * 2 >= usual && distinct * 2 >= filled[index]
    }
  }

  private static func isHeader(_ index: Int, of records: [CSVRecord]) -> Bool {
    let names = records[index].fields.map(\.trimmed)
    let filled = names.filter { !$0.isEmpty }
    let known = filled.count { HeaderKey.isKnown($0) }
    if known * 3 >= max(1, filled.count) || isRunOfYears(names) { return true }
    if filled.contains(where: { CellKind.of($0) != .words }) { return false }
    let rows = records[(index + 1)...].prefix(200)
    if known > (rows.isEmpty ? 1 : 0) { return true }
    if rows.isEmpty || names.indices.contains(where: { isRepeated($0, names, rows) }) { return false }
    return names.count > 1 || names.indices.contains { hasTypedValues($0, rows) }
  }

  /// Statistics put the years side by side: `Year,2000,2001,2002`.
  private static func isRunOfYears(_ names: [String]) -> Bool {
    let years = names.dropFirst().filter { !$0.isEmpty }.map { $0.count == 4 ? Int($0) ?? 0 : 0 }
    return years.count >= 3 && CellKind.of(names.first ?? "") == .words
      && years.allSatisfy { $0 > 1800 && $0 < 2200 }
      && zip(years, years.dropFirst()).allSatisfy { $0 < $1 }
  }

  private static func isRepeated(_ column: Int, _ names: [String], _ rows: ArraySlice<CSVRecord>) -> Bool {
    !names[column].isEmpty && rows.contains { $0.text(in: column) == names[column] }
  }

  private static func hasTypedValues(_ column: Int, _ rows: ArraySlice<CSVRecord>) -> Bool {
    let values = rows.map { $0.text(in: column) }.filter { !$0.isEmpty }
    return !values.isEmpty && values.count { CellKind.of($0) != .words } * 2 > values.count
  }
}
