import Glibc

/// Cuts one record out of UTF-8 text. All ASCII signs it looks for never occur inside a longer character.
struct RecordScanner {
  enum Outcome {
    /// The record ends here; the next begins at this place.
    case record(end: Int)
    /// No text is left.
    case end
    /// The record goes on beyond the text at hand.
    case cut
    case problem(ReadingProblem)
  }

  let delimiter: Delimiter
  let limits: CSVReader.Limits
  let isLast: Bool
  /// The line of the start, and after `scan` that of the next record.
  private(set) var line: Int
  private(set) var record: CSVRecord
  /// Where a quotation mark opened a field that may not have meant it: none closed it, or one far below that was not
  /// meant so either.
  private(set) var doubtfulQuote: Int?
  /// A quotation mark that is text although it stands where a field begins.
  var literalQuote: Int?

  init(delimiter: Delimiter, limits: CSVReader.Limits, isLast: Bool, line: Int, usualWidth: Int) {
    self.delimiter = delimiter
    self.limits = limits
    self.isLast = isLast
    self.line = line
    record = CSVRecord(line: line, fields: [])
    record.fields.reserveCapacity(usualWidth)
  }

  var isEmptyLine: Bool {
    record.fields.count <= 1 && record.errors.isEmpty && record.fields.allSatisfy(\.trimmed.isEmpty)
  }

  private enum Stop {
    case delimiter, lineEnd, end, cut
    case problem(ReadingProblem)
  }

  mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Outcome {
    if start >= bytes.count { return isLast ? .end : .cut }
    var index = start
    if delimiter == .blanks { skipBlanks(bytes, &index) }
    while true {
      if record.fields.count >= limits.columns {
        return .problem(.tooManyColumns(line: record.line, limit: limits.columns))
      }
      switch scanField(bytes, &index) {
      case .delimiter: index += 1
      case .lineEnd: return finishLine(bytes, index)
      case .end: return .record(end: index)
      case .cut: return .cut
      case .problem(let problem): return .problem(problem)
      }
      if delimiter == .blanks, let outcome = endAfterBlanks(bytes, &index) { return outcome }
    }
  }

