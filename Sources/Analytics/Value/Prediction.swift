/// A quantity that is not known yet, and the ranges that will hold it: of what happens, not of its mean.
public struct Prediction: Codable, Equatable, Sendable {
  /// Its mean: what many such customers come to on average.
  public let mean: Double
  /// As likely more as less.
  public let median: Double
  /// The range that holds it with 95 %, and with 80 %.
  public let lower: Double
  public let upper: Double
  public let lower80: Double
  public let upper80: Double

  public init(mean: Double, median: Double, within95: ClosedRange<Double>, within80: ClosedRange<Double>) {
    (self.mean, self.median) = (mean, median)
    // Shortest ranges need not lie in each other.
    (lower, upper) = (min(within95.lowerBound, within80.lowerBound), max(within95.upperBound, within80.upperBound))
    (lower80, upper80) = (within80.lowerBound, within80.upperBound)
  }

  static let nothing = Prediction(mean: 0, median: 0, within95: 0...0, within80: 0...0)

  /// In another unit, below 0 turned round.
  public func times(_ factor: Double) -> Prediction {
    func range(_ a: Double, _ b: Double) -> ClosedRange<Double> {
      min(a * factor, b * factor)...max(a * factor, b * factor)
    }
    return Prediction(
      mean: mean * factor, median: median * factor, within95: range(lower, upper), within80: range(lower80, upper80))
  }
}

extension Prediction {
  /// A number of purchases, of a customer that is active with this probability.
  init(_ counts: CountDistribution, alive: Double, mean: Double) {
    let unit = Double(counts.unit)
    func range(_ share: Double) -> ClosedRange<Double> {
      let range = CountDistribution.interval(share, counts.survival, alive: alive)
      return (Double(range.lowerBound) * unit)...(Double(range.upperBound) * unit)
    }
    self.init(
      mean: mean, median: Double(CountDistribution.quantile(0.5, counts.survival, alive: alive)) * unit,
      within95: range(0.95), within80: range(0.80))
  }

  /// A sum over many customers who do not depend on each other, each with its mean and variance; they share what the model
  /// does not know: as if all were wrong by the same factor, whose logarithm has this variance. Normal, and not below 0
  /// where no part is.
  ///
  /// - Parameter isCount: whether ends are whole numbers, the lower rounded down, the upper up.
  public init(sumOf mean: Double, variance: Double, logVariance: Double, isCount: Bool = false) {
    let deviation = (max(variance, 0) + mean * mean * max(logVariance, 0)).squareRoot()
    func range(_ quantile: Double) -> ClosedRange<Double> {
      let (low, high) = (mean - quantile * deviation, mean + quantile * deviation)
      let ends = isCount ? (low.rounded(.down), high.rounded(.up)) : (low, high)
      return (mean >= 0 ? max(ends.0, 0) : ends.0)...max(ends.1, mean >= 0 ? 0 : ends.1)
    }
    self.init(mean: mean, median: mean, within95: range(1.959963984540054), within80: range(1.2815515655446004))
  }
}

/// When something will happen that may never.
public struct WaitPrediction: Codable, Equatable, Sendable {
  /// Weeks by when it has happened with probability one half, 2.5 % and 97.5 %; nil where that is never.
  public let median: Double?
  public let lower: Double?
  public let upper: Double?
}
