/// Lines that stand in quotation marks as a whole, `"a,b,c"`: what programs make of a table that was in text already.
enum QuotedLines {
  /// The lines without them, where every line of the sample is so; nil elsewhere.
  static func unquoted(_ sample: [UInt8]) -> [UInt8]? {
    guard sample.first(where: { $0 != 0x20 }) == UInt8(ascii: "\"") else { return nil }
    let records = CSVReader.records(of: sample, delimiter: .bar)
    let separators = [Delimiter.comma, .tab, .semicolon].map(\.byte)
    let isSo = records.allSatisfy { record in
      guard record.oddities.isEmpty, record.fields.count == 1, let text = record.fields.first else { return false }
      return text.utf8.contains { separators.contains($0) }
    }
    let isQuoted = lines(sample).allSatisfy { $0.first == UInt8(ascii: "\"") && $0.last == UInt8(ascii: "\"") }
    return isSo && isQuoted && records.count > 1
      ? Array(records.map { $0.fields[0] }.joined(separator: "\n").utf8) : nil
  }

  private static func lines(_ sample: [UInt8]) -> [ArraySlice<UInt8>] {
    Array(sample.split { $0 == 0x0A || $0 == 0x0D }.prefix(50))
  }
}

extension CSVRecord {
  /// A record of one field that holds several, parted.
  func unquoted(_ delimiter: Delimiter) -> CSVRecord {
    guard fields.count == 1, let text = fields.first, text.utf8.contains(delimiter.byte) else { return self }
    var reader = CSVReader(text: Array(text.utf8), delimiter: delimiter)
    guard let inner = try? reader.next(), inner.fields.count > 1 else { return self }
    var record = self
    (record.fields, record.errors) = (inner.fields, inner.errors)
    record.oddities.formUnion(inner.oddities)
    return record
  }
}
