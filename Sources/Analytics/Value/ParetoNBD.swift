import Foundation

/// Pareto/NBD: a customer's time until it leaves is exponential with rate μ, which varies over customers as
/// Gamma(s, β), independently of the purchase rate.
///
/// Likelihood `Γ(r+x) α^r β^s / Γ(r) · [(α+T)^{−(r+x)} (β+T)^{−s} + s ∫_{t_x}^{T} (α+y)^{−(r+x)} (β+y)^{−(s+1)} dy]`:
/// active at T, or left at some y since the last purchase. The literature writes the integral as a difference of two
/// hypergeometric functions, by cases of α and β, which cancel for frequent buyers. It is taken here by quadrature:
/// one case, positive terms, and derivatives from the same nodes.
///
/// Sources: D. C. Schmittlein, D. G. Morrison, R. Colombo, "Counting your customers", Management Science 33 (1987);
/// P. S. Fader, B. G. S. Hardie, "A note on deriving the Pareto/NBD model and related expressions", 2005, eq. 17-19.
struct ParetoNBD: LikelihoodModel {
  let rateShape: Double
  let rateScale: Double
  /// s of the Gamma distribution of leaving rates.
  let dropoutShape: Double
  /// β of it, in weeks.
  let dropoutScale: Double

  /// - Parameter parameters: r, α, s, β.
  init(_ parameters: SIMD4<Double>) {
    rateShape = parameters[0]
    rateScale = parameters[1]
    dropoutShape = parameters[2]
    dropoutScale = parameters[3]
  }

  func pAlive(_ history: PurchaseHistory) -> Double {
    let alive = logSince(history.age, history.frequency, dropoutShape).value
    var odds = 0.0
    forEachLeaving(history) { time, weight in
      odds += weight * exp(logSince(time, history.frequency, dropoutShape + 1).value - alive)
    }
    return 1 / (1 + dropoutShape * odds)
  }

  /// `(r+x)(β+T) / ((α+T)(s−1)) · [1 − ((β+T)/(β+T+t))^{s−1}]`, written so that s = 1 is no special case.
  ///
  /// Source: Fader & Hardie 2005, eq. 41.
  func expectedPurchasesIfAlive(_ history: PurchaseHistory, weeks: Double) -> Double {
    let rate = (rateShape + Double(history.frequency)) / (rateScale + history.age)
    let scale = dropoutScale + history.age
    let growth = log1p(weeks.asHorizon / scale)
    let exponent = (1 - dropoutShape) * growth
    return rate * scale * growth * (exponent == 0 ? 1 : expm1(exponent) / exponent)
  }

  /// `ln Γ(r+x)/Γ(r) + r ln α + s ln β`.
  func frequencyTerm(_ frequency: Int) -> Jet {
    let rate = logRising(rateShape, frequency)
    var term = Jet(value: rate.value + rateShape * log(rateScale) + dropoutShape * log(dropoutScale))
    term.gradient = SIMD4(
      rate.first + log(rateScale), rateShape / rateScale, log(dropoutScale), dropoutShape / dropoutScale)
    term.hessian.columns = (
      SIMD4(rate.second, 1 / rateScale, 0, 0), SIMD4(1 / rateScale, -rateShape / (rateScale * rateScale), 0, 0),
      SIMD4(0, 0, 0, 1 / dropoutScale), SIMD4(0, 0, 1 / dropoutScale, -dropoutShape / (dropoutScale * dropoutScale))
    )
    return term
  }

  func timing(_ history: PurchaseHistory) -> (all: Jet, alive: Jet) {
    let alive = logSince(history.age, history.frequency, dropoutShape)
    let width = dropoutShape * (history.age - history.recency)
    let earliest = logSince(history.recency, history.frequency, dropoutShape + 1).value + log(width)
    var sum = LogSum(reference: max(alive.value, earliest))
    sum.add(alive)
    forEachLeaving(history) { time, weight in
      var left = logSince(time, history.frequency, dropoutShape + 1)
      left.gradient[2] += 1 / dropoutShape
      left.hessian.columns.2[2] -= 1 / (dropoutShape * dropoutShape)
      sum.add(left, weight: dropoutShape * weight)
    }
    return (sum.jet, alive)
  }

  /// `−(r+x) ln(α+t) − exponent · ln(β+t)`, derivatives of the exponent being those of s.
  private func logSince(_ time: Double, _ frequency: Int, _ exponent: Double) -> Jet {
    let shape = rateShape + Double(frequency)
    let logs = (log(rateScale + time), log(dropoutScale + time))
    let inverses = (1 / (rateScale + time), 1 / (dropoutScale + time))
    var term = Jet(value: -shape * logs.0 - exponent * logs.1)
    term.gradient = SIMD4(-logs.0, -shape * inverses.0, -logs.1, -exponent * inverses.1)
    term.hessian.columns = (
      SIMD4(0, -inverses.0, 0, 0), SIMD4(-inverses.0, shape * inverses.0 * inverses.0, 0, 0),
      SIMD4(0, 0, 0, -inverses.1), SIMD4(0, 0, -inverses.1, exponent * inverses.1 * inverses.1)
    )
    return term
  }

  /// Times between last purchase and as-of date with their weights, for integrals over the moment of leaving.
  ///
  /// With c the smaller of α and β, the integrand in w = ln(c + y) − ln(c + t_x) falls as exp(−rate · w) with a rate
  /// that rises from `slowest` to `fastest`, and is cut off where it has fallen by e^{−45}. Panels are so short that ten
  /// nodes each leave a relative error below 1e-12.
  @inline(__always)
  private func forEachLeaving(_ history: PurchaseHistory, _ visit: (_ time: Double, _ weight: Double) -> Void) {
    let waited = history.age - history.recency
    guard waited > 0 else { return }
    let rate = (scale: rateScale, exponent: rateShape + Double(history.frequency))
    let dropout = (scale: dropoutScale, exponent: dropoutShape + 1)
    let (small, great) = rateScale <= dropoutScale ? (rate, dropout) : (dropout, rate)
    let start = small.scale + history.recency
    let slowest = small.exponent - 1 + great.exponent * start / (great.scale + history.recency)
    let fastest = small.exponent + great.exponent * (small.scale + history.age) / (great.scale + history.age)
    let whole = log1p(waited / start)
    let end = slowest > 0 ? min(whole, 45 / slowest) : whole
    let panels = 1 + Int(end * max(fastest / 6, 0.5))
    GaussLegendre.forEachNode(from: 0, to: end, panels: panels) { node, weight in
      let growth = expm1(node) * start
      visit(history.recency + growth, weight * (start + growth))
    }
  }
}
