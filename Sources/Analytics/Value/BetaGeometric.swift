import Foundation

/// BG/NBD and MBG/NBD: after a purchase a customer leaves with probability p, which varies over customers as
/// Beta(a, b). The two differ in when that can first happen: BG/NBD after the first repeat purchase, so that nobody
/// who bought once has left; MBG/NBD already after the very first purchase.
///
/// With n chances to leave (x or x + 1) the likelihood is
/// `Γ(r+x) α^r / Γ(r) · B(a, b+n) / B(a, b) · [(α+T)^{−(r+x)} + 1{n>0} a / (b+n−1) · (α+t_x)^{−(r+x)}]`.
///
/// Sources: P. S. Fader, B. G. S. Hardie, K. L. Lee, "Counting your customers the easy way", Marketing Science 24
/// (2005), eq. 6 and 10; E. P. Batislam, M. Denizel, A. Filiztekin, "Empirical validation and comparison of models for
/// customer base analysis", International Journal of Research in Marketing 24 (2007).
struct BetaGeometric: LikelihoodModel {
  let rateShape: Double
  let rateScale: Double
  /// a of the Beta distribution of leaving.
  let dropoutA: Double
  /// b of it.
  let dropoutB: Double
  let leavesAtFirst: Bool

  /// - Parameter parameters: r, α, a, b.
  init(_ parameters: SIMD4<Double>, leavesAtFirst: Bool) {
    rateShape = parameters[0]
    rateScale = parameters[1]
    dropoutA = parameters[2]
    dropoutB = parameters[3]
    self.leavesAtFirst = leavesAtFirst
  }

  /// n.
  func chances(_ frequency: Int) -> Int { leavesAtFirst ? frequency + 1 : frequency }

  func pAlive(_ history: PurchaseHistory) -> Double {
    let n = chances(history.frequency)
    guard n > 0 else { return 1 }
    let wait = log1p((history.age - history.recency) / (rateScale + history.recency))
    let logOdds = log(dropoutA / (dropoutB + Double(n - 1))) + (rateShape + Double(history.frequency)) * wait
    return 1 / (1 + exp(logOdds))
  }

  func expectedPurchasesIfAlive(_ history: PurchaseHistory, weeks: Double) -> Double {
    let future = DroppingOut(
      shape: rateShape + Double(history.frequency), time: weeks.asHorizon / (rateScale + history.age),
      a: dropoutA, b: dropoutB + Double(chances(history.frequency)))
    return future.expectedPurchases
  }
}

extension BetaGeometric {
  /// `ln Γ(r+x)/Γ(r) + r ln α + ln Γ(b+n)/Γ(b) − ln Γ(a+b+n)/Γ(a+b)`.
  func frequencyTerm(_ frequency: Int) -> Jet {
    let n = chances(frequency)
    let rate = logRising(rateShape, frequency)
    let b = logRising(dropoutB, n)
    let both = logRising(dropoutA + dropoutB, n)
    var term = Jet(value: rate.value + rateShape * log(rateScale) + b.value - both.value)
    term.gradient = SIMD4(rate.first + log(rateScale), rateShape / rateScale, -both.first, b.first - both.first)
    term.hessian.columns = (
      SIMD4(rate.second, 1 / rateScale, 0, 0), SIMD4(1 / rateScale, -rateShape / (rateScale * rateScale), 0, 0),
      SIMD4(0, 0, -both.second, -both.second), SIMD4(0, 0, -both.second, b.second - both.second)
    )
    return term
  }

  /// Still active since the last purchase, or gone after it.
  @inline(__always)
  func timing(_ history: PurchaseHistory) -> (all: Jet, alive: Jet) {
    let alive = logNoPurchase(history.frequency, since: history.age)
    let n = chances(history.frequency)
    guard n > 0 else { return (alive, alive) }
    var gone = logNoPurchase(history.frequency, since: history.recency)
    let before = dropoutB + Double(n - 1)
    gone.value += log(dropoutA / before)
    gone.gradient += SIMD4(0, 0, 1 / dropoutA, -1 / before)
    gone.hessian.columns.2[2] -= 1 / (dropoutA * dropoutA)
    gone.hessian.columns.3[3] += 1 / (before * before)
    return (.logSum(alive, gone), alive)
  }

  /// `−(r+x) ln(α + t)`.
  @inline(__always)
  private func logNoPurchase(_ frequency: Int, since time: Double) -> Jet {
    let shape = rateShape + Double(frequency)
    let inverse = 1 / (rateScale + time)
    let logTime = log(rateScale + time)
    var term = Jet(value: -shape * logTime, gradient: SIMD4(-logTime, -shape * inverse, 0, 0))
    term.hessian.columns.0 = SIMD4(0, -inverse, 0, 0)
    term.hessian.columns.1 = SIMD4(-inverse, shape * inverse * inverse, 0, 0)
    return term
  }
}
