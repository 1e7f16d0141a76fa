/// Columns of text for a terminal, where a Chinese character is two places wide.
struct TextTable {
  private let lines: [[String]]
  private let alignRight: [Bool]

  /// - Parameter columns: the heads, and which columns are numbers.
  init(_ columns: [(String, Bool)], _ rows: [[String]]) {
    alignRight = columns.map(\.1)
    lines = [columns.map(\.0)] + rows
  }

  var text: String {
    let widths = alignRight.indices.map { column in
      lines.map { column < $0.count ? Self.width($0[column]) : 0 }.max() ?? 0
    }
    return lines.map { line in
      let cells = zip(line, zip(widths, alignRight)).map { cell, shape in
        let space = String(repeating: " ", count: max(0, shape.0 - Self.width(cell)))
        return shape.1 ? space + cell : cell + space
      }
      return Self.trimmed(cells.joined(separator: "  "))
    }.joined(separator: "\n")
  }

  private static func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line = line.dropLast() }
    return String(line)
  }

  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
        0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        sum + 2
      case 0..<0x20, 0x7F, 0x300...0x36F, 0x200B...0x200F: sum
      default: sum + 1
      }
    }
  }
}
