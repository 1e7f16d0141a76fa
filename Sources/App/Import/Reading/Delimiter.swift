/// What stands between the fields of a line.
enum Delimiter: String, CaseIterable, Codable, Sendable {
  case comma
  case tab
  case semicolon
  case bar
  /// Any run of blanks, for tables aligned with spaces.
  case blanks

  var byte: UInt8 {
    switch self {
    case .comma: 0x2C
    case .tab: 0x09
    case .semicolon: 0x3B
    case .bar: 0x7C
    case .blanks: 0x20
    }
  }

  /// Accepts the character itself as well as its name.
  init?(typed: String) {
    switch typed.lowercased() {
    case ",", "，", "comma": self = .comma
    case "\t", "\\t", "tab": self = .tab
    case ";", "；", "semicolon": self = .semicolon
    case "|", "bar", "pipe": self = .bar
    case " ", "blank", "blanks", "space": self = .blanks
    default: return nil
    }
  }
}

extension Delimiter {
  /// The separator that cuts most lines of the sample into the same number of fields, two or more.
  static func detect(_ sample: [UInt8]) -> Delimiter {
    if let declared = declared(sample) { return declared }
    let candidates: [Delimiter] = [.comma, .tab, .semicolon, .bar]
    var best = (delimiter: Delimiter.comma, share: 0.0, columns: 1)
    for candidate in candidates {
      let (share, columns) = regularity(of: candidate, in: sample)
      if (share, columns) > (best.share, best.columns) { best = (candidate, share, columns) }
    }
    if best.share < 0.5 && isAligned(sample) { return .blanks }
    return best.delimiter
  }

  /// Excel writes and honours a first line `sep=;`.
  private static func declared(_ sample: [UInt8]) -> Delimiter? {
    let line = sample.prefix(6)
    guard String(decoding: line.prefix(4), as: UTF8.self).lowercased() == "sep=",
      let byte = line.dropFirst(4).first
    else { return nil }
    return [.comma, .tab, .semicolon, .bar].first { $0.byte == byte }
  }

  private static func regularity(of delimiter: Delimiter, in sample: [UInt8]) -> (share: Double, columns: Int) {
    let widths = CSVReader.records(of: sample, delimiter: delimiter).map(\.fields.count)
    var counts: [Int: Int] = [:]
    for width in widths where width > 1 { counts[width, default: 0] += 1 }
    guard let mode = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return (0, 1) }
    return (Double(mode.value) / Double(widths.count), mode.key)
  }

  /// Names also hold blanks; only lines that begin with one or hold several in a row speak of alignment.
  private static func isAligned(_ sample: [UInt8]) -> Bool {
    let lines = sample.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    let aligned = lines.count { line in
      line.first == 0x20 || zip(line, line.dropFirst()).contains { $0 == 0x20 && $1 == 0x20 }
    }
    return aligned * 10 >= lines.count * 9 && regularity(of: .blanks, in: sample).share >= 0.9
  }
}
