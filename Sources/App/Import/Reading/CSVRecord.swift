/// One row of a file. Nothing is trimmed and nothing padded: `text(in:)` does both for whoever reads values.
struct CSVRecord: Equatable, Sendable {
  /// The physical line it starts on, counted from 1.
  var line: Int
  var fields: [String]
  var oddities: Oddities = []
  /// What stood in cells of errors, by their columns; such a cell is empty.
  var errors: [Int: String] = [:]

  struct Oddities: OptionSet, Sendable {
    let rawValue: UInt8
    /// A quotation mark stood where none belongs; the text around it was kept.
    static let strayQuote = Oddities(rawValue: 1)
    /// Zero bytes, which no database takes as text, were left out.
    static let zeroBytes = Oddities(rawValue: 2)
    /// Bytes that are no text in the file's encoding; U+FFFD stands for them.
    static let badBytes = Oddities(rawValue: 4)
    /// A quotation mark opened a field and none closed it; it was kept as text.
    static let openQuote = Oddities(rawValue: 8)
  }

  /// Marked where some of it could not be read.
  var withBadBytesSaid: CSVRecord {
    guard fields.contains(where: \.holdsReplacement) else { return self }
    var record = self
    record.oddities.insert(.badBytes)
    return record
  }

  /// As they stood in the file.
  var typedFields: [String] { fields.indices.map { errors[$0] ?? fields[$0] } }

  /// The field without blanks around it; empty where the row is too short.
  func text(in column: Int) -> String {
    fields.indices.contains(column) ? fields[column].trimmed : ""
  }

  var isBlank: Bool {
    errors.isEmpty && fields.allSatisfy { $0.trimmed.isEmpty }
  }

  /// How a row differs from the table it stands in. Extra fields that are empty do not count.
  enum Misfit: Equatable, Sendable {
    case tooFew(missing: Int)
    case tooMany(extra: Int)
  }

  func misfit(columns: Int) -> Misfit? {
    if fields.count < columns { return .tooFew(missing: columns - fields.count) }
    let used = fields.lastIndex { !$0.trimmed.isEmpty }.map { $0 + 1 } ?? 0
    return used > columns ? .tooMany(extra: used - columns) : nil
  }
}

extension CSVRecord.Misfit {
  static func zh(_ misfit: Self) -> String {
    switch misfit {
    case .tooFew(let missing): "这一行少 \(missing) 列"
    case .tooMany(let extra): "这一行多 \(extra) 列"
    }
  }

  static func en(_ misfit: Self) -> String {
    switch misfit {
    case .tooFew(let missing): "The row is \(missing) column(s) short"
    case .tooMany(let extra): "The row has \(extra) column(s) too many"
    }
  }
}

extension String {
  /// U+FFFD, which stands for what could not be read.
  var holdsReplacement: Bool { utf8.contains(0xEF) && unicodeScalars.contains("\u{FFFD}") }
}
