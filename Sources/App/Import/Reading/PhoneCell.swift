/// A cell of phones as people type it: `张总 13800138003 / 李总：0571-88886666转801（白天）`.
struct PhoneCell: Sendable {
  /// Each once, with the words beside it.
  private(set) var phones: [PhoneNumber] = []
  /// What looks like a number and is none, and the words of a cell in which no number stands.
  private(set) var rest: [String] = []

  private static let lengthLimit = 2_000
  private static let most = 50
  /// What people write where there is no number.
  private static let nothing: Set<String> = [
    "", "无", "無", "没有", "沒有", "暂无", "暫無", "空", "无电话", "不详", "未知", "none", "no", "nil", "null", "n/a", "na",
    "unknown",
  ]
  /// What stands between two numbers and says nothing of them.
  private static let connectors: Set<String> = ["或", "或者", "和", "及", "以及", "与", "or", "and", "&", "+"]

  /// Words of which it is not known yet which number they belong to.
  private var waiting: [String] = []
  private var beginsWithWords = false

  init(_ text: String) {
    if text.utf8.count <= 20, text.utf8.allSatisfy(\.isPhoneSign), let phone = try? PhoneNumber.parse(text),
      !phone.lacksCountry
    {
      phones = [phone]
      return
    }
    let text = text.unicodeScalars.count > Self.lengthLimit ? text : text.unmarkedLines
    guard text.unicodeScalars.count <= Self.lengthLimit else {
      rest = [text]
      return
    }
    read(PhoneScanner(text).pieces.map(Self.understood))
    if phones.isEmpty { rest += waiting } else { waiting.forEach { note($0, at: phones.count - 1) } }
    waiting = []
  }

  private static func understood(_ piece: PhoneScanner.Piece) -> PhoneScanner.Piece {
    guard case .words(let text) = piece else { return piece }
    let words = said(by: text)
    return connectors.contains(words.lowercased()) ? .end : .words(words)
  }

  /// Without the signs around and between words that only held them apart.
  private static func said(by text: String) -> String {
    if nothing.contains(text.trimmed.lowercased()) { return "" }
    return text.split { $0.isWhitespace || "()（）[]【】{}<>《》:：\"“”'*=".contains($0) }
      .map(bare).filter { !nothing.contains($0.lowercased()) }.joined(separator: " ")
  }

  private static func bare(_ word: Substring) -> Substring {
    let signs = "-—–_.。,·~!！#☎☏✆📞📱☎️"
    let word = word.drop(while: signs.contains)
    return word.prefix(
      (word.lastIndex { !signs.contains($0) }.map { word.distance(from: word.startIndex, to: $0) + 1 }) ?? 0)
  }

  private mutating func read(_ pieces: [PhoneScanner.Piece]) {
    if case .words(let words) = pieces.first(where: { $0 != .end && $0 != .words("") }) {
      beginsWithWords = !words.isEmpty
    }
    for segment in pieces.split(separator: .end) {
      let filled = segment.filter { $0 != .words("") }
      let hasNumber = filled.contains(where: \.isNumber)
      // Words come before the numbers they belong to, or behind them.
      let isBefore = hasNumber ? filled.first?.isNumber == false : beginsWithWords
      for piece in filled { take(piece, isBefore: isBefore) }
      if hasNumber { settle() }
    }
  }

  private mutating func take(_ piece: PhoneScanner.Piece, isBefore: Bool) {
    switch piece {
    case .end: break
    case .words(let words):
      if isBefore || phones.isEmpty { waiting.append(words) } else { note(words, at: phones.count - 1) }
    case .unreadable(let text): rest.append(text)
    case .number(let phone):
      let index = phones.firstIndex { $0.key == phone.key } ?? phones.count
      guard index < Self.most else { return rest.append(phone.typed) }
      if index == phones.count { phones.append(phone) }
      for words in waiting { note(words, at: index) }
      waiting = []
    }
  }

  /// Words behind the last number of a segment are its own, whatever the next one begins with.
  private mutating func settle() {
    guard !phones.isEmpty else { return }
    for words in waiting { note(words, at: phones.count - 1) }
    waiting = []
  }

  private mutating func note(_ words: String, at index: Int) {
    phones[index].note = phones[index].note.map { "\($0) \(words)" } ?? words
  }
}

extension PhoneScanner.Piece {
  fileprivate var isNumber: Bool { if case .number = self { true } else { false } }
}

extension [PhoneNumber] {
  /// With those that are not there yet, and what was written beside those that are.
  func adding(_ more: [PhoneNumber]) -> [PhoneNumber] {
    more.reduce(into: self) { phones, phone in
      guard let index = phones.firstIndex(where: { $0.key == phone.key }) else { return phones.append(phone) }
      phones[index].note = phones[index].note ?? phone.note
    }
  }
}
