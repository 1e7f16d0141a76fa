extension DecimalMark {
  /// Which sign parts the decimals of a number, as far as it tells: surely (`12,5`, `1.234,50`, `12,-`, `1,234,567`), or
  /// only perhaps where the sign may part thousands (`1,234` speaks for a point). Nil where it tells nothing.
  static func evidence(in text: String) -> (mark: DecimalMark, isStrong: Bool)? {
    if text.utf8.allSatisfy(\.isDigit) { return nil }
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 && $0 > 0x1F }
    return evidence(in: Array((isPlain ? text : text.halfWidth).utf8)[...])
  }

  private static func evidence(in text: ArraySlice<UInt8>) -> (mark: DecimalMark, isStrong: Bool)? {
    guard let first = text.firstIndex(where: \.isDigit), let last = text.lastIndex(where: \.isDigit) else { return nil }
    let behind = text[(last + 1)...]
    if let mark = DecimalMark(sign: behind.first), behind.dropFirst().first == UInt8(ascii: "-") { return (mark, true) }
    let isBare = first > text.startIndex && DecimalMark(sign: text[first - 1]) == .point
    if isBare && text[first...last].allSatisfy(\.isDigit) { return (.point, true) }
    return evidence(ofNumber: text[first...last])
  }

  /// Of a number that begins and ends with a digit.
  private static func evidence(ofNumber number: ArraySlice<UInt8>) -> (mark: DecimalMark, isStrong: Bool)? {
    guard let place = number.lastIndex(where: { DecimalMark(sign: $0) != nil }),
      let mark = DecimalMark(sign: number[place])
    else { return nil }
    let (head, decimals) = (number[..<place], number[(place + 1)...])
    guard decimals.allSatisfy(\.isDigit) else { return nil }
    let marks = head.filter { DecimalMark(sign: $0) != nil }
    if marks.contains(number[place]) {
      // A sign that comes twice parts groups: the other one parts decimals.
      return Set(marks).count == 1 && ungrouped(number) != nil ? (mark.other, true) : nil
    }
    guard ungrouped(head) != nil else { return nil }
    let mayGroup = decimals.count == 3 && head.count <= 3 && head.first != 0x30
    return mayGroup ? (mark.other, false) : (mark, true)
  }

  private var other: DecimalMark { self == .point ? .comma : .point }

  private init?(sign: UInt8?) {
    switch sign {
    case Self.pointSign: self = .point
    case Self.commaSign: self = .comma
    default: return nil
    }
  }
}
