/// One column of the first rows: its name and what its cells look like.
struct ColumnSample: Sendable {
  let position: Int
  let key: String
  /// The kind most cells have by their looks, where nearly all agree.
  let kind: CellKind?
  private let values: [String]

  init(position: Int, header: String, rows: [CSVRecord]) {
    self.position = position
    key = HeaderKey.of(header)
    values = rows.prefix(100).map { $0.text(in: position) }.filter { !$0.isEmpty }
    let kinds = values.map(CellKind.of)
    kind = [CellKind.date, .email, .phone, .number].first { kind in
      kinds.count { $0 == kind } * 10 >= max(1, kinds.count * 9)
    }
  }

  var isEmpty: Bool { values.isEmpty }

  /// The same word again and again names nobody.
  var isConstant: Bool { values.count > 3 && Set(values).count == 1 }

  /// Some cell has a fraction, as money has and counts have not.
  var hasDecimals: Bool {
    values.contains { $0.contains(".") }
  }

  /// A leading zero or a value that comes back speaks of a number that names somebody rather than counts
  /// something.
  var looksLikeReference: Bool {
    values.contains { $0.utf8.count > 1 && $0.first == "0" && $0.allSatisfy(\.isASCIIDigit) }
      || (!hasDecimals && Set(values).count < values.count)
  }

  /// The share of filled cells that can be read as values of the kind.
  func share(of kind: CellKind) -> Double {
    guard !values.isEmpty else { return 0 }
    return Double(values.count { Self.reads($0, as: kind) }) / Double(values.count)
  }

  /// How sure it is that the column tells what goes by these words, 0 to 1.
  func score(for words: HeaderWords) -> Double {
    guard let base = nameScore(words) else { return 0 }
    if isEmpty { return base }
    if words.content == .words { return base }
    let share = share(of: words.content)
    return share >= 0.8 ? base + 0.1 : share < 0.3 ? base - 0.45 : base
  }

  private func nameScore(_ words: HeaderWords) -> Double? {
    if let rank = words.names.firstIndex(of: key) { return 0.9 - 0.004 * Double(rank) }
    if words.weak.contains(key) { return 0.6 }
    guard let rank = words.parts.firstIndex(where: key.contains), !words.never.contains(where: key.contains)
    else {
      return nil
    }
    return 0.5 - 0.01 * Double(rank)
  }

  private static func reads(_ text: String, as kind: CellKind) -> Bool {
    switch kind {
    case .words: true
    case .number: (try? DecimalText(text, units: Amount.measureWords)) != nil
    case .date: (try? DayText(text))?.couldBeDay == true
    case .email: CellKind.isEmail(text.halfWidth)
    case .phone: !PhoneCell(text).phones.isEmpty
    }
  }
}
