/// Which values of one dimension earned a score: the reason a page gives for it.
public struct Band: Equatable, Sendable {
  /// 1…5, 5 is best.
  public let score: Int
  /// Least value with this score, inclusive; nil when the band is open below.
  public let lower: Int64?
  /// Greatest value with this score, inclusive; nil when the band is open above.
  public let upper: Int64?
  /// Customers in it.
  public let count: Int

  public init(score: Int, lower: Int64?, upper: Int64?, count: Int) {
    self.score = score
    self.lower = lower
    self.upper = upper
    self.count = count
  }
}

/// One dimension scored 1…5. Works on goodness, where more is better; `~x` turns the order round without
/// overflow for dimensions where less is better.
struct Scale {
  enum Direction {
    case moreIsBetter, lessIsBetter
  }

  let scores: [Int]
  /// Best score first. By quantile the least and greatest value met, without scores that nobody has; by fixed
  /// cuts always five.
  let bands: [Band]

  init(_ values: [Int64], _ direction: Direction, cuts: [Int64]?) {
    let turned = direction == .lessIsBetter
    let goodness = turned ? values.map(~) : values
    let found: [Band]
    if let cuts {
      let limits = turned ? cuts.reversed().map(~) : cuts
      scores = goodness.map { value in 1 + limits.count { $0 <= value } }
      found = Self.bands(between: limits, scores: scores)
    } else {
      scores = Self.quantileScores(goodness)
      found = Self.bands(met: goodness, scores: scores)
    }
    bands = turned ? found.map(\.turned) : found
  }

  /// `⌈5 · (r − ½) / n⌉`, see `RFM`: with `below` customers worse and `end` not better, `2r − 1 = below + end`.
  private static func quantileScores(_ goodness: [Int64]) -> [Int] {
    let count = goodness.count
    let order = goodness.indices.sorted { goodness[$0] < goodness[$1] }
    var scores = [Int](repeating: 0, count: count)
    var below = 0
    while below < count {
      let value = goodness[order[below]]
      var end = below + 1
      while end < count, goodness[order[end]] == value { end += 1 }
      let score = (5 * (below + end) + 2 * count - 1) / (2 * count)
      for position in below..<end { scores[order[position]] = score }
      below = end
    }
    return scores
  }

  private static func bands(met values: [Int64], scores: [Int]) -> [Band] {
    var least = [Int64](repeating: .max, count: 6)
    var greatest = [Int64](repeating: .min, count: 6)
    var counts = [Int](repeating: 0, count: 6)
    for (value, score) in zip(values, scores) {
      least[score] = min(least[score], value)
      greatest[score] = max(greatest[score], value)
      counts[score] += 1
    }
    return (1...5).reversed().filter { counts[$0] > 0 }.map {
      Band(score: $0, lower: least[$0], upper: greatest[$0], count: counts[$0])
    }
  }

  private static func bands(between limits: [Int64], scores: [Int]) -> [Band] {
    (1...5).reversed().map { score in
      Band(
        score: score, lower: score == 1 ? nil : limits[score - 2],
        upper: score == 5 ? nil : limits[score - 1] - 1, count: scores.count { $0 == score })
    }
  }
}

extension Band {
  fileprivate var turned: Band {
    Band(score: score, lower: upper.map(~), upper: lower.map(~), count: count)
  }
}
