import CAssets

/// The table of readings, in the binary: a line a syllable, with the characters whose first, second, … reading
/// it is, separated by tabs. Written by `scripts/pinyin.py`.
struct PinyinTable {
  private static let ranks = 3
  private static let codes = 0x2EBF0
  private var syllables = [""]
  /// Numbers of syllables, three for each code point.
  private var numbers = [UInt16](repeating: 0, count: ranks * codes)

  init() {
    for line in Self.lines(of: "data/pinyin.txt") {
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

  /// The lines of a file that the binary carries; none where it is not there.
  static func lines(of name: String) -> [UnsafeBufferPointer<UInt8>.SubSequence] {
    for index in 0..<guanxi_asset_count() {
      guard let asset = guanxi_asset_at(index)?.pointee, String(cString: asset.name) == name else { continue }
      return UnsafeBufferPointer(start: asset.bytes, count: asset.count).split(separator: UInt8(ascii: "\n"))
    }
    return []
  }
}
