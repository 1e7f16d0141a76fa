import Foundation

/// The future of an active customer who may leave after each purchase, with what is known of both chances: purchase
/// rate Gamma(`shape`, 1) in scaled time, probability of leaving Beta(`a`, `b`).
///
/// Equal to `(a+b−1)/(a−1) · [1 − (1+t)^{−shape} ₂F₁(shape, b; a+b−1; t/(1+t))]`, which cancels where a is near 1, the
/// time short or the shape great, and has a negative third argument where a + b < 1. Both ways taken here add positive
/// terms only and need no case for a = 1.
struct DroppingOut {
  /// r + x.
  let shape: Double
  /// t / (α + T).
  let time: Double
  let a: Double
  /// b + n.
  let b: Double

  /// Expected purchases in `time`. Relative error ≤ 1e-10.
  var expectedPurchases: Double {
    guard time > 0 else { return 0 }
    let terms = shape * time + 40 * (1 + time)
    return terms < 4000 ? byNumberOfPurchases : byProbabilityOfLeaving
  }

  /// `Σ_j P(j) · S_j`: a customer who never left would make j purchases with the negative binomial probability P(j);
  /// of the first j it makes `S_j = Σ_{k<j} (b)_k / (a+b)_k` before leaving.
  ///
  /// Weights start from 1 and are divided by their sum, so that nothing underflows. O(shape · time + 40 (1 + time)).
  var byNumberOfPurchases: Double {
    let odds = time / (1 + time)
    var weight = 1.0
    var weights = 1.0
    var staying = 1.0
    var made = 0.0
    var sum = 0.0
    var j = 0.0
    while true {
      let ratio = (shape + j) / (j + 1) * odds
      weight *= ratio
      made += staying
      staying *= (b + j) / (a + b + j)
      weights += weight
      sum += weight * made
      j += 1
      if ratio < 1, weight * made < 1e-17 * sum * (1 - ratio) { return sum / weights }
      if weights > 1e200 {
        weight *= 1e-200
        weights *= 1e-200
        sum *= 1e-200
      }
    }
  }

  /// `E_p[(1 − (1 + p t)^{−shape}) / p]` by the trapezoidal rule in the log-odds of p, outward from the mode of its
  /// density, where the rule converges exponentially. Some hundred nodes, however long the time.
  var byProbabilityOfLeaving: Double {
    let mode = log(a / b)
    let step = 0.25 * min(1, 2 * (1 / a + 1 / b).squareRoot())
    let peak = logDensity(mode)
    var mass = 0.0
    var sum = 0.0
    func add(_ logOdds: Double) -> (density: Double, p: Double) {
      let p = 1 / (1 + exp(-logOdds))
      let density = exp(logDensity(logOdds) - peak)
      mass += density
      sum += density * -expm1(-shape * log1p(p * time)) / p
      return (density, p)
    }
    var logOdds = mode
    while add(logOdds).density > 1e-18 * min(1, b) { logOdds += step }
    logOdds = mode - step
    while true {
      let (density, p) = add(logOdds)
      if density < 1e-25 { break }
      // Left of here the density falls as p^a and the expectation is that of one who stays.
      if p * (1 + shape * time) < 1e-17 {
        let rest = density / expm1(a * step)
        mass += rest
        sum += rest * shape * time
        break
      }
      logOdds -= step
    }
    return sum / mass
  }

  private func logDensity(_ logOdds: Double) -> Double {
    -a * softplus(-logOdds) - b * softplus(logOdds)
  }

  private func softplus(_ x: Double) -> Double {
    x > 0 ? x + log1p(exp(-x)) : log1p(exp(x))
  }
}
