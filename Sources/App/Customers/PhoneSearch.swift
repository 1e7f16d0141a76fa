import Store

extension SearchTerms {
  /// Found by any three of the number's digits on, as it is dialled inside its country, by its extension, and by the
  /// words beside it.
  mutating func phone(_ phone: PhoneNumber) {
    digits(phone.normal)
    if let inside = phone.dialledInside { word(inside) }
    if let inner = phone.extension { word("x" + inner) }
    if let note = phone.note { name(note) }
  }
}

extension SearchQuery {
  /// What somebody typed to find customers: numbers of phones however they are written, whatever their extension, and
  /// the words beside them.
  init?(typed text: String) {
    guard text.utf8.count <= 400, let cell = PhoneCell(searched: text) else {
      self.init(text)
      return
    }
    let words = cell.rest + cell.phones.compactMap(\.note)
    self.init((cell.phones.map(\.searched) + words).joined(separator: " "))
  }

  /// The same, of those alone who have the extension; nil when none was typed.
  init?(extensionsIn text: String) {
    guard text.utf8.count <= 400, let cell = PhoneCell(searched: text) else { return nil }
    let inner = cell.phones.compactMap(\.extension)
    if inner.isEmpty { return nil }
    self.init((cell.phones.map(\.searched) + inner.map { "x" + $0 }).joined(separator: " "))
  }

  /// Who has a number, or very likely has it.
  init?(of key: String) {
    guard let query = SearchQuery(extensionsIn: key) ?? SearchQuery(typed: key) else { return nil }
    self = query
  }
}

extension PhoneNumber {
  /// Digits that every writing of the number has. Which country it is of is told by a `+` or two zeros alone: 020 7946
  /// 0958 is dialled in Guangzhou and in Britain.
  fileprivate var searched: String {
    let written = typed.halfWidth
    if written.hasPrefix("+") || written.hasPrefix("00") { return String(normal.drop { $0 == "+" }) }
    return String((normal.hasPrefix("+86") ? normal.dropFirst(3) : normal[...]).drop { $0 == "+" || $0 == "0" })
  }
}

extension PhoneCell {
  /// Nil when what is searched for holds no whole number.
  fileprivate init?(searched text: String) {
    guard text.halfWidth.utf8.count(where: \.isDigit) >= 7 else { return nil }
    self.init(text)
    guard !phones.isEmpty, phones.allSatisfy({ $0.normal.utf8.count >= 7 }) else { return nil }
  }
}
