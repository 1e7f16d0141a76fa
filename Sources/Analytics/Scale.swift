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
    let fixed = turned ? cuts?.reversed().map(~) : cuts
    let limits = fixed ?? Self.quantiles(goodness)
    let scores = goodness.map { value in limits.reduce(1) { $1 <= value ? $0 + 1 : $0 } }
    let found = fixed == nil ? Self.bands(met: goodness, scores: scores) : Self.bands(between: limits, scores: scores)
    self.scores = scores
    bands = turned ? found.map(\.turned) : found
  }

  /// The least values with a score of at least 2, 3, 4 and 5; fewer where nobody reaches the last of them.
  /// `⌈5 · (r − ½) / n⌉`, see `RFM`: with `below` customers worse and `end` not better, `2r − 1 = below + end`.
  private static func quantiles(_ goodness: [Int64]) -> [Int64] {
    let count = goodness.count
    var limits: [Int64] = []
    var below = 0
    for run in runs(goodness) {
      let end = below + run.count
      let score = (5 * (below + end) + 2 * count - 1) / (2 * count)
      while limits.count < score - 1 { limits.append(run.value) }
      below = end
    }
    return limits
  }

  /// How many there are of each value, the least value first. Where values lie close together, as days and numbers of
  /// purchases do, they are counted instead of sorted.
  private static func runs(_ values: [Int64]) -> [(value: Int64, count: Int)] {
    guard let least = values.min(), let greatest = values.max() else { return [] }
    let (span, overflow) = greatest.subtractingReportingOverflow(least)
    if !overflow, span < values.count {
      var counts = [Int](repeating: 0, count: Int(span) + 1)
      for value in values { counts[Int(value - least)] += 1 }
      return counts.enumerated().filter { $0.element > 0 }.map { (least + Int64($0.offset), $0.element) }
    }
    var runs: [(value: Int64, count: Int)] = []
    for value in values.ranking.reversed().lazy.map({ values[$0] }) {
      if runs.last?.value == value { runs[runs.count - 1].count += 1 } else { runs.append((value, 1)) }
    }
    return runs
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
