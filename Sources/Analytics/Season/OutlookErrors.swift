/// The spread of a method's forecasts, of single months and of sums, from its trials.
struct OutlookErrors {
  let ofMonths: Scaled
  let ofSums: Scaled

  /// A spread that turns expectations into amounts with intervals.
  struct Scaled {
    fileprivate let spread: OutlookSpread
    /// Whether the amounts are counts, which scatter at least as Poisson's.
    fileprivate let counting: Bool

    func around(_ expected: Double, horizon: Int) -> Prediction {
      Prediction(
        mean: expected, median: expected,
        within95: spread.interval(expected, horizon: horizon, level: 0.95, counting: counting),
        within80: spread.interval(expected, horizon: horizon, level: 0.80, counting: counting))
    }
  }

  /// Nil with fewer than three forecasts that have come due.
  init?(_ trials: [OutlookTrial], counting: Bool) {
    guard let first = trials.first?.known, let last = trials.map({ $0.known + $0.actual.count }).max() else {
      return nil
    }
    func spread(of target: OutlookSpread.Target, _ errors: (OutlookTrial) -> [Double]) -> OutlookSpread? {
      let all = trials.flatMap { trial in errors(trial).enumerated().map { (horizon: $0 + 1, error: $1) } }
      return OutlookSpread(of: target, all, months: last - first)
    }
    guard let months = spread(of: .months, \.errors), let sums = spread(of: .sums, \.sumErrors) else { return nil }
    ofMonths = Scaled(spread: months, counting: counting)
    ofSums = Scaled(spread: sums, counting: counting)
  }
}
