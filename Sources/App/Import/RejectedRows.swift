import Store
import Web

/// The rows of a file that were not imported, in their own columns, with the reason behind: to be put right and
/// imported alone.
struct RejectedRows {
  static let reason = Word("未导入的原因", "Why it was not imported")

  private let source: ByteSource
  private let setup: ImportSetup
  private let rejections: [Int: [ImportProblem]]
  private let language: Language

  init(
    _ source: ByteSource, _ setup: ImportSetup, _ rejections: [Int: [ImportProblem]], in language: Language
  ) {
    self.source = source
    self.setup = setup
    self.rejections = rejections
    self.language = language
  }

  /// UTF-8 with its mark, so that Excel reads it as such.
  func csv() throws -> [UInt8] {
    var bytes = TextEncoding.utf8.mark
    try each { Self.append($0, to: &bytes) }
    return bytes
  }

  /// A workbook of one sheet.
  func workbook() throws -> [UInt8] {
    let writer = try WorkbookWriter()
    try each { try writer.add($0) }
    return try writer.finished()
  }

  /// The header where there is one, and each row with its reasons.
  private func each(_ take: ([String]) throws -> Void) throws {
    let width = setup.shape.columns.count
    if setup.shape.headerLine != nil { try take(setup.shape.columns + [Self.reason[language]]) }
    var rows = try CSVReader(try setup.table(of: source), shape: setup.shape)
    while let record = try rows.next() {
      guard let problems = rejections[record.line], setup.wants(record) else { continue }
      let reasons = problems.map { $0.sentence[language] }.joined(separator: language == .zh ? "；" : "; ")
      let fields = record.typedFields + [String](repeating: "", count: max(0, width - record.fields.count))
      try take(fields + [reasons])
    }
  }

  private static func append(_ fields: [String], to bytes: inout [UInt8]) {
    for (index, field) in fields.map(\.withoutFormula).enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      let needsQuotes = field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) } || field != field.trimmed
      bytes += (needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field).utf8
    }
    bytes += "\r\n".utf8
  }
}
