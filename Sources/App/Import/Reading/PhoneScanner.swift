/// Tells the numbers of a cell of phones from the words between them.
struct PhoneScanner {
  enum Piece: Equatable {
    case number(PhoneNumber)
    /// Looks like a number and is none.
    case unreadable(String)
    case words(String)
    /// A sign that parts what stands before it from what follows.
    case end
  }

  private(set) var pieces: [Piece] = []
  /// As typed, and in half-width lower case at the same places.
  private let typed: [Unicode.Scalar]
  private let plain: [Unicode.Scalar]
  /// Where the words begin that are being read.
  private var start = 0
  private var place = 0

  private static let separators = Set("/;、,|。".unicodeScalars)
  /// Letters that may touch a number they say something of.
  private static let labels: Set<String> = [
    "tel", "t", "ph", "phone", "p", "mobile", "mob", "m", "cell", "c", "fax", "f", "home", "h", "office", "o", "work",
    "w", "or", "and",
  ]

  init(_ text: String) {
    typed = Array(text.unicodeScalars)
    plain = typed.map { scalar in
      if "\n\r\t\u{2028}".unicodeScalars.contains(scalar) { return ";" }
      let twin = scalar.halfWidth
      return ("A"..."Z").contains(twin) ? Unicode.Scalar(UInt8(twin.value) | 0x20) : twin
    }
    while place < plain.count { step() }
    finishWords()
  }

  private mutating func step() {
    if let range = number() {
      take(range)
    } else if letters(from: place) == "n", text(place..<min(place + 3, plain.count)) == "n/a" {
      place += 3
    } else if Self.separators.contains(plain[place]) {
      finishWords()
      pieces.append(.end)
      (place, start) = (place + 1, place + 1)
    } else if isCode(plain[place]), !isLabel(letters(from: place)) {
      // `wx13800138000`, `13800138000@qq.com`, `PO-12345678` are no numbers.
      while place < plain.count, isCode(plain[place]) || "-.@".unicodeScalars.contains(plain[place]), !isBeforeMobile {
        place += 1
      }
    } else {
      place += max(1, letters(from: place).utf8.count)
    }
  }

  private mutating func finishWords() {
    if start < place { pieces.append(.words(String(typed, start..<place))) }
    start = place
  }

  /// Where a number, or several parted by blanks, goes from here on.
  private func number() -> Range<Int>? {
    guard beginsNumber(at: place) else { return nil }
    var end = place
    var next = place
    while next < plain.count {
      switch plain[next] {
      case "0"..."9": end = next + 1
      case " ", "-", ".": break
      case "+" where next == place || plain[next - 1] == " " || plain[next - 1] == "(": break
      case "(":
        guard let close = closing(next) else { return ending(end) }
        (next, end) = (close, close + 1)
      default: return ending(end)
      }
      next += 1
    }
    return ending(end)
  }

  private func beginsNumber(at place: Int) -> Bool {
    switch plain[place] {
    case "0"..."9": true
    case "+": place + 1 < plain.count && (plain[place + 1].isDigit || plain[place + 1] == "(")
    case "(":
      closing(place).map { close in plain[(close + 1)...].first { $0 != " " && $0 != "-" }?.isDigit == true } ?? false
    default: false
    }
  }

  /// Where brackets end that hold a few digits of a number, such as its area code.
  private func closing(_ open: Int) -> Int? {
    var inside = plain[(open + 1)...].prefix(8).prefix { $0 != ")" }
    let close = inside.endIndex
    guard close < plain.count, plain[close] == ")" else { return nil }
    if inside.first == "+" { inside.removeFirst() }
    return (1...5).contains(inside.count) && inside.allSatisfy(\.isDigit) ? close : nil
  }

  /// With the extension behind it; nil when what touches it makes it part of a word.
  private func ending(_ end: Int) -> Range<Int>? {
    guard end > place else { return nil }
    let end = extensionEnd(end) ?? end
    guard end < plain.count else { return place..<end }
    guard plain[end] == "@" || isCode(plain[end]) && !isLabel(letters(from: end)) else { return place..<end }
    // The word may begin with its last digits: `13800138000 3a`.
    guard let blank = plain[place..<end].lastIndex(of: " ") else { return nil }
    return plain[place..<blank].lastIndex(where: \.isDigit).map { place..<($0 + 1) }
  }

