/// The name of a column boiled down to what identifies it: `金额（元）`, `  E-mail Address` and `order_id` become
/// `金额`, `emailaddress` and `orderid`.
enum HeaderKey {
  static func of(_ header: String) -> String {
    var depth = 0
    var key = ""
    var inner = ""
    for character in header.halfWidth.lowercased() {
      switch character {
      case "(", "[", "{", "<", "《": depth += 1
      case ")", "]", "}", ">", "》": depth = max(0, depth - 1)
      default:
        guard character.isLetter || character.isNumber else { continue }
        if depth == 0 { key.append(character) } else { inner.append(character) }
      }
    }
    return key.isEmpty ? inner : key
  }

  /// Some field of some kind of file goes by this name.
  static func isKnown(_ header: String) -> Bool {
    known.contains(of(header))
  }

  private static let known = Set(
    CustomerField.allCases.flatMap(\.words.names) + OrderField.allCases.flatMap(\.words.names)
      + ["date", "year", "日期", "年份", "place", "type", "类型", "gender", "性别", "序号", "price", "value"])
}

/// The words by which a column is recognised, the surest first.
struct HeaderWords: Sendable {
  /// Whole names as `HeaderKey` leaves them.
  let names: [String]
  /// Whole names that count only when no field claims them more firmly.
  let weak: [String]
  /// Words inside longer names.
  let parts: [String]
  /// Words that speak against the field when they stand in a longer name.
  let never: [String]
  /// What the cells should look like.
  let content: CellKind

  init(
    _ names: String, weak: String = "", parts: String = "", never: String = "", content: CellKind = .words
  ) {
    self.names = Self.words(names)
    self.weak = Self.words(weak)
    self.parts = Self.words(parts)
    self.never = Self.words(never)
    self.content = content
  }

  private static func words(_ list: String) -> [String] {
    list.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}

/// A thing one kind of file can tell. The raw value is its name on the command line.
protocol ImportField: RawRepresentable<String>, CaseIterable, Hashable, Codable, Sendable {
  var words: HeaderWords { get }
  /// Whether it names something to programs, in which marks that nobody sees have no meaning.
  var isCode: Bool { get }
  /// Tried in this order for fields no name was found for.
  static var contentHints: [ContentHint<Self>] { get }
}
