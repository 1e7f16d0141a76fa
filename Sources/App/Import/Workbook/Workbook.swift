/// A spreadsheet as Excel and its relatives save it (ECMA-376, `.xlsx` and `.xlsm`).
struct Workbook {
  struct Sheet: Equatable, Sendable {
    let name: String
    let isHidden: Bool
    fileprivate let part: String
  }

  let sheets: [Sheet]
  private let archive: Archive
  private let strings: SharedStrings
  private let formats: [CellFormat]
  private let startsIn1904: Bool

  /// Whether a file is a workbook, or another kind of spreadsheet, rather than text.
  static func isOne(_ source: ByteSource) -> Bool {
    let mark = (try? source.read(at: 0, count: 4)) ?? []
    return mark == [0x50, 0x4B, 0x03, 0x04] || mark == [0xD0, 0xCF, 0x11, 0xE0]
  }

  /// - Throws: ``ReadingProblem`` that says what kind of file it is instead, or what is wrong with it.
  init(_ source: ByteSource) throws(ReadingProblem) {
    guard let archive = Archive(source) else { throw .notWorkbook }
    self.archive = archive
    let book = "xl/workbook.xml"
    let main = try Relations(archive, "_rels/.rels", folder: "").first(ofType: "/officeDocument") ?? book
    guard archive.has(main) else { throw .notWorkbook }
    let folder = main.split(separator: "/").dropLast().joined(separator: "/")
    let file = main.split(separator: "/").last.map(String.init) ?? main
    let relations = try Relations(archive, "\(folder)/_rels/\(file).rels", folder: folder)
    let contents = WorkbookContents()
    try archive.parse(main, contents)
    sheets = contents.sheets.compactMap { sheet in
      guard let part = relations.parts[sheet.relation]?.part, !part.contains("chartsheets/") else { return nil }
      return Sheet(name: sheet.name, isHidden: sheet.isHidden, part: part)
    }
    startsIn1904 = contents.startsIn1904
    let styles = CellStyles()
    if let part = relations.first(ofType: "/styles") { try archive.parse(part, styles) }
    formats = styles.formats
    strings = try SharedStrings(archive, part: relations.first(ofType: "/sharedStrings"))
  }

  /// The sheet of a name, or the first that can be seen.
  func sheet(_ name: String?) throws(ReadingProblem) -> Sheet {
    if let name {
      guard let sheet = sheets.first(where: { $0.name == name }) else { throw .noSheet(name) }
      return sheet
    }
    guard let sheet = sheets.first(where: { !$0.isHidden }) ?? sheets.first else { throw .notWorkbook }
    return sheet
  }

  /// A sheet as CSV in UTF-8, the number of each row in front of it, values of merged rows in each of them.
  /// - Parameter single: columns, counted from 0, whose merged values stand in the first of their rows alone: a total that is
  ///   merged over the lines of an order is one.
  func table(of sheet: Sheet, single: Set<Int> = []) throws(ReadingProblem) -> ByteSource {
    let merges = Merges(try spool(sheet, Merges([])).merges.filter { !single.contains($0.column - 1) })
    return merges.isEmpty ? try spool(sheet, merges).table : try spool(sheet, merges).table
  }

  /// The same of the first rows alone, for finding out what they are.
  func beginning(of sheet: Sheet, rows: Int) throws(ReadingProblem) -> [UInt8] {
    let table = try spool(sheet, Merges([]), rowLimit: rows).table
    return try table.read(at: 0, count: table.count)
  }

  private func spool(
    _ sheet: Sheet, _ merges: Merges, rowLimit: Int = .max
  ) throws(ReadingProblem) -> (table: ByteSource, merges: [SheetRows.Merge]) {
    let writer = try TableWriter(merges, limit: archive.tableLimit, of: sheet.part)
    let rows = SheetRows(strings, formats, startsIn1904: startsIn1904, rowLimit: rowLimit) {
      row, cells throws(ReadingProblem) in try writer.write(row, cells)
    }
    try archive.parse(sheet.part, rows)
    if let problem = rows.problem { throw problem }
    return (try writer.spool.finished(), rows.merges)
  }
}

/// Rows on their way to CSV.
private final class TableWriter {
  var spool: TextSpool
  private var merges: Merges

  init(_ merges: Merges, limit: Int, of part: String) throws(ReadingProblem) {
    spool = try TextSpool(limit: limit, of: part)
    self.merges = merges
  }

  func write(_ row: Int, _ cells: [[UInt8]]) throws(ReadingProblem) {
    var cells = cells
    merges.fill(&cells, row)
    let limit = CSVReader.Limits().recordBytes
    guard cells.reduce(0, { $0 + $1.count }) <= limit else { throw .recordTooLong(line: row, limit: limit) }
    var bytes = Array("\(row)".utf8)
    for cell in cells {
      bytes.append(UInt8(ascii: ","))
      if cell.isEmpty { continue }
      guard cell.contains(where: \.needsQuotes) else {
        bytes += cell
        continue
      }
      bytes.append(UInt8(ascii: "\""))
      for byte in cell {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: "\n"))
    try spool.append(bytes)
  }
}

extension UInt8 {
  fileprivate var needsQuotes: Bool {
    switch self {
    case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: " "): true
    default: false
    }
  }
}

/// Cells that reach over several rows, by the row they begin in.
private struct Merges {
  /// A sheet has few side by side; more are made to take time.
  private static let openLimit = 1_000

  private var coming: [SheetRows.Merge]
  private var open: [(merge: SheetRows.Merge, value: [UInt8])] = []

  init(_ merges: [SheetRows.Merge]) { coming = merges.sorted { $0.rows.lowerBound > $1.rows.lowerBound } }

  var isEmpty: Bool { coming.isEmpty }

  /// Puts the value of the first row of a merge into an empty cell of a later one. Rows come in their order.
  mutating func fill(_ cells: inout [[UInt8]], _ row: Int) {
    if coming.isEmpty && open.isEmpty { return }
    open.removeAll { $0.merge.rows.upperBound < row }
    for (merge, value) in open where merge.rows.contains(row) && !value.isEmpty {
      while cells.count < merge.column { cells.append([]) }
      if cells[merge.column - 1].isEmpty { cells[merge.column - 1] = value }
    }
    while let next = coming.last, next.rows.lowerBound <= row {
      coming.removeLast()
      guard next.rows.lowerBound == row, cells.indices.contains(next.column - 1), open.count < Self.openLimit
      else { continue }
      open.append((next, cells[next.column - 1]))
    }
  }
}
