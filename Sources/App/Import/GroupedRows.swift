import Store

/// Makes values of one kind out of the rows of a file.
protocol RowReader: Sendable {
  associatedtype Row: Sendable

  /// What the rows of one record share; nil when the row is a record of its own.
  func key(of record: CSVRecord) -> Int?

  /// Another key that rows of the same record may go by.
  func alias(of record: CSVRecord) -> Int?

  /// Whether it has no number to tell its customer by, only a name; its key may be an alias of others.
  func isUnnumbered(_ record: CSVRecord) -> Bool

  func read(_ record: CSVRecord) -> ReadRow<Row>
}

extension RowReader {
  func alias(of record: CSVRecord) -> Int? { nil }
}

/// What became of one row: a value, unless something is wrong with it.
struct ReadRow<Row: Sendable>: Sendable {
  let row: Row?
  let line: Int
  let problems: [ImportProblem]
  /// What a row of orders comes to; nil where that cannot be read.
  var worth: Money?
}

/// The rows of a file that belong to one record.
struct FiledGroup<Row: Sendable>: Sendable {
  var rows: [Row] = []
  var lines: [Int] = []
  var problems: [ImportProblem] = []
  /// What each line comes to.
  var worths: [Money?] = []

  mutating func add(_ read: ReadRow<Row>) {
    if let row = read.row { rows.append(row) }
    lines.append(read.line)
    worths.append(read.worth)
    problems += read.problems
  }
}

/// The rows of a file put together by the record they belong to, wherever they stand; each record comes as soon
/// as its last row is read, so only those that are incomplete are kept.
struct GroupedRows<Reader: RowReader>: Sendable {
  private var csv: CSVReader
  private let setup: ImportSetup
  private let survey: ImportSurvey
  private let reader: Reader
  private var open: [Int: FiledGroup<Reader.Row>] = [:]

  init(_ source: ByteSource, _ setup: ImportSetup, _ survey: ImportSurvey, _ reader: Reader) throws {
    csv = try CSVReader(source, shape: setup.shape)
    self.setup = setup
    self.survey = survey
    self.reader = reader
  }

  mutating func next() throws -> FiledGroup<Reader.Row>? {
    while let record = try csv.next() {
      guard !record.isBlank, setup.wants(record) else { continue }
      guard let key = survey.key(reader.key(of: record)), let count = survey.repeated[key] else {
        var group = FiledGroup<Reader.Row>()
        group.add(reader.read(record))
        return group
      }
      open[key, default: FiledGroup()].add(reader.read(record))
      if open[key]?.lines.count == count { return open.removeValue(forKey: key) }
    }
    return open.popFirst()?.value
  }
}
