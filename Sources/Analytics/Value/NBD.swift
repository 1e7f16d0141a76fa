import Foundation

/// The negative binomial model: each customer's own rate drawn towards the mean of all, `(r + x) / (α + T)` a week, with
/// nobody ever leaving. P(alive) is 1.
///
/// For too little data r is found by the method of moments, which always has an answer: the shrunken rate.
///
/// Source: A. S. C. Ehrenberg, "The pattern of consumer purchases", Applied Statistics 8 (1959).
struct NBD: LikelihoodModel {
  let rateShape: Double
  let rateScale: Double

  /// - Parameter parameters: r, α.
  init(_ parameters: SIMD4<Double>) {
    rateShape = parameters[0]
    rateScale = parameters[1]
  }

  /// Mean rate `m = Σx / ΣT`, and r from `E[(x − mT)²] = mT + (mT)² / r`, kept within 0.05…100. With no repeat purchase
  /// at all, or no time to make one, half a purchase in the time seen (at least a week a customer) is assumed.
  static func parameters(of groups: HistoryGroups) -> SIMD4<Double> {
    let purchases = groups.sum { Double($0.frequency) }
    let weeks = groups.sum { $0.age }
    let mean = max(purchases, 0.5) / (weeks > 0 ? weeks : Double(max(groups.customers, 1)))
    let spread = groups.sum { pow(Double($0.frequency) - mean * $0.age, 2) - mean * $0.age }
    let squares = groups.sum { pow(mean * $0.age, 2) }
    let shape = spread > 0 ? min(max(squares / spread, 0.05), 100) : 100
    return [shape, shape / mean, 0, 0]
  }

  func pAlive(_ history: PurchaseHistory) -> Double { 1 }

  func expectedPurchasesIfAlive(_ history: PurchaseHistory, weeks: Double) -> Double {
    (rateShape + Double(history.frequency)) / (rateScale + history.age) * weeks.asHorizon
  }

  func frequencyTerm(_ frequency: Int) -> Jet {
    let rate = logRising(rateShape, frequency)
    var term = Jet(value: rate.value + rateShape * log(rateScale))
    term.gradient = SIMD4(rate.first + log(rateScale), rateShape / rateScale, 0, 0)
    term.hessian.columns.0 = SIMD4(rate.second, 1 / rateScale, 0, 0)
    term.hessian.columns.1 = SIMD4(1 / rateScale, -rateShape / (rateScale * rateScale), 0, 0)
    return term
  }

  func timing(_ history: PurchaseHistory) -> (all: Jet, alive: Jet) {
    let shape = rateShape + Double(history.frequency)
    let inverse = 1 / (rateScale + history.age)
    let logTime = log(rateScale + history.age)
    var term = Jet(value: -shape * logTime, gradient: SIMD4(-logTime, -shape * inverse, 0, 0))
    term.hessian.columns.0 = SIMD4(0, -inverse, 0, 0)
    term.hessian.columns.1 = SIMD4(-inverse, shape * inverse * inverse, 0, 0)
    return (term, term)
  }
}

extension HistoryGroups {
  func sum(_ value: (PurchaseHistory) -> Double) -> Double {
    groups.reduce(0) { $0 + $1.count * value($1.history) }
  }
}
