import Foundation

/// How far off forecasts of a firm were, by how far they looked ahead: variance `noise + drift · h` of the logarithm
/// for a month, `noise / h + drift · h` for a sum of h months, in which the noise of single months evens out.
///
/// The two are fitted to the squared errors of all cuts and horizons together, as there are few of each. Whether a firm
/// drifts shows only after years: until then its own drift is mixed with that of a year of the usual one. As both are
/// known badly from few months, the quantiles are Student's, with the degrees of freedom of a sum of two variances.
///
/// Source: F. E. Satterthwaite, "An approximate distribution of estimates of variance components", Biometrics 2 (1946).
struct OutlookSpread {
  /// What is foreseen.
  enum Target {
    case months, sums
  }

  private let target: Target
  private let noise: Double
  /// A month.
  private let drift: Double
  /// Months that were foreseen at least once: what is independent of the many errors.
  private let months: Double

  /// Variance by which the level of a firm drifts in a month, of the logarithm: 4 %, our choice.
  private static let usualDrift = 0.04 * 0.04
  /// Fewer degrees of freedom make intervals that say nothing.
  private static let leastFreedom = 3.0

  /// Nil with fewer than three errors.
  /// - Parameters:
  ///   - errors: logarithms, with the horizon in months from 1.
  ///   - months: foreseen at least once.
  init?(of target: Target, _ errors: [(horizon: Int, error: Double)], months: Int) {
    guard errors.count >= 3 else { return nil }
    var (ofNoise, ofBoth, ofDrift, noises, drifts) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (horizon, error) in errors {
      // A squared error scatters as much as it is great: months further ahead weigh less, sums alike.
      let (h, square) = (Double(horizon), error * error)
      let (share, weight) = target == .months ? (1, 1 / h) : (1 / h, 1)
      ofNoise += weight * share * share
      ofBoth += weight * share * h
      ofDrift += weight * h * h
      noises += weight * share * square
      drifts += weight * h * square
    }
    let determinant = ofNoise * ofDrift - ofBoth * ofBoth
    let slope = determinant > 0 ? (ofNoise * drifts - ofBoth * noises) / determinant : 0
    let own = min(max(slope, 0), drifts / ofDrift)
    self.target = target
    self.months = Double(months)
    noise = max((noises - own * ofBoth) / ofNoise, 0)
    // The mean of a random walk's first steps varies a third as much as the last of them.
    let usual = target == .months ? Self.usualDrift : Self.usualDrift / 3
    drift = (own * self.months + 12 * usual) / (self.months + 12)
  }

  /// What holds with a probability of `level`, around the expected value; counts scatter at least as Poisson's do.
  func interval(_ expected: Double, horizon: Int, level: Double, counting: Bool) -> ClosedRange<Double> {
    let h = Double(horizon)
    let (noise, drift) = (target == .months ? noise : noise / h, drift * h)
    let learned = noise + drift
    let uncertainty = (noise * noise + drift * drift * h) / months
    let freedom = uncertainty > 0 ? learned * learned / uncertainty : months
    let quantile = StudentT.quantile((1 + level) / 2, freedom: max(freedom, Self.leastFreedom))
    let variance = max(learned, counting ? 1 / max(expected, 1) : 0)
    let factor = exp(min(quantile * variance.squareRoot(), 50))
    return (expected / factor)...(expected * factor)
  }
}

/// Student's t distribution.
enum StudentT {
  /// Quantile for a probability of at least ½. Exact for one and two degrees of freedom; else by Hill's expansion, with
  /// an absolute error below 1e-3 for p ≤ 0.995.
  ///
  /// Source: G. W. Hill, "Algorithm 396: Student's t-quantiles", Communications of the ACM 13 (1970).
  static func quantile(_ probability: Double, freedom: Double) -> Double {
    let tails = 2 * (1 - probability)
    if freedom <= 1 { return 1 / tan(tails * .pi / 2) }
    if freedom <= 2 { return (2 / (tails * (2 - tails)) - 2).squareRoot() }
    let a = 1 / (freedom - 0.5)
    let b = 48 / (a * a)
    var c = ((20_700 * a / b - 98) * a - 16) * a + 96.36
    let d = ((94.5 / (b + c) - 3) / b + 1) * (a * .pi / 2).squareRoot() * freedom
    var y = pow(d * tails, 2 / freedom)
    if y > 0.05 + a {
      let x = -normalQuantile(probability)
      y = x * x
      if freedom < 5 { c += 0.3 * (freedom - 4.5) * (x + 0.6) }
      c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b
      y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
      y = expm1(a * y * y)
    } else {
      let tail = ((freedom + 6) / (freedom * y) - 0.089 * d - 0.822) * (freedom + 2) * 3
      y = ((1 / tail + 0.5 / (freedom + 4)) * y - 1) * (freedom + 1) / (freedom + 2) + 1 / y
    }
    return (freedom * y).squareRoot()
  }

  /// By Newton's method on the error function, from 0; p < 1 − 1e-15.
  static func normalQuantile(_ probability: Double) -> Double {
    var x = 0.0
    for _ in 0..<60 {
      let step = (probability - 0.5 * erfc(-x / 2.0.squareRoot())) * (2 * .pi).squareRoot() * exp(x * x / 2)
      x += min(max(step, -0.5), 0.5)
      if abs(step) < 1e-12 { break }
    }
    return x
  }
}
