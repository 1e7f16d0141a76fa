import Store
import Web

/// The rows of a file that were not imported, in their own columns, with the reason behind: to be put right and
/// imported alone.
struct RejectedRows: Sendable {
  static let reason = Word("未导入的原因", "Why it was not imported")

  /// UTF-8 with its mark, so that Excel reads it as such.
  static func csv(
    _ source: ByteSource, _ setup: ImportSetup, _ rejections: [Int: [ImportProblem]], in language: Language
  ) throws -> [UInt8] {
    var bytes = TextEncoding.utf8.mark
    let width = setup.shape.columns.count
    if setup.shape.headerLine != nil { append(setup.shape.columns + [reason[language]], to: &bytes) }
    var csv = try CSVReader(source, shape: setup.shape)
    while let record = try csv.next() {
      guard let problems = rejections[record.line], setup.wants(record) else { continue }
      let reasons = problems.map { $0.sentence[language] }.joined(separator: language == .zh ? "；" : "; ")
      let fields = record.fields + [String](repeating: "", count: max(0, width - record.fields.count))
      append(fields + [reasons], to: &bytes)
    }
    return bytes
  }

  private static func append(_ fields: [String], to bytes: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      let needsQuotes = field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) } || field != field.trimmed
      bytes += (needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field).utf8
    }
    bytes += "\r\n".utf8
  }
}
