import Foundation

/// A purchase model that is fitted by maximum likelihood. Parameters are positive and fitted as logarithms.
protocol LikelihoodModel: PurchaseModel {
  /// The part of a customer's log-likelihood that depends on the frequency alone, by parameter.
  func frequencyTerm(_ frequency: Int) -> Jet

  /// The rest of it: how likely its times are, and of that the way in which it is still active.
  func timing(_ history: PurchaseHistory) -> (all: Jet, alive: Jet)
}

extension LikelihoodModel {
  /// Log-likelihood of all customers. O(groups).
  func logLikelihood(_ groups: HistoryGroups) -> Jet {
    var sum = Jet()
    for (frequency, count) in groups.frequencies { sum.add(frequencyTerm(frequency), weight: count) }
    for (history, count) in groups.groups { sum.add(timing(history).all, weight: count) }
    return sum
  }

  /// `ln P(alive)` and its gradient by parameter.
  func logPAlive(_ history: PurchaseHistory) -> (value: Double, gradient: SIMD4<Double>) {
    let timing = timing(history)
    return (timing.alive.value - timing.all.value, timing.alive.gradient - timing.all.gradient)
  }
}

/// `ln Γ(a + n) − ln Γ(a)` with its first two derivatives by a: the rising factorial that every frequency term is
/// made of. Factor by factor for small n, so that nothing cancels when a is great.
func logRising(_ a: Double, _ n: Int) -> (value: Double, first: Double, second: Double) {
  if n <= 16 {
    return (0..<n).reduce((0, 0, 0)) { sum, k in
      let factor = a + Double(k)
      return (sum.0 + log(factor), sum.1 + 1 / factor, sum.2 - 1 / (factor * factor))
    }
  }
  let end = a + Double(n)
  return (logGamma(end) - logGamma(a), digamma(end) - digamma(a), trigamma(end) - trigamma(a))
}
