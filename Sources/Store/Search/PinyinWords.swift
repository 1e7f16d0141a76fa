/// Words whose characters are read otherwise than alone, 重庆 as chong qing, and family names that are, 单 as shan. From
/// `pinyin-words.txt`, which says how it is written.
struct PinyinWords {
  private struct Word {
    let characters: [Unicode.Scalar]
    let readings: [String?]
  }

  /// The longest first, by their last character.
  private var words: [Unicode.Scalar: [Word]] = [:]
  private var surnames: [Unicode.Scalar: String] = [:]

  init(_ table: PinyinTable) {
    var known: [[Unicode.Scalar]: [String?]] = [:]
    for line in PinyinTable.lines(of: "data/pinyin-words.txt") {
      let entries = String(decoding: line, as: UTF8.self).split(separator: " ").map { Array($0.unicodeScalars) }
      guard let head = entries.first, let character = head.first, character != "#" else { continue }
      guard character != "^" else {
        for entry in entries where entry.count > 2 { surnames[entry[1]] = Self.text(entry.dropFirst(2)) }
        continue
      }
      for word in entries.dropFirst() {
        var readings = known[word] ?? word.map { table.readings(of: $0).first }
        for place in word.indices where word[place] == character { readings[place] = Self.text(head.dropFirst()) }
        known[word] = readings
      }
    }
    for (characters, readings) in known.sorted(by: { $0.key.count > $1.key.count }) {
      guard let last = characters.last else { continue }
      words[last, default: []].append(Word(characters: characters, readings: readings))
    }
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
  }

  /// The readings of the Chinese characters of a text in their order, nil where they are those they have alone.
  func readings(of pieces: [Folding.Piece]) -> [String?] {
    var (all, run, parted): ([String?], [Unicode.Scalar], Bool) = ([], [], false)
    for piece in pieces {
      switch piece {
      case .han(let character):
        // A family name may stand alone before a blank: 单 雄信.
        if parted, run.count > 1 {
          all += readings(of: run)
          run = []
        }
        parted = false
        run.append(character)
      case .blank: parted = true
      case .letter:
        all += readings(of: run)
        run = []
      case .mark: break
      }
    }
    return all + readings(of: run)
  }

  /// The readings of a run of Chinese characters, nil where they are those they have alone. Words are looked for from the
  /// end, which tells 门店·长江 from 店长 better than from the beginning.
  func readings(of run: [Unicode.Scalar]) -> [String?] {
    var readings = [String?](repeating: nil, count: run.count)
    var end = run.count
    var isWord = false
    while end > 0 {
      let word = words[run[end - 1]]?.first { run[..<end].reversed().starts(with: $0.characters.reversed()) }
      isWord = word != nil
      let start = end - (word?.characters.count ?? 1)
      if let word { readings.replaceSubrange(start..<end, with: word.readings) }
      end = start
    }
    if !isWord, let first = run.first, let surname = surnames[first], Self.isPerson(run) { readings[0] = surname }
    return readings
  }

  private static let titles = [
    "先生", "女士", "小姐", "太太", "老师", "经理", "师傅", "老板", "医生", "主任", "教授", "阿姨", "大哥", "大姐", "总",
  ].map { Array($0.unicodeScalars) }
  /// What is called so is no person, however short.
  private static let places = Set("厂店局院所馆站部处校社铺吧屋网厅团市队街路村镇乡县".unicodeScalars)
  /// 单氏集团 and 曾记面馆 are called by a family.
  private static let families = Set("氏记記".unicodeScalars)

  /// Whether a name that begins with a family name of one character is that of a person, or of a family.
  private static func isPerson(_ run: [Unicode.Scalar]) -> Bool {
    guard run.count > 1, let last = run.last else { return false }
    if families.contains(run[1]) { return true }
    let title = titles.first { run.count > $0.count && run.reversed().starts(with: $0.reversed()) }
    if let title { return run.count - title.count <= 3 }
    return run.count <= 3 && !places.contains(last)
  }
}
