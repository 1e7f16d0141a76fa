/// How much a text looks like one that people write in an encoding: the share of its characters beyond ASCII
/// that are common ones there, 0 when the bytes are not even valid.
enum EncodingPlausibility {
  static func gb18030(_ bytes: [UInt8], isWhole: Bool) -> Double {
    var tally = Tally()
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      guard index + 1 < bytes.count else { return isWhole ? 0 : tally.share }
      let trail = bytes[index + 1]
      switch (lead, trail) {
      case (0x81...0xFE, 0x30...0x39):
        // Four bytes: rare characters only, which say nothing either way.
        index += 4
      case (0x81...0xFE, 0x40...0x7E), (0x81...0xFE, 0x80...0xFE):
        // Rows 1-3 are punctuation and full-width forms, 16-55 the 3,755 everyday characters of GB 2312.
        let common = trail >= 0xA1 && ((0xB0...0xD7).contains(lead) || (0xA1...0xA3).contains(lead))
        tally.add(common)
        index += 2
      default: return 0
      }
    }
    return tally.share
  }

  static func big5(_ bytes: [UInt8], isWhole: Bool) -> Double {
    var tally = Tally()
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      guard index + 1 < bytes.count else { return isWhole ? 0 : tally.share }
      switch (lead, bytes[index + 1]) {
      case (0x81...0xFE, 0x40...0x7E), (0x81...0xFE, 0xA1...0xFE):
        // A1-A3 punctuation, A4-C6 the 5,401 everyday characters.
        tally.add((0xA1...0xC6).contains(lead))
        index += 2
      default: return 0
      }
    }
    return tally.share
  }

  /// Accented letters stand alone among ASCII letters; Chinese bytes come in pairs.
  static func windows1252(_ bytes: [UInt8]) -> Double {
    var tally = Tally()
    for (index, byte) in bytes.enumerated() where byte >= 0x80 {
      let before = index > 0 ? bytes[index - 1] : 0
      let after = index + 1 < bytes.count ? bytes[index + 1] : 0
      tally.add(before < 0x80 && after < 0x80)
    }
    return tally.share
  }

  private struct Tally {
    var common = 0
    var all = 0

    mutating func add(_ isCommon: Bool) {
      all += 1
      if isCommon { common += 1 }
    }

    var share: Double { all == 0 ? 0 : Double(common) / Double(all) }
  }
}
