/// What a record can be found by. Parts of names are found because every end of a name is a term of its own and
/// a query asks for beginnings: `ming` finds 张伟明 by the term `ming`, beside `weiming` and `zhangweiming`.
public struct SearchTerms: Sendable, Equatable {
  /// Longer terms are cut, and queries with them.
  static let length = 16
  /// A longer document is cut; PostgreSQL counts no further than 16,383.
  private static let maximum = 10_000
  /// Stands between Chinese characters of different names, so that no phrase crosses from one to the next.
  private static let boundary = "¦"

  /// Two characters are met in far fewer names than either, and most of what is searched for has two.
  static func pairs(of run: [Unicode.Scalar]) -> [String] {
    zip(run, run.dropFirst()).map { String($0) + String($1) }
  }

  /// In the order of the text: each two Chinese characters that stand next to each other, then each of them alone, and
  /// letters and digits.
  private(set) var list: [String] = []
  private var seen: Set<String> = []

  public init() {}

  /// A name of anything: Chinese, Latin or mixed. Found by any part of its Chinese characters, by their pinyin
  /// and initials from any character on, and by its words from their beginning or any three letters on.
  public mutating func name(_ text: String) {
    var run: [Han] = []
    var word = Word()
    let pieces = Folding.pieces(text, limit: 400)
    var read = Pinyin.words.readings(of: pieces)[...]
    for piece in pieces {
      switch piece {
      case .han(let character):
        finish(&word)
        run.append(Han(character, read: read.popFirst() ?? nil))
      case .letter(let letter):
        finish(&run)
        word.letters.append(letter)
      case .mark: word.starts.insert(word.letters.count)
      case .blank: finish(&word)
      }
    }
    finish(&run)
    finish(&word)
  }

  /// A number such as a phone's. Found by any three of its digits on.
  public mutating func digits(_ text: String) {
    let digits = Folding.pieces(text, limit: 64).compactMap { piece -> Unicode.Scalar? in
      if case .letter(let letter) = piece, ("0"..."9").contains(letter) { letter } else { nil }
    }
    ends(of: digits, from: 3)
  }

  /// Letters and digits as one word, found from its beginning alone.
  public mutating func word(_ text: String) {
    let letters = Folding.pieces(text, limit: 64).compactMap { piece -> Unicode.Scalar? in
      if case .letter(let letter) = piece { letter } else { nil }
    }
    add(letters[...])
  }

  /// An id, an address, an account: taken as one word whatever stands in it. Found by any two characters on.
  public mutating func code(_ text: String) {
    let letters = Folding.pieces(text, limit: 128).compactMap { piece -> Unicode.Scalar? in
      switch piece {
      case .letter(let letter), .han(let letter): letter
      case .mark, .blank: nil
      }
    }
    guard letters.contains(where: Folding.isHan) else { return ends(of: letters, from: 2) }
    name(text)
  }

  /// Letters without a blank between them; parts begin where there was punctuation.
  private struct Word {
    var letters: [Unicode.Scalar] = []
    var starts: Set<Int> = []
  }

  private mutating func finish(_ word: inout Word) {
    defer { word = Word() }
    guard !word.letters.isEmpty else { return }
    for start in word.starts where start < word.letters.count { add(word.letters[start...]) }
    ends(of: word.letters, from: 3)
  }

  private mutating func ends(of letters: [Unicode.Scalar], from shortest: Int) {
    guard !letters.isEmpty else { return }
    for start in 0...max(0, letters.count - shortest) { add(letters[start...]) }
  }

  /// A Chinese character with its readings, the one it has in its word first.
  private struct Han {
    let character: Unicode.Scalar
    let readings: [String]
    let alone: String?

    init(_ character: Unicode.Scalar, read: String?) {
      let all = Pinyin.readings(of: character)
      self.character = character
      readings = read.map { read in [read] + all.filter { $0 != read } } ?? all
      alone = all.first
    }
  }

  private mutating func finish(_ run: inout [Han]) {
    defer { run = [] }
    guard !run.isEmpty else { return }
    if list.last?.unicodeScalars.first.map(Folding.isHan) ?? false { list.append(Self.boundary) }
    // A phrase needs its pairs in a row, so these stay even when they were there before.
    if list.count + run.count < Self.maximum { list += Self.pairs(of: run.map(\.character)) }
    for han in run { add(String(han.character)) }
    let readings = run.map(\.readings)
    // Who does not know how a name is read types each character as it is read alone.
    let alone = run.map { han in han.alone.map { [$0] } ?? [] }
    let isReadByWords = run.contains { $0.readings.first != $0.alone }
    for start in run.indices {
      for spoken in Spoken.ways(to: readings[start...]) + (isReadByWords ? Spoken.ways(to: alone[start...]) : []) {
        add(String(spoken.syllables.prefix(Self.length)))
        add(spoken.initials)
      }
    }
  }

  private mutating func add(_ letters: ArraySlice<Unicode.Scalar>) {
    var term = ""
    for letter in letters.prefix(Self.length) { term.unicodeScalars.append(letter) }
    add(term)
  }

  private mutating func add(_ term: String) {
    guard !term.isEmpty, list.count < Self.maximum, seen.insert(term).inserted else { return }
    list.append(term)
  }
}

/// One way to say the beginning of a run of Chinese characters: its pinyin and the initials of it.
private struct Spoken {
  var syllables = ""
  var initials = ""

  /// Up to six, as many characters have several readings: four of the first, two of each further one.
  static func ways(to run: ArraySlice<[String]>) -> [Spoken] {
    var ways = [Spoken()]
    for (offset, all) in run.prefix(SearchTerms.length).enumerated() {
      let readings = all.prefix(offset == 0 ? 4 : 2)
      guard let common = readings.first else { break }
      let before = ways
      ways = before.map { $0.followed(by: common) }
      for rare in readings.dropFirst() {
        ways += before.prefix(6 - min(6, ways.count)).map { $0.followed(by: rare) }
      }
    }
    return ways
  }

  private func followed(by syllable: String) -> Spoken {
    Spoken(
      syllables: syllables.utf8.count < SearchTerms.length ? syllables + syllable : syllables,
      initials: initials + syllable.prefix(1))
  }
}
