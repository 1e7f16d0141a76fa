/// A number as people type it, read exactly: decimal digits and a power of ten, never floating point.
struct DecimalText: Equatable, Sendable {
  private(set) var isNegative = false
  /// The digits without sign; the value is `digits × 10^exponent`.
  private var digits: [UInt8] = []
  private var exponent = 0

  init(_ raw: String, mark: DecimalMark = .point, units: [String] = []) throws(ValueProblem) {
    var text = Array(raw.halfWidth.uppercased().utf8)[...]
    if text.isEmpty { throw ValueProblem(.blank) }
    guard text.count <= 80 else { throw ValueProblem(.notANumber(raw)) }
    if Self.isDash(text) { return }
    guard stripSigns(&text, units: units), readDigits(text, mark: mark) else {
      throw ValueProblem(.notANumber(raw))
    }
  }

  /// The value in units of `10^-decimals`, half rounded away from zero; nil when it does not fit.
  func scaled(decimals: Int) -> Int64? {
    let shift = exponent + decimals
    let kept = shift < 0 ? digits.dropLast(min(digits.count, -shift)) : digits[...]
    var value: Int64 = 0
    for digit in kept {
      guard let next = Self.append(digit, to: value) else { return nil }
      value = next
    }
    if shift > 0 && value != 0 {
      if shift > 18 { return nil }
      for _ in 0..<shift {
        guard let next = Self.append(0, to: value) else { return nil }
        value = next
      }
    }
    let firstDropped = shift < 0 && -shift <= digits.count ? digits[kept.endIndex] : 0
    if firstDropped >= 5 {
      let (next, overflow) = value.addingReportingOverflow(1)
      if overflow { return nil }
      value = next
    }
    return isNegative ? -value : value
  }

  private static func append(_ digit: UInt8, to value: Int64) -> Int64? {
    let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, second) = tens.addingReportingOverflow(Int64(digit))
    return overflow || second ? nil : sum
  }

  // MARK: Reading

  /// Accountants write nothing as `-`, with or without the currency in front.
  private static func isDash(_ text: ArraySlice<UInt8>) -> Bool {
    let dashes = text.dropFirst(CurrencyName.length(atStartOf: text)).drop { $0 == 0x20 }
    return (1...2).contains(dashes.count) && dashes.allSatisfy { $0 == UInt8(ascii: "-") }
  }

  private mutating func readDigits(_ text: ArraySlice<UInt8>, mark: DecimalMark) -> Bool {
    var number = text
    if let sign = text.firstIndex(of: UInt8(ascii: "E")) {
      // A power of ten times thousands is no number anybody writes.
      guard exponent == 0 else { return false }
      let power = Int(String(decoding: text[(sign + 1)...], as: UTF8.self))
      guard let power, (-40...40).contains(power) else { return false }
      exponent += power
      number = text[..<sign]
    }
    guard let (whole, decimals) = mark.split(number), !(whole.isEmpty && decimals.isEmpty) else {
      return false
    }
    digits = (whole + decimals).map { $0 - 0x30 }
    exponent -= decimals.count
    return true
  }

  /// Signs, brackets, currencies and units may stand in any order around the number; two signs make no sense.
  private mutating func stripSigns(_ text: inout ArraySlice<UInt8>, units: [String]) -> Bool {
    var signs = 0
    var length: Int
    repeat {
      length = text.count
      Self.fillDash(&text)
      if let sign = Self.stripSign(&text) {
        isNegative = sign == .minus
        signs += 1
      }
      stripWords(&text, units: units)
      while text.first == 0x20 { text.removeFirst() }
      while text.last == 0x20 { text.removeLast() }
    } while text.count != length
    return signs <= 1
  }

  private static func stripSign(_ text: inout ArraySlice<UInt8>) -> FloatingPointSign? {
    switch (text.first, text.last) {
    case (UInt8(ascii: "("), UInt8(ascii: ")")):
      text = text.dropFirst().dropLast()
      return .minus
    case (UInt8(ascii: "-"), _):
      text.removeFirst()
      return .minus
    case (UInt8(ascii: "+"), _):
      text.removeFirst()
      return .plus
    case (_, UInt8(ascii: "-")) where !"-.,".utf8.contains(text.dropLast().last ?? 0):
      text.removeLast()
      return .minus
    default: return nil
    }
  }

  private mutating func stripWords(_ text: inout ArraySlice<UInt8>, units: [String]) {
    if text.first?.isDigit == false { text.removeFirst(CurrencyName.length(atStartOf: text)) }
    guard text.last?.isDigit == false else { return }
    text.removeLast(CurrencyName.length(atEndOf: text))
    if let word = units.first(where: { Self.ends(text, with: $0) }) { text.removeLast(word.utf8.count) }
    guard exponent == 0, let (word, power) = Self.multiples.first(where: { Self.ends(text, with: $0.0) }) else {
      return
    }
    // Three m of something may be metres.
    if word == "M" && !units.isEmpty { return }
    text.removeLast(word.utf8.count)
    exponent = power
  }

  /// A dash that stands for no decimals: `12.-`, `1.234,--`.
  private static func fillDash(_ text: inout ArraySlice<UInt8>) {
    let number = text.prefix { $0 != UInt8(ascii: "-") }
    guard let mark = number.last, mark == 0x2E || mark == 0x2C, number.dropLast().last?.isDigit == true,
      (1...2).contains(text.count - number.count), text[number.endIndex...].allSatisfy({ $0 == UInt8(ascii: "-") })
    else { return }
    text = number + [0x30]
  }

  private static func ends(_ text: ArraySlice<UInt8>, with word: String) -> Bool {
    text.suffix(word.utf8.count).elementsEqual(word.utf8)
  }

  /// Longer words before those they end with.
  private static let multiples = [
    ("万亿", 12), ("千万", 7), ("百万", 6), ("亿", 8), ("億", 8), ("万", 4), ("萬", 4), ("千", 3), ("百", 2), ("K", 3), ("M", 6),
  ]
}
