/// Which sign parts the decimals. One value can leave it open (`1.234`), so it is decided for a whole column.
enum DecimalMark: String, Codable, CaseIterable, Sendable {
  case point, comma

  struct Decision: Equatable, Sendable {
    var mark: DecimalMark
    /// False where the values read differently with either mark and nothing tells which is meant.
    var isCertain: Bool
  }

  static func decide(_ samples: some Sequence<String>) -> Decision {
    var tally = Tally()
    for sample in samples { tally.add(sample) }
    return tally.decision
  }

  /// What the numbers of a file tell of their mark, number by number.
  struct Tally: Sendable {
    private var strong: [DecimalMark: Int] = [:]
    private var weak: [DecimalMark: Int] = [:]

    /// The share that decides: an odd number among them is questioned instead of obeyed.
    private static let clear = 0.8

    mutating func add(_ text: String) {
      guard let (mark, isStrong) = DecimalMark.evidence(in: text) else { return }
      if isStrong { strong[mark, default: 0] += 1 } else { weak[mark, default: 0] += 1 }
    }

    /// A number like `1,234` speaks for the point where none can only be read otherwise. `1.234` alone speaks for
    /// neither: three decimals are as rare as groups that are parted by points.
    var decision: Decision {
      let (commas, points) = (strong[.comma, default: 0], strong[.point, default: 0])
      let (groups, doubts) = (weak[.point, default: 0], weak[.comma, default: 0])
      if commas == 0 { return Decision(mark: .point, isCertain: points + groups > 0 || doubts == 0) }
      let share = Double(commas) / Double(commas + points + groups)
      if share >= Self.clear { return Decision(mark: .comma, isCertain: true) }
      // Without groups every number is the same with either mark.
      let isCertain = share <= 1 - Self.clear || groups + doubts == 0
      return Decision(mark: share > 0.5 ? .comma : .point, isCertain: isCertain)
    }
  }

  /// Whether a number is written in the other way than its column: `12,5` among `1,234.00`.
  func contradicts(_ text: String) -> Bool {
    guard let (mark, isStrong) = Self.evidence(in: text), isStrong, mark != self else { return false }
    // Where both signs stand each says what the other is.
    let hasBoth = text.contains(",") && text.contains(".")
    return !hasBoth && text.last?.isASCIIDigit == true
  }
}

// MERGE-B
extension DecimalMark {
  static func evidence(in raw: String) -> (mark: DecimalMark, isStrong: Bool)? {
    guard raw.contains(",") || raw.contains(".") else { return nil }
    let text = raw.halfWidth
    let signs = text.filter { $0 == "." || $0 == "," }
    guard let last = signs.last, let place = text.lastIndex(of: last) else { return nil }
    let isComma = last == ","
    if Set(signs).count == 2 { return (isComma ? .comma : .point, true) }
    if signs.count > 1 { return (isComma ? .point : .comma, true) }
    let decimals = text[text.index(after: place)...].prefix { $0.isNumber }.count
    if isComma { return (1...2).contains(decimals) ? (.comma, true) : decimals == 3 ? (.point, false) : nil }
    return decimals == 3 ? (.comma, false) : (.point, true)
  }
}

extension DecimalMark {
  /// The digits before and after the decimal sign, without grouping; nil when the signs make no sense.
  ///
  /// Groups have three digits (`1,234,567`, `1.234.567,8`, `1 234,50`, `1'234.50`). A lone comma before three
  /// digits groups, before one or two it is a decimal sign, as it is behind a zero; a lone point is a decimal
  /// sign unless the column writes commas.
  func split(_ number: ArraySlice<UInt8>) -> (whole: ArraySlice<UInt8>, decimals: ArraySlice<UInt8>)? {
    guard let sign = decimalSign(of: number), let place = number.lastIndex(of: sign) else {
      return Self.ungrouped(number).map { ($0, []) }
    }
    let decimals = number[(place + 1)...]
    guard decimals.allSatisfy(\.isDigit), let whole = Self.ungrouped(number[..<place]) else { return nil }
    return (whole, decimals)
  }

  private static let pointSign = UInt8(ascii: ".")
  private static let commaSign = UInt8(ascii: ",")

  private func decimalSign(of number: ArraySlice<UInt8>) -> UInt8? {
    let points = number.count { $0 == Self.pointSign }
    let commas = number.count { $0 == Self.commaSign }
    switch (points, commas) {
    case (1, 0): return self == .comma && isGroup(number, after: Self.pointSign) ? nil : Self.pointSign
    case (0, 1): return self == .comma || isDecimalComma(number) ? Self.commaSign : nil
    case (1, 1): return number.last { $0 == Self.pointSign || $0 == Self.commaSign }
    case (1, 2...): return Self.pointSign
    case (2..., 1): return Self.commaSign
    default: return nil
    }
  }

  /// Three digits behind the sign and one to three before it, not just a zero.
  private func isGroup(_ number: ArraySlice<UInt8>, after sign: UInt8) -> Bool {
    guard let place = number.firstIndex(of: sign) else { return false }
    let head = number[..<place]
    return number[place...].count == 4 && (1...3).contains(head.count) && head.first != 0x30
  }

  private func isDecimalComma(_ number: ArraySlice<UInt8>) -> Bool {
    guard let place = number.firstIndex(of: Self.commaSign) else { return false }
    return (1...2).contains(number[(place + 1)...].count) || number[..<place].elementsEqual([0x30])
  }

  private static func ungrouped(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let sign = text.first(where: { !$0.isDigit }) else { return text }
    guard [commaSign, pointSign, 0x20, UInt8(ascii: "'")].contains(sign) else { return nil }
    let groups = text.split(separator: sign, omittingEmptySubsequences: false)
    guard let head = groups.first, (1...3).contains(head.count), head.allSatisfy(\.isDigit),
      groups.dropFirst().allSatisfy({ $0.count == 3 && $0.allSatisfy(\.isDigit) })
    else { return nil }
    return Array(groups.joined())[...]
  }
}

extension Character {
  var isASCIIDigit: Bool { self >= "0" && self <= "9" }
}
