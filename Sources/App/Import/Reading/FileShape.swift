/// What was understood of a file before reading it; each part can be corrected by the person who brought it.
struct FileShape: Equatable, Codable, Sendable {
  var encoding: TextEncoding
  /// No other encoding explains the file nearly as well, or a person chose it.
  var isEncodingSure = true
  var delimiter: Delimiter
  /// The physical line of the header, counted from 1; nil when the file has none.
  var headerLine: Int?
  /// The line at which data begins.
  var firstLine: Int
  /// The names of the columns without blanks around them. Without a header as many empty names as there are
  /// columns.
  var columns: [String]
  var lineEnd: LineEnd
  /// Each line, or the header alone, stands in quotation marks as a whole.
  var isLineQuoted = false
  /// Of a workbook the sheet that is read, and all there are.
  var sheet: String?
  var sheets: [String] = []

  enum LineEnd: String, Codable, Sendable {
    case lf, crlf, cr
  }

  /// What the person said instead of leaving it to be found out.
  struct Choices: Equatable, Codable, Sendable {
    var encoding: TextEncoding?
    var delimiter: Delimiter?
    var sheet: String?
    var header: Header = .found

    enum Header: Equatable, Codable, Sendable {
      case found
      case line(Int)
      case none
    }
  }
}

extension FileShape {
  private static let sampleBytes = 1 << 18

  static func detect(
    in source: ByteSource, choices: Choices = Choices()
  ) throws(ReadingProblem) -> (shape: FileShape, rows: [CSVRecord]) {
    if Workbook.isOne(source) { return try detect(in: Workbook(source), choices) }
    let chosen = choices.encoding.map { TextEncoding.Guess(encoding: $0) }
    let guess = if let chosen { chosen } else { try TextEncoding.detect(in: source) }
    var stream = try TextStream(source, encoding: guess.encoding)
    var text: [UInt8] = []
    var isWhole = false
    while text.count < sampleBytes && !isWhole {
      if let piece = try? stream.next() { text += piece } else { isWhole = true }
    }
    var (shape, rows) = detect(text, isWhole: isWhole, encoding: guess.encoding, choices: choices)
    shape.isEncodingSure = guess.isSure
    return (shape, rows)
  }

  private static func detect(
    in workbook: Workbook, _ choices: Choices
  ) throws(ReadingProblem) -> (shape: FileShape, rows: [CSVRecord]) {
    let sheet = try workbook.sheet(choices.sheet)
    let records = CSVReader.records(
      of: try workbook.beginning(of: sheet, rows: 1_000), delimiter: .comma, isNumbered: true)
    var (shape, rows) = detect(records, encoding: .utf8, delimiter: .comma, lineEnd: .lf, header: choices.header)
    (shape.sheet, shape.sheets) = (sheet.name, workbook.sheets.map(\.name))
    return (shape, rows)
  }

  /// From text at the start of a file; `rows` are the first rows of data, for guessing what the columns mean.
  private static func detect(
    _ text: [UInt8], isWhole: Bool, encoding: TextEncoding, choices: Choices
  ) -> (shape: FileShape, rows: [CSVRecord]) {
    let inside = QuotedLines.unquoted(text)
    let delimiter = choices.delimiter ?? Delimiter.detect(inside ?? text)
    var records = CSVReader.records(of: text, delimiter: delimiter, isWhole: isWhole)
    if records.first?.declaresDelimiter == true { records.removeFirst() }
    let isLineQuoted = inside != nil || isHeaderQuoted(records, delimiter)
    if isLineQuoted { records = records.map { $0.unquoted(delimiter) } }
    var (shape, rows) = detect(
      records, encoding: encoding, delimiter: delimiter, lineEnd: LineEnd.detect(text), header: choices.header)
    shape.isLineQuoted = isLineQuoted
    return (shape, rows)
  }

  /// Only the first line is one field that holds as many as the others have.
  private static func isHeaderQuoted(_ records: [CSVRecord], _ delimiter: Delimiter) -> Bool {
    guard let first = records.first, first.fields.count == 1, let second = records.dropFirst().first else {
      return false
    }
    return second.fields.count > 1 && first.unquoted(delimiter).fields.count == second.fields.count
  }

  private static func detect(
    _ records: [CSVRecord], encoding: TextEncoding, delimiter: Delimiter, lineEnd: LineEnd,
    header choice: Choices.Header
  ) -> (shape: FileShape, rows: [CSVRecord]) {
    let place = HeaderPlace.find(in: records, choice: choice)
    let rows = Array(records[place.firstRow...])
    let header = place.header.map { records[$0] }
    let names = place.header.map { HeaderRows.names(Array(records[($0 - place.groups)...$0])) }
    let width = rows.lazy.map(\.fields.count).max() ?? 0
    let shape = FileShape(
      encoding: encoding,
      delimiter: delimiter,
      headerLine: header?.line,
      firstLine: rows.first?.line ?? (header?.line).map { $0 + 1 } ?? 1,
      columns: names ?? [String](repeating: "", count: width),
      lineEnd: lineEnd)
    return (shape, rows)
  }
}

extension FileShape.LineEnd {
  /// The kind of the first line end.
  static func detect(_ text: [UInt8]) -> Self {
    guard let first = text.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return .lf }
    if text[first] == 0x0A { return .lf }
    return text.dropFirst(first + 1).first == 0x0A ? .crlf : .cr
  }
}

extension CSVRecord {
  /// Excel's `sep=;`, see `Delimiter`.
  fileprivate var declaresDelimiter: Bool {
    fields.first?.lowercased() == "sep=" && !fields.dropFirst().contains { !$0.isEmpty }
  }

  /// Fields up to the last one that is not empty.
  var usedWidth: Int {
    (fields.lastIndex { !$0.trimmed.isEmpty } ?? -1) + 1
  }
}
