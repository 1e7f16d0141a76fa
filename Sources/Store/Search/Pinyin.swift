/// How Chinese characters are read.
public enum Pinyin {
  /// The readings of a character without tones, the most common first; none for what is no Chinese character.
  static func readings(of character: Unicode.Scalar) -> [String] { table.readings(of: character) }

  /// An ASCII text by which names sort: Chinese ones by pinyin as a native reads them and then by character, Latin ones
  /// among them by their letters, in whatever case, with digits first. Names that differ only in case, width, accents or
  /// punctuation have the same.
  public static func sortKey(_ name: String) -> String {
    let pieces = Folding.pieces(name)
    return key(of: pieces, reading: isChinese(pieces) ? words.readings(of: pieces) : [])
  }

  /// All keys by which a name may stand in the database: another server, or a row that is not renewed yet, may have it with
  /// each character read alone, as it was before words were known.
  public static func sortKeys(_ name: String) -> [String] {
    let pieces = Folding.pieces(name)
    guard isChinese(pieces) else { return [key(of: pieces, reading: [])] }
    let read = words.readings(of: pieces)
    let alone = key(of: pieces, reading: [])
    let key = key(of: pieces, reading: read)
    return key == alone ? [key] : [key, alone]
  }

  /// Whether words or a family name make characters of a text sound as they would not alone.
  public static func readsByWords(_ text: String) -> Bool { sortKeys(text).count > 1 }

  /// How each Chinese character of a text sounds in it, without tones; nothing of what is no such character.
  public static func syllables(_ text: String) -> [String] {
    let pieces = Folding.pieces(text)
    guard isChinese(pieces) else { return [] }
    let read = words.readings(of: pieces)
    let characters = pieces.compactMap { if case .han(let character) = $0 { character } else { nil } }
    return characters.enumerated().compactMap { place, character in
      (place < read.count ? read[place] : nil) ?? table.readings(of: character).first
    }
  }

  private static func isChinese(_ pieces: [Folding.Piece]) -> Bool {
    pieces.contains { if case .han = $0 { true } else { false } }
  }

  /// - Parameter read: the readings of the Chinese characters in their order, where they are not those they have alone.
  private static func key(of pieces: [Folding.Piece], reading read: [String?]) -> String {
    var key = ""
    var isApart = false
    var place = 0
    func begin() {
      if isApart, !key.isEmpty { key += " " }
      isApart = false
    }
    for piece in pieces {
      switch piece {
      case .han(let character):
        begin()
        let known = place < read.count ? read[place] : nil
        key += (known ?? table.readings(of: character).first ?? "~") + String(character.value, radix: 16)
        place += 1
      case .letter(let letter):
        begin()
        if letter.isASCII {
          key.unicodeScalars.append(letter)
        } else {
          key += "~" + String(letter.value, radix: 16)
        }
      case .blank: isApart = true
      case .mark: break
      }
    }
    return key
  }

  static let table = PinyinTable()
  static let words = PinyinWords(table)
}
