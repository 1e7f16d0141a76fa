import Foundation

/// A folded password, cut into the pieces by which it is found soonest.
struct GuessCut {
  let magnitude: Double
  let kind: GuessEstimate.Kind?

  /// A part of a password that is guessed as a whole.
  struct Piece {
    let length: Int
    let magnitude: Double
    let kind: GuessEstimate.Kind
  }

  /// The order of pieces is guessed too.
  private static let joint = 0.3

  /// The best cut of the text up to a place.
  fileprivate struct Best {
    var magnitude = Double.infinity
    /// How many characters each kind of piece covers.
    var covered: [GuessEstimate.Kind: Int] = [:]
  }

  init(
    _ text: [Unicode.Scalar], own: [[Unicode.Scalar]], repeats: Bool = true,
    common: @escaping (ArraySlice<UInt8>) -> Double?
  ) {
    let pieces = GuessPieces(text, own: own, common: common)
    var best = [Best](repeating: Best(), count: text.count + 1)
    best[0].magnitude = 0
    for start in text.indices {
      let here = best[start]
      best[start + 1].take(here, Self.alone(text[start]), nil, 1)
      for piece in pieces.all(at: start) {
        best[start + piece.length].take(here, piece.magnitude + Self.joint, piece.kind, piece.length)
      }
      guard repeats, let (period, times) = Self.repetition(in: text, at: start) else { continue }
      let once = GuessCut(Array(text[start..<start + period]), own: own, repeats: false, common: common)
      let magnitude = once.magnitude + log10(Double(times)) + Self.joint
      best[start + period * times].take(here, magnitude, .repeated, period * times)
    }
    let last = best[text.count]
    magnitude = last.magnitude
    kind = last.covered.max { ($0.value, $0.key.rank) < ($1.value, $1.key.rank) }?.key
  }

  /// A character that is part of nothing.
  private static func alone(_ character: Unicode.Scalar) -> Double {
    guard character.isASCII else { return 2.5 }
    if ("0"..."9").contains(character) { return 1 }
    return character.properties.isAlphabetic ? 1.4 : 1.5
  }

  /// The shortest part that comes again at once, and how often it stands there.
  private static func repetition(in text: [Unicode.Scalar], at start: Int) -> (period: Int, times: Int)? {
    let rest = text[start...]
    for period in stride(from: 1, through: min(rest.count / 2, 20), by: 1) {
      let same = zip(rest, rest.dropFirst(period)).prefix { $0 == $1 }.count
      let times = same / period + 1
      if times > 2 || times == 2 && period > 1 { return (period, times) }
    }
    return nil
  }
}

extension GuessCut.Best {
  fileprivate mutating func take(
    _ before: Self, _ magnitude: Double, _ kind: GuessEstimate.Kind?, _ length: Int
  ) {
    guard before.magnitude + magnitude < self.magnitude else { return }
    self = before
    self.magnitude += magnitude
    if let kind { covered[kind, default: 0] += length }
  }
}

extension GuessEstimate.Kind {
  /// Which of two that cover as much is told.
  fileprivate var rank: Int {
    switch self {
    case .date: 0
    case .repeated: 1
    case .row: 2
    case .common: 3
    case .own: 4
    }
  }
}
