import Foundation

/// How often something will happen to one customer: a whole distribution, not its mean.
public struct CountDistribution: Equatable, Sendable {
  /// `P(K ≥ k)` for k = 1, 2, …; falling, until what is left is below 1e-9.
  let survival: [Double]
  /// So many are counted as one, where they are very many; 1 nearly always.
  let unit: Int

  init(survival: [Double], unit: Int = 1) {
    self.survival = survival
    self.unit = unit
  }

  /// Σ P(K ≥ k).
  public var mean: Double { survival.reduce(0, +) * Double(unit) }

  /// P(K = 0).
  public var none: Double { 1 - (survival.first ?? 0) }

  /// P(K ≥ k).
  func atLeast(_ k: Int) -> Double {
    if k <= 0 { return 1 }
    let place = (k + unit - 1) / unit
    return place <= survival.count ? survival[place - 1] : 0
  }

  /// P(K ≤ k).
  public func atMost(_ k: Int) -> Double { 1 - atLeast(k + 1) }

  /// P(K = k).
  public func probability(of k: Int) -> Double { max(atLeast(k) - atLeast(k + 1), 0) / Double(unit) }

  /// The least k with P(K ≤ k) ≥ q. O(log of how many there may be).
  public func quantile(_ q: Double) -> Int { Self.quantile(q, survival, alive: 1) * unit }

  /// The shortest range that holds what will happen with at least this probability; of several the lowest. It begins at 0
  /// where nothing at all is likely enough. O(1) then, and O(how many there may be) otherwise.
  public func interval(_ share: Double) -> ClosedRange<Int> {
    let range = Self.interval(share, survival, alive: 1)
    return (range.lowerBound * unit)...(range.upperBound * unit)
  }

  /// The same customer, active with this probability only.
  func scaled(by alive: Double) -> CountDistribution {
    CountDistribution(survival: survival.map { $0 * alive }, unit: unit)
  }

  static func quantile(_ q: Double, _ survival: [Double], alive: Double) -> Int {
    // P(K ≤ k) ≥ q exactly when P(K ≥ k+1) ≤ 1 − q.
    let most = (1 - q) / max(alive, .leastNormalMagnitude)
    var (low, high) = (0, survival.count)
    while low < high {
      let middle = (low + high) / 2
      if survival[middle] <= most { high = middle } else { low = middle + 1 }
    }
    return low
  }

  static func interval(_ share: Double, _ survival: [Double], alive: Double) -> ClosedRange<Int> {
    let highest = quantile(share, survival, alive: alive)
    func atLeast(_ k: Int) -> Double { k == 0 ? 1 : k <= survival.count ? survival[k - 1] * alive : 0 }
    var (best, upper) = (0...highest, highest)
    var lower = 1
    while 1 - atLeast(lower) <= 1 - share {
      while upper < survival.count, atLeast(lower) - atLeast(upper + 1) < share { upper += 1 }
      if atLeast(lower) - atLeast(upper + 1) < share { break }
      if upper - lower < best.count - 1 { best = lower...upper }
      lower += 1
    }
    return best
  }
}

/// A count whose rate is Gamma distributed: negative binomial, `P(k) = Γ(s+k)/(Γ(s) k!) · (1+τ)^{−s} (τ/(1+τ))^k`.
struct NegativeBinomial {
  /// s of the rate, Gamma(s, 1) in scaled time.
  let shape: Double
  /// τ, scaled.
  let time: Double

  var mean: Double { shape * time }
  private var deviation: Double { (shape * time * (1 + time)).squareRoot() }

  /// Counts that may happen, beyond which less than 1e-9 is left.
  var most: Int { Int((mean + 12 * deviation + 40 * (1 + time)).rounded(.up)) }

  /// `P(K ≥ k)` for k = 1…, `most` of them. Weights start from 1 and are divided by their sum, so that nothing underflows.
  func survival(_ most: Int) -> [Double] {
    guard time > 0, most > 0 else { return [] }
    let odds = time / (1 + time)
    var weights = [Double](repeating: 1, count: most + 1)
    var sum = 1.0
    for k in 1...most {
      weights[k] = weights[k - 1] * (shape + Double(k - 1)) / Double(k) * odds
      sum += weights[k]
      if sum > 1e200 {
        for earlier in 0...k { weights[earlier] *= 1e-200 }
        sum *= 1e-200
      }
    }
    var rest = 0.0
    for k in stride(from: most, through: 1, by: -1) {
      rest += weights[k]
      weights[k] = min(rest / sum, 1)
    }
    weights.removeFirst()
    return weights
  }
}
