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
    /// Plain numbers with a point, which nearly all are.
    private var points = 0

    mutating func add(_ text: String) {
      switch DecimalMark.plain(text) {
      case .whole: return
      case .parted:
        points += 1
        return
      case nil: break
      }
      guard let (mark, isStrong) = DecimalMark.evidence(in: text) else { return }
      if isStrong { strong[mark, default: 0] += 1 } else { weak[mark, default: 0] += 1 }
    }

    /// A number like `1,234` speaks for the point where none can only be read otherwise. `1.234` alone speaks for
    /// neither: three decimals are as rare as groups that are parted by points.
    var decision: Decision {
      let (commas, points) = (strong[.comma, default: 0], self.points + strong[.point, default: 0])
      let (groups, doubts) = (weak[.point, default: 0], weak[.comma, default: 0])
      if commas == 0 { return Decision(mark: .point, isCertain: points + groups > 0 || doubts == 0) }
      let others = points + groups
      // Four of five decide: an odd number among them is questioned instead of obeyed. Without groups every number is the
      // same with either mark.
      let isCertain = commas >= 4 * others || others >= 4 * commas || groups + doubts == 0
      return Decision(mark: commas > others ? .comma : .point, isCertain: isCertain)
    }
  }

  private enum Plain { case whole, parted }

  /// Whether a number has nothing but digits, or a point among them that cannot part thousands; nil for all others.
  private static func plain(_ text: String) -> Plain? {
    var (count, place): (Int, Int?) = (0, nil)
    for byte in text.utf8 {
      if byte == pointSign {
        guard place == nil, count > 0 else { return nil }
        place = count
      } else if !byte.isDigit {
        guard byte == 0x2D, count == 0 else { return nil }
      }
      count += 1
    }
    guard let place else { return .whole }
    let decimals = count - place - 1
    return decimals > 0 && decimals != 3 ? .parted : nil
  }

  /// Whether a number is written in the other way than its column: `12,5` among `1,234.00`.
  func contradicts(_ text: String) -> Bool {
    guard text.utf8.contains(self == .point ? Self.commaSign : Self.pointSign) else { return false }
    guard let (mark, isStrong) = Self.evidence(in: text), isStrong, mark != self else { return false }
    // Where both signs stand, or one comes twice, they say themselves what they are; nothing follows in `12,-`.
    let signs = text.utf8.count { $0 == Self.pointSign || $0 == Self.commaSign }
    return signs == 1 && !text.contains(",-") && !text.contains(".-")
  }
}

extension DecimalMark {
  /// The digits before and after the decimal sign, without grouping; nil when the signs make no sense.
  ///
  /// Groups have three digits (`1,234,567`, `1.234.567,8`, `1 234,50`, `1'234.50`), or two but for the last as India
  /// writes them (`1,23,456`). A lone comma before three
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

  static let pointSign = UInt8(ascii: ".")
  static let commaSign = UInt8(ascii: ",")

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

  static func ungrouped(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let sign = text.first(where: { !$0.isDigit }) else { return text }
    guard [commaSign, pointSign, 0x20, UInt8(ascii: "'")].contains(sign) else { return nil }
    let groups = text.split(separator: sign, omittingEmptySubsequences: false)
    let isIndian = sign == commaSign && groups.count > 2 && groups[1].count == 2
    guard let head = groups.first, (1...(isIndian ? 2 : 3)).contains(head.count), head.allSatisfy(\.isDigit),
      groups.dropFirst().dropLast().allSatisfy({ $0.count == (isIndian ? 2 : 3) && $0.allSatisfy(\.isDigit) }),
      let last = groups.last, last.count == 3, last.allSatisfy(\.isDigit)
    else { return nil }
    return Array(groups.joined())[...]
  }
}

extension Character {
  var isASCIIDigit: Bool { self >= "0" && self <= "9" }
}
