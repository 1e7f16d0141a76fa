import Foundation
import Testing

@testable import Analytics

/// Simulated customers, from parameters spread over the space: the truth must lie within the stated 95 % intervals about
/// 95 % of the time.
struct RecoveryTests {
  @Test(arguments: PurchaseModelKind.likelihoodModels)
  func intervalsCoverTheTruth(kind: PurchaseModelKind) throws {
    var random = SplitMix(state: 20_05)
    var (covered, tried) = (0, 0)
    for _ in 0..<20 {
      var truth = SIMD4<Double>(random.between(0.4, 1.6), random.between(3, 15), 0, 0)
      let isPareto = kind == .paretoNBD
      truth[2] = isPareto ? random.between(0.5, 1.5) : random.between(0.6, 2)
      truth[3] = isPareto ? random.between(8, 30) : random.between(1.5, 5)
      let histories = (0..<2000).map { _ in random.customer(of: kind, truth) }
      let fit = try PurchaseFit(kind, to: histories).estimate
      covered += fit.intervals.indices.count { fit.intervals[$0].contains(truth[$0]) }
      tried += fit.intervals.count
    }
    #expect(0.9...0.99 ~= Double(covered) / Double(tried), "\(covered) of \(tried)")
  }

  /// Derivatives as coded against differences of values.
  @Test(arguments: PurchaseModelKind.fitted)
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

extension SplitMix {
  /// As the model tells it, purchase by purchase; ages of half a year to two years.
  fileprivate mutating func customer(of kind: PurchaseModelKind, _ parameters: SIMD4<Double>) -> PurchaseHistory {
    let age = between(26, 104)
    let rate = gamma(parameters[0]) / parameters[1]
    var leaves = 0.0
    var lifetime = Double.infinity
    if kind == .paretoNBD {
      lifetime = exponential() / (gamma(parameters[2]) / parameters[3])
    } else if kind != .nbd {
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
