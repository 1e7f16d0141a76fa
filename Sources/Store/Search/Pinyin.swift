import CAssets

/// How Chinese characters are read.
public enum Pinyin {
  /// The readings of a character without tones, the most common first; none for what is no Chinese character.
  static func readings(of character: Unicode.Scalar) -> [String] { table.readings(of: character) }

  /// An ASCII text by which names sort: Chinese ones by pinyin and then by character, Latin ones among them by
  /// their letters, in whatever case, with digits first. Names that differ only in case, width, accents or
  /// punctuation have the same.
  public static func sortKey(_ name: String) -> String {
    var key = ""
    var isApart = false
    func begin() {
      if isApart, !key.isEmpty { key += " " }
      isApart = false
    }
    for piece in Folding.pieces(name) {
      switch piece {
      case .han(let character):
        begin()
        key += (table.readings(of: character).first ?? "~") + String(character.value, radix: 16)
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

  private static let table = PinyinTable()
}

/// The table of readings, in the binary: a line a syllable, with the characters whose first, second, … reading
/// it is, separated by tabs. Written by `scripts/pinyin.py`.
private struct PinyinTable {
  private static let ranks = 3
  private static let codes = 0x2EBF0
  private var syllables = [""]
  /// Numbers of syllables, three for each code point.
  private var numbers = [UInt16](repeating: 0, count: ranks * codes)

  init() {
    guard let bytes = Self.bytes else { return }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      guard let name = fields.first else { continue }
      syllables.append(String(decoding: name, as: UTF8.self))
      for (rank, field) in fields.dropFirst().prefix(Self.ranks).enumerated() {
        for character in String(decoding: field, as: UTF8.self).unicodeScalars {
          let place = Int(character.value) * Self.ranks + rank
          if numbers.indices.contains(place) {
            numbers[place] = UInt16(truncatingIfNeeded: syllables.count - 1)
          }
        }
      }
    }
  }

  func readings(of character: Unicode.Scalar) -> [String] {
    let start = Int(character.value) * Self.ranks
    guard start + Self.ranks <= numbers.count else { return [] }
    return numbers[start..<start + Self.ranks].filter { $0 > 0 }.map { syllables[Int($0)] }
  }

  private static var bytes: UnsafeBufferPointer<UInt8>? {
    for index in 0..<guanxi_asset_count() {
      guard let asset = guanxi_asset_at(index)?.pointee, String(cString: asset.name) == "data/pinyin.txt"
      else {
        continue
      }
      return UnsafeBufferPointer(start: asset.bytes, count: asset.count)
    }
    return nil
  }
}
