import Glibc

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
  /// Only then each field is looked through.
  private var mayHoldBadBytes = false

  /// Rows of the file from its first row of data on.
  init(_ source: ByteSource, shape: FileShape, limits: Limits = Limits()) throws(ReadingProblem) {
    stream = try TextStream(source, encoding: shape.encoding)
    delimiter = shape.delimiter
    firstLine = shape.firstLine
    isNumbered = shape.sheet != nil
    self.limits = limits
    isAllHere = false
  }

  /// Rows of text that is all there already.
  init(text: [UInt8], delimiter: Delimiter, isNumbered: Bool = false, limits: Limits = Limits()) {
    buffer = text
    self.isNumbered = isNumbered
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
      }
      if record.line >= firstLine { return record }
    }
    return nil
  }

  private mutating func scan() throws(ReadingProblem) -> CSVRecord? {
    while true {
      var scanner = RecordScanner(
        delimiter: delimiter, limits: limits, isLast: isAllHere, line: line, usualWidth: usualWidth)
      let outcome = buffer.withUnsafeBufferPointer { scanner.scan($0, from: start) }
      switch outcome {
      case .record(let end):
        start = end
        line = scanner.line
        usualWidth = scanner.record.fields.count
        if !scanner.isEmptyLine { return mayHoldBadBytes ? scanner.record.withBadBytesSaid : scanner.record }
      case .end: return nil
      case .cut: try fill()
      case .problem(let problem): throw problem
      }
    }
  }

  /// Takes in as much as is already there at least, so that a long record is not scanned again for every
  /// piece.
  private mutating func fill() throws(ReadingProblem) {
    buffer.removeFirst(start)
    start = 0
    if buffer.count > limits.recordBytes { throw .recordTooLong(line: line, limit: limits.recordBytes) }
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
    var reader = CSVReader(text: sample, delimiter: delimiter, isNumbered: isNumbered)
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
