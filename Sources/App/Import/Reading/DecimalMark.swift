/// Which sign parts the decimals. One value can leave it open (`1.234`), so it is decided for a whole column.
enum DecimalMark: String, Codable, CaseIterable, Sendable {
  case point, comma

  /// `comma` when some value can only be read so and none the other way.
  static func decide(_ samples: some Sequence<String>) -> DecimalMark {
    var commas = 0
    var points = 0
    for sample in samples {
      switch sign(in: sample.halfWidth) {
      case .comma: commas += 1
      case .point: points += 1
      case nil: break
      }
    }
    return commas > 0 && points == 0 ? .comma : .point
  }

  private static func sign(in text: String) -> DecimalMark? {
    let signs = text.filter { $0 == "." || $0 == "," }
    guard let last = signs.last, let place = text.lastIndex(of: last) else { return nil }
    let isComma = last == ","
    if Set(signs).count == 2 { return isComma ? .comma : .point }
    if signs.count > 1 { return isComma ? .point : .comma }
    let decimals = text[text.index(after: place)...].prefix { $0.isNumber }.count
    if isComma { return (1...2).contains(decimals) ? .comma : nil }
    return decimals == 3 ? nil : .point
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