  /// A run of blanks parts two fields, and at the end of a line none.
  private mutating func endAfterBlanks(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Outcome? {
    skipBlanks(bytes, &index)
    if index >= bytes.count { return isLast ? .record(end: index) : .cut }
    return bytes[index] == 0x0A || bytes[index] == 0x0D ? finishLine(bytes, index) : nil
  }

  private mutating func finishLine(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Outcome {
    if bytes[index] == 0x0D {
      if index + 1 >= bytes.count && !isLast { return .cut }
      line += 1
      return .record(end: index + 1 < bytes.count && bytes[index + 1] == 0x0A ? index + 2 : index + 1)
    }
    line += 1
    return .record(end: index + 1)
  }

  private mutating func scanField(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Stop {
    let start = index
    skipBlanks(bytes, &index)
    if index < bytes.count && bytes[index] == 0x22 && index != literalQuote {
      index += 1
      return scanQuoted(bytes, &index)
    }
    index = start
    return scanPlain(bytes, &index, keeping: [])
  }

  /// `head` is what a quoted field held before a quote that did not end it.
  private mutating func scanPlain(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, keeping head: [UInt8]
  ) -> Stop {
    let start = index
    let stop = findStop(bytes, &index)
    if case .cut = stop { return tooLong(index - start) ?? .cut }
    if let problem = tooLong(index - start + head.count) { return problem }
    if head.isEmpty {
      append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
    } else {
      var text = head + bytes[start..<index]
      if text.last == 0x22 { text.removeLast() }
      text.withUnsafeBufferPointer { append($0) }
    }
    return stop
  }

  private func findStop(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Stop {
    let separator = delimiter.byte
    while index < bytes.count {
      let byte = bytes[index]
      if byte == separator { return .delimiter }
      if byte == 0x0A || byte == 0x0D { return .lineEnd }
      if byte == 0x09 && delimiter == .blanks { return .delimiter }
      index += 1
    }
    return isLast ? .end : .cut
  }

  private mutating func scanQuoted(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Stop {
    let (opened, place) = (line, index - 1)
    var text: [UInt8] = []
    while true {
      let start = index
      guard let quote = nextQuote(bytes, from: start) else {
        if let problem = tooLong(text.count + bytes.count - start, opened) {
          doubtfulQuote = place
          return problem
        }
        if isLast { doubtfulQuote = place }
        return isLast ? .problem(.quoteNotClosed(line: opened)) : .cut
      }
      if quote + 1 >= bytes.count && !isLast { return tooLong(text.count + quote - start, opened) ?? .cut }
      if let problem = tooLong(text.count + quote - start, opened) {
        doubtfulQuote = place
        return problem
      }
      let piece = UnsafeBufferPointer(rebasing: bytes[start..<quote])
      countLines(piece)
      index = quote + 1
      if index < bytes.count && bytes[index] == 0x22 {
        text += piece
        text.append(0x22)
        index += 1
        continue
      }
      let (strays, isLong) = (record.oddities, line > opened)
      record.oddities.remove(.strayQuote)
      let stop = closeQuoted(bytes, &index, text, piece)
      if isLong && record.oddities.contains(.strayQuote) { doubtfulQuote = doubtfulQuote ?? place }
      record.oddities.formUnion(strays)
      return stop
    }
  }

  /// After the closing quote only blanks may stand before the delimiter; anything else shows that the quote
  /// was text.
  private mutating func closeQuoted(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ text: [UInt8],
    _ piece: UnsafeBufferPointer<UInt8>
  ) -> Stop {
    let afterQuote = index
    skipBlanks(bytes, &index)
    if index >= bytes.count && !isLast { return .cut }
    guard let stop = stop(bytes, index) else {
      record.oddities.insert(.strayQuote)
      index = afterQuote
      return scanPlain(bytes, &index, keeping: text + piece + [0x22])
    }
    if text.isEmpty {
      append(piece)
    } else {
      (text + piece).withUnsafeBufferPointer { append($0) }
    }
    return stop
  }

  private func stop(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Stop? {
    if index >= bytes.count { return .end }
    switch bytes[index] {
    case 0x0A, 0x0D: return .lineEnd
    case delimiter.byte: return .delimiter
    case 0x09 where delimiter == .blanks: return .delimiter
    default: return nil
    }
  }

  private func skipBlanks(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
    while index < bytes.count && (bytes[index] == 0x20 || (bytes[index] == 0x09 && delimiter != .tab)) {
      index += 1
    }
  }

  private func nextQuote(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, 0x22, bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  private mutating func countLines(_ piece: UnsafeBufferPointer<UInt8>) {
    var previous: UInt8 = 0
    for byte in piece {
      if byte == 0x0D || (byte == 0x0A && previous != 0x0D) { line += 1 }
      previous = byte
    }
  }

  private func tooLong(_ count: Int, _ opened: Int? = nil) -> Stop? {
    guard count > limits.fieldBytes else { return nil }
    let column = record.fields.count + 1
    return .problem(.fieldTooLong(line: opened ?? line, column: column, limit: limits.fieldBytes))
  }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    if let base = bytes.baseAddress, memchr(base, 0, bytes.count) != nil {
      record.oddities.insert(.zeroBytes)
      record.fields.append(String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self))
    } else {
      record.fields.append(String(decoding: bytes, as: UTF8.self))
      if bytes.first == UInt8(ascii: "#") || bytes.first == 0x20 { emptyError() }
    }
  }

  private mutating func emptyError() {
    let column = record.fields.count - 1
    let text = record.text(in: column)
    guard ErrorCell.isOne(text) else { return }
    record.errors[column] = text
    record.fields[column] = ""
  }
}
