import Foundation
import Testing

@testable import Analytics

/// Simulated customers, from parameters spread over the space: the truth must lie within the stated 95 % intervals about
/// 95 % of the time.
struct RecoveryTests {
  @Test(arguments: PurchaseModelKind.likelihoodModels)
  func intervalsCoverTheTruth(kind: PurchaseModelKind) throws {
    var random = SplitMix(state: 20_05)
    var covered = 0
    for _ in 0..<20 {
      var truth = SIMD4<Double>(random.between(0.4, 1.6), random.between(3, 15), 0, 0)
      let isPareto = kind == .paretoNBD
      truth[2] = isPareto ? random.between(0.5, 1.5) : random.between(0.6, 2)
      truth[3] = isPareto ? random.between(8, 30) : random.between(1.5, 5)
      let histories = (0..<2000).map { _ in random.customer(of: kind, truth) }
      let fit = try PurchaseFit(kind, to: histories).estimate
      covered += fit.intervals.indices.count { fit.intervals[$0].contains(truth[$0]) }
    }
    #expect(72...79 ~= covered, "\(covered) of 80")
  }

  /// Derivatives as coded against differences of values.
  @Test(arguments: PurchaseModelKind.allCases)
  func derivativesAreThoseOfTheLikelihood(kind: PurchaseModelKind) {
    var random = SplitMix(state: 7)
    let parameters: SIMD4<Double> = [0.7, 6, 0.9, 2.5]
    let groups = HistoryGroups((0..<50).map { _ in random.customer(of: .bgNBD, parameters) })
    let jet = kind.model(parameters).logLikelihood(groups)
    for index in kind.parameterNames.indices {
      let step = 1e-5 * parameters[index]
      var (up, down) = (parameters, parameters)
      up[index] += step
      down[index] -= step
      let (above, below) = (kind.model(up).logLikelihood(groups), kind.model(down).logLikelihood(groups))
      let slope = (above.value - below.value) / (2 * step)
      #expect(abs(slope - jet.gradient[index]) < 1e-5 * max(1, abs(slope)), "\(index)")
      let curvature = (above.gradient - below.gradient) / (2 * step)
      for row in kind.parameterNames.indices {
        #expect(abs(curvature[row] - jet.hessian[row, index]) < 1e-5 * max(1, abs(curvature[row])), "\(row) \(index)")
      }
    }
  }

  @Test func spend() throws {
    var random = SplitMix(state: 13)
    var covered = 0
    for _ in 0..<40 {
      let truth = [random.between(1.5, 8), random.between(2, 6), random.between(5, 50)]
      let histories = (0..<1000).map { _ in
        let rate = random.gamma(truth[1]) / truth[2]
        let occasions = 1 + Int(random.exponential() * 3)
        return SpendHistory(occasions: occasions, total: random.gamma(truth[0] * Double(occasions)) / rate)
      }
      let intervals = try SpendFit(to: histories).estimate.intervals
      covered += intervals.indices.count { intervals[$0].contains(truth[$0]) }
    }
    #expect(108...118 ~= covered, "\(covered) of 120")
  }
}

/// S. Vigna's SplitMix64: the same numbers on every machine.
private struct SplitMix {
  var state: UInt64

  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((z ^ (z >> 31)) >> 11) + 0.5) / 9_007_199_254_740_992
  }

  mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

  mutating func exponential() -> Double { -log(uniform()) }

  mutating func normal() -> Double { (2 * exponential()).squareRoot() * cos(2 * .pi * uniform()) }

  /// G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", 2000.
  mutating func gamma(_ shape: Double) -> Double {
    if shape < 1 { return gamma(shape + 1) * pow(uniform(), 1 / shape) }
    let d = shape - 1.0 / 3
    while true {
      let x = normal()
      let v = pow(1 + x / (9 * d).squareRoot(), 3)
      if v > 0, log(uniform()) < x * x / 2 + d - d * v + d * log(v) { return d * v }
    }
  }

  /// As the model tells it, purchase by purchase; ages of half a year to two years.
  mutating func customer(of kind: PurchaseModelKind, _ parameters: SIMD4<Double>) -> PurchaseHistory {
    let age = between(26, 104)
    let rate = gamma(parameters[0]) / parameters[1]
    var leaves = 0.0
    var lifetime = Double.infinity
    if kind == .paretoNBD {
      lifetime = exponential() / (gamma(parameters[2]) / parameters[3])
    } else {
      let (x, y) = (gamma(parameters[2]), gamma(parameters[3]))
      leaves = x / (x + y)
    }
    var (frequency, last) = (0, 0.0)
    if kind == .mbgNBD, uniform() < leaves { lifetime = 0 }
    while true {
      let next = last + exponential() / rate
      if next > min(age, lifetime) || next == last { break }
      (frequency, last) = (frequency + 1, next)
      if uniform() < leaves { break }
    }
    return PurchaseHistory(frequency: frequency, recency: last, age: age) ?? .new
  }
}