  private func extensionEnd(_ end: Int) -> Int? {
    var next = skip(" (,", from: end)
    guard
      let mark = PhoneNumber.extensionMarks.first(where: {
        Array(plain[next...].prefix($0.unicodeScalars.count)) == Array($0.unicodeScalars)
      })
    else { return nil }
    next = skip(" .:", from: next + mark.unicodeScalars.count)
    let digits = plain[next...].prefix { $0.isDigit }
    guard (1...8).contains(digits.count) else { return nil }
    let isBracketed = plain[end..<next].contains("(") && digits.endIndex < plain.count && plain[digits.endIndex] == ")"
    return isBracketed ? digits.endIndex + 1 : digits.endIndex
  }

  private func skip(_ signs: String, from place: Int) -> Int {
    plain[place...].firstIndex { !signs.unicodeScalars.contains($0) } ?? plain.count
  }

  private func isCode(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isDigit || ("a"..."z").contains(scalar) || scalar == "_"
  }

  private func letters(from place: Int) -> String {
    String(String.UnicodeScalarView(plain[place...].prefix { ("a"..."z").contains($0) }))
  }

  private func isLabel(_ letters: String) -> Bool { Self.labels.contains(letters) }

  private func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(plain[range])) }

  /// `Ann-13800138003`
  private var isBeforeMobile: Bool {
    guard plain[place] == "-" else { return false }
    let digits = plain[(place + 1)...].prefix { $0.isDigit }
    return digits.count == 11 && digits.first == "1"
  }

  /// Numbers in a range that begins and ends with digits. A few that touch a word are part of it: `8楼`.
  private mutating func take(_ range: Range<Int>) {
    let parts = PhoneGroups(plain, range).parts
    let end = parts.reversed().prefix(while: isOfWord).last?.range.lowerBound ?? range.upperBound
    if end > range.lowerBound {
      finishWords()
      for part in parts where part.range.lowerBound < end { pieces.append(piece(part)) }
      start = end
    }
    place = range.upperBound
  }

  private func piece(_ part: PhoneGroups.Part) -> Piece {
    let text = String(typed, part.range)
    guard let phone = part.phone, isNumber(part) else { return isOfWord(part) ? .words(text) : .unreadable(text) }
    return .number(PhoneNumber(typed: text, normal: phone.normal, extension: phone.extension))
  }

  private func isNumber(_ part: PhoneGroups.Part) -> Bool {
    part.phone != nil && (part.digits >= 7 || isAlone(part.range))
  }

  private func isOfWord(_ part: PhoneGroups.Part) -> Bool {
    part.digits < 7 && !isNumber(part) && touchesWord(part.range)
  }

  private func isAlone(_ range: Range<Int>) -> Bool {
    let before = plain[..<range.lowerBound].last { $0 != " " }
    let next = skip(" ", from: range.upperBound)
    let isAhead = before == nil || before == ":" || before.map(Self.separators.contains) == true
    return isAhead
      && (next == plain.count || plain[next] == "(" || next > range.upperBound || Self.separators.contains(plain[next]))
  }

  private func touchesWord(_ range: Range<Int>) -> Bool {
    func isWord(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { $0.properties.isAlphabetic } ?? false }
    return isWord(plain[..<range.lowerBound].last) || isWord(plain[range.upperBound...].first)
  }
}

extension String {
  fileprivate init(_ scalars: [Unicode.Scalar], _ range: Range<Int>) {
    self = String(String.UnicodeScalarView(scalars[range])).trimmed
  }

  /// Without invisible marks, line by line.
  var unmarkedLines: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return trimmed }
    return String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isInvisibleMark })).trimmed
  }
}

extension Unicode.Scalar {
  var isDigit: Bool { ("0"..."9").contains(self) }
}
