import Foundation

/// The parts of a folded password that a guesser would try as a whole.
struct GuessPieces {
  private let text: [Unicode.Scalar]
  /// The same as bytes; 0 for what is not ASCII and in no common word.
  private let bytes: [UInt8]
  private let own: [[Unicode.Scalar]]
  private let common: (ArraySlice<UInt8>) -> Double?

  private static let longestWord = 24

  init(_ text: [Unicode.Scalar], own: [[Unicode.Scalar]], common: @escaping (ArraySlice<UInt8>) -> Double?) {
    self.text = text
    bytes = text.map { $0.isASCII ? UInt8(truncatingIfNeeded: $0.value) : 0 }
    self.own = own
    self.common = common
  }

  func all(at start: Int) -> [GuessCut.Piece] {
    ownWords(at: start) + commonWords(at: start) + sequences(at: start) + walks(at: start) + dates(at: start)
  }

  private func ownWords(at start: Int) -> [GuessCut.Piece] {
    own.filter { text[start...].starts(with: $0) }.map {
      GuessCut.Piece(length: $0.count, magnitude: 0.5, kind: .own)
    }
  }

  /// Words, and words with digits and marks in place of letters: p4$$w0rd.
  private func commonWords(at start: Int) -> [GuessCut.Piece] {
    let ends = stride(from: start + 2, through: min(text.count, start + Self.longestWord), by: 1)
    return ends.compactMap { end in
      let part = bytes[start..<end]
      guard !part.contains(0) else { return nil }
      let spelled = Self.disguises.compactMap { disguise -> Double? in
        guard part.contains(where: { disguise[$0] != nil }), part.count > 3 else { return nil }
        return common(part.map { disguise[$0] ?? $0 }[...]).map { $0 + 0.5 }
      }
      return ([common(part)].compactMap(\.self) + spelled).min().map {
        GuessCut.Piece(length: end - start, magnitude: $0, kind: .common)
      }
    }
  }

  private static let disguises: [[UInt8: UInt8]] = ["i", "l"].map { one in
    Dictionary(uniqueKeysWithValues: zip(Array("4@3015$7!".utf8), Array("aaeo\(one)sst\(one)".utf8)))
  }

  /// abcd, 9876, 2468: characters at the same small distance from each other.
  private func sequences(at start: Int) -> [GuessCut.Piece] {
    guard start + 2 < text.count else { return [] }
    let step = Int(text[start + 1].value) - Int(text[start].value)
    guard step != 0, abs(step) <= 2 else { return [] }
    let pairs = zip(text[start...], text[(start + 1)...])
    let length = pairs.prefix { Int($1.value) - Int($0.value) == step }.count + 1
    let isUsual = "az019".unicodeScalars.contains(text[start])
    return stride(from: 3, through: length, by: 1).map { length in
      let magnitude = (isUsual ? 0.6 : 1.4) + (step == 1 ? 0 : 0.3) + log10(Double(length))
      return GuessCut.Piece(length: length, magnitude: magnitude, kind: .row)
    }
  }

  /// Keys side by side, the fewer turns the sooner.
  private func walks(at start: Int) -> [GuessCut.Piece] {
    Keyboard.all.flatMap { keyboard -> [GuessCut.Piece] in
      var (pieces, turns, last) = ([GuessCut.Piece](), 0, nil as Keyboard.Step?)
      for end in text.indices.dropFirst(start + 1) {
        guard let step = keyboard.step(from: text[end - 1], to: text[end]) else { break }
        if let last, last != step { turns += 1 }
        last = step
        let length = end - start + 1
        let magnitude = 1.3 + 0.6 * Double(turns) + log10(Double(length))
        if length > 2 { pieces.append(GuessCut.Piece(length: length, magnitude: magnitude, kind: .row)) }
      }
      return pieces
    }
  }

  /// A year, a day of a year, or both in the orders in which people write them.
  private func dates(at start: Int) -> [GuessCut.Piece] {
    func number(_ place: Int, _ count: Int) -> Int {
      bytes.dropFirst(start + place).prefix(count).reduce(0) { $0 * 10 + Int($1) - 48 }
    }
    let digits = bytes[start...].prefix(8).prefix { (48...57).contains($0) }.count
    func isYear(_ place: Int) -> Bool { (1900...2050).contains(number(place, 4)) }
    func isDay(_ place: Int) -> Bool {
      let (a, b) = (number(place, 2), number(place + 2, 2))
      return min(a, b) > 0 && min(a, b) <= 12 && max(a, b) <= 31
    }
    var pieces: [GuessCut.Piece] = []
    func add(_ length: Int, _ magnitude: Double) {
      pieces.append(GuessCut.Piece(length: length, magnitude: magnitude, kind: .date))
    }
    if digits >= 4, isYear(0) { add(4, 1.9) }
    if digits >= 4, isDay(0) { add(4, 2.6) }
    if digits >= 6, isDay(0) || isDay(2) { add(6, 4.4) }
    if digits == 8, isYear(0) && isDay(4) || isDay(0) && isYear(4) { add(8, 4.4) }
    return pieces
  }
}
