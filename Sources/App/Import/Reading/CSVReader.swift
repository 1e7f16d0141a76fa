import Glibc
import Web

/// Reads a table of text row by row: RFC 4180, forgiving about blanks before quotes, stray quotes, ragged
/// rows and any mixture of line ends. Memory is bounded by `Limits` whatever the file's size.
struct CSVReader: Sendable {
  struct Limits: Sendable {
    var fieldBytes = 1 << 20
    var recordBytes = 8 << 20
    var columns = 16_384
  }

  private let delimiter: Delimiter
  private let firstLine: Int
  private let limits: Limits
  /// Whether each row begins with the number of its line, as those of a workbook do.
  private let isNumbered: Bool
  private var stream: TextStream?
  private var buffer: [UInt8] = []
  private var start = 0
  private var line = 1
  private var usualWidth = 1
  private var isAllHere: Bool
  private var hasRead = false
  /// Not where the text was cut, as what closes a quotation may stand behind the cut.
  private var mayMend = true
  /// Whether each line, or the header alone, stands in quotation marks as a whole.
  private let isLineQuoted: Bool
  /// Only then each field is looked through.
  private var mayHoldBadBytes = false

  /// Rows of the file from its first row of data on.
  init(_ source: ByteSource, shape: FileShape, limits: Limits = Limits()) throws(ReadingProblem) {
    stream = try TextStream(source, encoding: shape.encoding)
    delimiter = shape.delimiter
    firstLine = shape.firstLine
    isNumbered = shape.sheet != nil
    isLineQuoted = shape.isLineQuoted
    self.limits = limits
    isAllHere = false
  }

  /// Rows of text that is all there already.
  init(
    text: [UInt8], delimiter: Delimiter, isNumbered: Bool = false, isWhole: Bool = true, limits: Limits = Limits()
  ) {
    buffer = text
    self.isNumbered = isNumbered
    isLineQuoted = false
    mayMend = isWhole
    self.delimiter = delimiter
    firstLine = 1
    self.limits = limits
    isAllHere = true
    mayHoldBadBytes = text.holdsReplacement
  }

  /// Bytes of the file read so far, for progress.
  var bytesRead: Int { stream?.bytesRead ?? start }

  /// The next row, nil at the end. Empty lines are passed over.
  mutating func next() throws(ReadingProblem) -> CSVRecord? {
    while var record = try scan() {
      if isNumbered, let line = record.fields.first.flatMap({ Int($0) }) {
        record.line = line
        record.fields.removeFirst()
        if !record.errors.isEmpty {
          record.errors = Dictionary(uniqueKeysWithValues: record.errors.map { ($0.key - 1, $0.value) })
        }
      }
      if isLineQuoted { record = record.unquoted(delimiter) }
      if record.line >= firstLine { return record }
    }
    return nil
  }

  private mutating func scan() throws(ReadingProblem) -> CSVRecord? {
    while true {
      var scanner = scanner()
      let outcome = buffer.withUnsafeBufferPointer { scanner.scan($0, from: start) }
      if let record = mended(scanner, outcome) { return record }
      switch outcome {
      case .record(let end):
        let record = take(scanner, end)
        if !scanner.isEmptyLine { return record }
      case .end: return nil
      case .cut: try fill()
      case .problem(let problem): throw problem
      }
    }
  }

  private func scanner() -> RecordScanner {
    RecordScanner(delimiter: delimiter, limits: limits, isLast: isAllHere, line: line, usualWidth: usualWidth)
  }

  private mutating func take(_ scanner: RecordScanner, _ end: Int) -> CSVRecord {
    start = end
    line = scanner.line
    usualWidth = scanner.record.fields.count
    hasRead = true
    var record = scanner.record
    // A workbook says by itself what is text.
    if !isNumbered {
      for index in record.fields.indices where record.fields[index].utf8.first == UInt8(ascii: "'") {
        record.fields[index] = record.fields[index].withFormula
      }
    }
    return mayHoldBadBytes ? record.withBadBytesSaid : record
  }

  /// The record of a quotation mark that opened a field and was not meant to: with the mark as text it ends with its
  /// line, and fits the table as the next one does. The lines below are not swallowed.
  private mutating func mended(_ scanner: RecordScanner, _ outcome: RecordScanner.Outcome) -> CSVRecord? {
    guard let quote = scanner.doubtfulQuote, hasRead, mayMend else { return nil }
    if case .cut = outcome { return nil }
    var second = self.scanner()
    second.literalQuote = quote
    let outcome = buffer.withUnsafeBufferPointer { second.scan($0, from: start) }
    guard case .record(let end) = outcome, second.doubtfulQuote == nil, second.record.fields.count == usualWidth,
      isUsual(from: end)
    else { return nil }
    var record = take(second, end)
    record.oddities.insert(.openQuote)
    return record
  }

  private func isUsual(from place: Int) -> Bool {
    var next = scanner()
    switch buffer.withUnsafeBufferPointer({ next.scan($0, from: place) }) {
    case .record: return next.isEmptyLine || next.record.fields.count == usualWidth
    case .end, .cut: return true
    case .problem: return next.doubtfulQuote != nil
    }
  }

  /// Takes in as much as is already there at least, so that a long record is not scanned again for every
  /// piece.
  private mutating func fill() throws(ReadingProblem) {
    buffer.removeFirst(start)
    start = 0
    if buffer.count > limits.recordBytes { throw .recordTooLong(line: line, limit: limits.recordBytes) }
    if Deadline.isOver { throw .stopped }
    let wanted = buffer.count * 2
    repeat {
      guard let piece = try stream?.next() else {
        isAllHere = true
        return
      }
      mayHoldBadBytes = mayHoldBadBytes || piece.holdsReplacement
      buffer += piece
    } while buffer.count < wanted
  }
}

extension CSVReader {
  /// The rows at the start of a file, as far as they can be read, for guessing what the file is. Of a sample
  /// cut out of a longer text the last row is left out, as it may be cut too.
  static func records(
    of sample: [UInt8], delimiter: Delimiter, isNumbered: Bool = false, isWhole: Bool = true, limit: Int = 500
  ) -> [CSVRecord] {
    var reader = CSVReader(text: sample, delimiter: delimiter, isNumbered: isNumbered, isWhole: isWhole)
    var records: [CSVRecord] = []
    while records.count < limit, let record = try? reader.next() { records.append(record) }
    if !isWhole && records.count > 1 && reader.bytesRead >= sample.count { records.removeLast() }
    return records
  }
}

extension [UInt8] {
  /// Whether some of it could not be read, here or where it comes from.
  fileprivate var holdsReplacement: Bool {
    withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return false }
      var place = 0
      while let found = memchr(base + place, 0xEF, bytes.count - place) {
        place = base.distance(to: UnsafeRawPointer(found))
        if bytes[place...].starts(with: TextDecoder.replacement) { return true }
        place += 1
      }
      return false
    }
  }
}
