import Foundation

/// How a firm's coming months are foreseen.
public enum OutlookMethod: Codable, Hashable, Sendable {
  /// Level and damped trend of the past months, times the season where there is one; see ``DampedTrend``.
  case trend(memory: Double, damping: Double)
  /// What was sold in the same month a year before.
  case sameMonthLastYear
  /// What was sold a day in the last three months.
  case recentMean
  /// Purchases that the caller expects without a season, times the season.
  case purchaseModel
}

extension OutlookMethod {
  static let baselines: [OutlookMethod] = [.sameMonthLastYear, .recentMean]

  static let trends: [OutlookMethod] = DampedTrend.memories.flatMap { memory in
    DampedTrend.dampings.map { .trend(memory: memory, damping: $0) }
  }

  /// The values of the `count` months after the series, each ≥ 0; nil where it does not reach back far enough.
  func forecast(_ series: MonthlySeries, season: SeasonProfile, count: Int) -> [Double]? {
    let known = series.values.count
    guard known > 0 else { return nil }
    let coming = known..<(known + count)
    switch self {
    case .trend(let memory, let damping):
      let rates = series.values.indices.map { series.values[$0] / (series.days($0) * season[series.month($0)]) }
      let trend = DampedTrend(rates, memory: memory, damping: damping)
      return coming.map { trend.rate(after: $0 - known + 1) * series.days($0) * season[series.month($0)] }
    case .sameMonthLastYear:
      guard known >= 12 else { return nil }
      return coming.map { index in
        let before = known - 12 + (index - known) % 12
        return max(series.values[before], 0) / series.days(before) * series.days(index)
      }
    case .recentMean:
      let last = max(known - 3, 0)..<known
      let rate = last.reduce(0) { $0 + series.values[$1] } / last.reduce(0) { $0 + series.days($1) }
      return coming.map { max(rate, 0) * series.days($0) }
    case .purchaseModel:
      return nil
    }
  }
}

/// Level and trend of monthly rates without season: `level · exp(slope · Σ_{i=1..h} φ^i)` after h months.
///
/// Both are fitted to all months by a log-linear regression with Poisson weights, in which a month counts `memory`
/// times as much as the next: months without sales, or below zero, are data like any other. A trend goes on ever more
/// slowly; with φ = 0 there is none, and the level is the weighted mean.
///
/// Source: E. S. Gardner, E. McKenzie, "Forecasting trends in time series", Management Science 31 (1985); discounted
/// regression: R. G. Brown, "Smoothing, Forecasting and Prediction", 1963.
struct DampedTrend {
  let damping: Double
  /// At the last month, ≥ 0.
  private(set) var level = 0.0
  /// Of the logarithm, a month.
  private(set) var slope = 0.0

  static let memories = [0.6, 0.8, 0.92]
  static let dampings = [0, 0.8, 0.9, 0.95]
  /// Doubling in three months: faster growth does not last.
  private static let steepest = log(2.0) / 3

  /// O(months) for each of some ten steps.
  init(_ rates: [Double], memory: Double, damping: Double) {
    self.damping = damping
    let ages = rates.indices.map { Double(rates.count - 1 - $0) }
    let weights = ages.map { pow(memory, $0) }
    let mean = zip(rates, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    guard mean > 0, mean.isFinite else { return }
    level = mean
    guard damping > 0, rates.count > 2 else { return }
    for _ in 0..<50 {
      let step = newtonStep(rates.map { $0 / mean }, ages, weights, mean)
      let (levelStep, slopeStep) = (min(max(step.level, -1), 1), min(max(step.slope, -0.1), 0.1))
      level *= exp(levelStep)
      slope = min(max(slope + slopeStep, -Self.steepest), Self.steepest)
      if abs(levelStep) + abs(slopeStep) < 1e-10 { break }
    }
    // At the steepest slope the level alone has an answer in closed form.
    let shape = zip(ages, weights).reduce(0) { $0 + $1.1 * exp(-slope * $1.0) }
    level = mean * weights.reduce(0, +) / shape
  }

  private func newtonStep(
    _ rates: [Double], _ ages: [Double], _ weights: [Double], _ unit: Double
  ) -> (level: Double, slope: Double) {
    var (first, second) = (0.0, 0.0)
    var (mass, moment, square) = (0.0, 0.0, 0.0)
    for index in rates.indices {
      let expected = weights[index] * level / unit * exp(-slope * ages[index])
      let error = weights[index] * rates[index] - expected
      first += error
      second -= error * ages[index]
      mass += expected
      moment -= expected * ages[index]
      square += expected * ages[index] * ages[index]
    }
    let determinant = mass * square - moment * moment
    guard determinant > 1e-12 * mass * square else { return (0, 0) }
    return ((square * first - moment * second) / determinant, (mass * second - moment * first) / determinant)
  }

  func rate(after months: Int) -> Double {
    guard damping > 0 else { return level }
    let grown = damping * (1 - pow(damping, Double(months))) / (1 - damping)
    return level * exp(slope * grown)
  }
}
