/// The rows of a sheet as they come out of its XML, each cell as the text a person sees.
final class SheetRows: XMLListener {
  /// Cells of several rows that are one: their value stands in the first.
  struct Merge {
    let column: Int
    let rows: ClosedRange<Int>
  }

  static let columnLimit = 16_384
  /// As far as Excel counts. A row that says another number is the next one.
  private static let numbers = 1...1_048_576
  private static let cellLimit = 1 << 20

  private let strings: SharedStrings
  private let formats: [CellFormat]
  private let startsIn1904: Bool
  private let rowLimit: Int
  private let take: (_ row: Int, _ cells: [[UInt8]]) throws(ReadingProblem) -> Void

  private(set) var merges: [Merge] = []
  private(set) var problem: ReadingProblem?
  private(set) var isDone = false
  private var row = 0
  private var column = 0
  private var cells: [[UInt8]] = []
  private var width = 0
  /// Of the cells of this row.
  private var byteCount = 0
  private var cell = Cell()
  private var isValue = false
  private var isReading = false

  private struct Cell {
    enum Kind { case number, shared, text, truth }
    var kind = Kind.number
    var format = CellFormat.plain
    var value: [UInt8] = []
  }

  /// - Parameters:
  ///   - rowLimit: after so many rows that hold something it has seen enough.
  ///   - take: given each row that holds something, by its number in the sheet.
  init(
    _ strings: SharedStrings, _ formats: [CellFormat], startsIn1904: Bool, rowLimit: Int = .max,
    _ take: @escaping (_ row: Int, _ cells: [[UInt8]]) throws(ReadingProblem) -> Void
  ) {
    self.strings = strings
    self.formats = formats
    self.startsIn1904 = startsIn1904
    self.rowLimit = rowLimit
    self.take = take
  }

  private var taken = 0
  /// Rows of the sheet, and cells of the row, whatever number they say.
  private var (rowCount, cellCount) = (0, 0)

  func began(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "c" {
      beginCell(attributes)
    } else if name == "v" || name == "t" {
      isValue = !isReading
    } else if name == "rPh" {
      isReading = true
    } else if name == "row" {
      let number = attributes["r"].flatMap { Int($0) } ?? 0
      row = Self.numbers.contains(number) ? number : row + 1
      (column, width, cellCount, byteCount) = (0, 0, 0, 0)
      rowCount += 1
      if rowCount > Self.numbers.upperBound { fail(.tooManyRows(limit: Self.numbers.upperBound)) }
    } else if name == "mergeCell", let area = attributes["ref"] {
      merge(area)
    }
  }

  func ended(_ name: XMLName) {
    if name == "v" || name == "t" {
      isValue = false
    } else if name == "rPh" {
      isReading = false
    } else if name == "c" {
      attempt { () throws(ReadingProblem) in try endCell() }
    } else if name == "row", width > 0 {
      attempt { () throws(ReadingProblem) in try take(row, Array(cells[..<width])) }
      taken += 1
      if taken >= rowLimit { isDone = true }
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isValue else { return }
    if cell.value.count + bytes.count > Self.cellLimit {
      return fail(.fieldTooLong(line: row, column: column, limit: Self.cellLimit))
    }
    cell.value += bytes
  }

  private func beginCell(_ attributes: XMLAttributes) {
    column = attributes["r"].flatMap(Self.place)?.column ?? column + 1
    cellCount += 1
    if !(1...Self.columnLimit).contains(max(column, cellCount)) {
      return fail(.tooManyColumns(line: row, limit: Self.columnLimit))
    }
    cell.value.removeAll(keepingCapacity: true)
    cell.kind =
      switch attributes["t"] {
      case "s": .shared
      case "b": .truth
      case "str", "inlineStr", "e", "d": .text
      default: .number
      }
    let style = attributes["s"].flatMap { Int($0) } ?? 0
    cell.format = formats.indices.contains(style) ? formats[style] : .plain
  }

  private func endCell() throws(ReadingProblem) {
    guard !cell.value.isEmpty, !isDone else { return }
    let value = String(decoding: cell.value, as: UTF8.self)
    let shown: [UInt8] =
      switch cell.kind {
      case .text: cell.value
      case .truth: Array((value == "0" ? "FALSE" : "TRUE").utf8)
      case .number: Array(cell.format.text(of: value, startsIn1904: startsIn1904).utf8)
      case .shared: try shared(value)
      }
    byteCount += shown.count
    let limit = CSVReader.Limits().recordBytes
    guard byteCount <= limit else { throw .recordTooLong(line: row, limit: limit) }
    while cells.count < column { cells.append([]) }
    while width < column {
      cells[width].removeAll(keepingCapacity: true)
      width += 1
    }
    cells[column - 1] = shown
  }

  private func shared(_ number: String) throws(ReadingProblem) -> [UInt8] {
    guard let number = Int(number), let text = try strings.text(number) else {
      throw .workbookDamaged(part: "sharedStrings")
    }
    return text
  }

  /// `B2:B5`
  private func merge(_ area: String) {
    let corners = area.split(separator: ":").compactMap { Self.place(String($0)) }
    guard corners.count == 2, corners[0].row < corners[1].row, merges.count < 1_000_000 else { return }
    merges.append(Merge(column: corners[0].column, rows: corners[0].row...corners[1].row))
  }

  /// `AB12` is column 28, row 12.
  private static func place(_ name: String) -> (column: Int, row: Int)? {
    let letters = name.utf8.prefix { $0.isLetter }
    guard (1...3).contains(letters.count), let row = Int(name.dropFirst(letters.count)) else { return nil }
    return (letters.reduce(0) { $0 * 26 + Int($1 & 0x1F) }, row)
  }

  private func attempt(_ work: () throws(ReadingProblem) -> Void) {
    do { try work() } catch { fail(error) }
  }

  private func fail(_ found: ReadingProblem) {
    problem = problem ?? found
    isDone = true
  }
}
