import Foundation

/// One contract: over how many periods it ran, and whether it then ended.
public struct ContractHistory: Hashable, Sendable {
  /// Renewals it had the chance to make, up to and with the one it missed.
  public let renewalsDue: Int
  /// Whether it missed the last of them; else it is still running.
  public let hasEnded: Bool

  /// Nil unless `0 ≤ renewalsDue ≤ 10,000`, and at least 1 for a contract that has ended.
  public init?(renewalsDue: Int, hasEnded: Bool) {
    guard (hasEnded ? 1 : 0)...10_000 ~= renewalsDue else { return nil }
    self.renewalsDue = renewalsDue
    self.hasEnded = hasEnded
  }

  /// Contracts of a cohort of which `survivors[t]` are left after t renewals: `survivors[0]` is the cohort. Nil where
  /// more are left later than before.
  public static func cohort(survivors: [Int]) -> [ContractHistory]? {
    guard let last = survivors.last, last >= 0, survivors.count <= 10_000,
      zip(survivors, survivors.dropFirst()).allSatisfy(>=)
    else { return nil }
    let ended = zip(survivors, survivors.dropFirst()).enumerated().flatMap { period, pair in
      [ContractHistory?](repeating: Self(renewalsDue: period + 1, hasEnded: true), count: pair.0 - pair.1)
    }
    let running = [ContractHistory?](repeating: Self(renewalsDue: survivors.count - 1, hasEnded: false), count: last)
    return (ended + running).compactMap(\.self)
  }
}

/// Shifted-beta-geometric: at each renewal a contract ends with its own probability, which varies as Beta(α, β). The
/// more renewals it has behind it, the likelier the next.
///
/// Source: P. S. Fader, B. G. S. Hardie, "How to project customer retention", Journal of Interactive Marketing 21
/// (2007), eq. 5-8.
public struct ContractFit: Codable, Equatable, Sendable {
  /// α, β.
  public let estimate: ParameterEstimate
  private static let parameterNames = ["alpha", "beta"]

  private var alpha: Double { estimate.vector[0] }
  private var beta: Double { estimate.vector[1] }

  /// - Throws: `DecodingError` where the parameters are not those of the model.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    estimate = try container.decode(ParameterEstimate.self, forKey: .estimate)
    guard estimate.names == Self.parameterNames else {
      throw DecodingError.dataCorruptedError(forKey: .estimate, in: container, debugDescription: "another model's")
    }
  }

  /// Fits by maximum likelihood to contracts of any age, ended and running. O(n + periods · steps).
  ///
  /// - Throws: `FitError.noCustomers`, `noChurn` where none ended or none was ever renewed, or `notConverged`.
  public init(to contracts: [ContractHistory]) throws(FitError) {
    guard !contracts.isEmpty else { throw .noCustomers }
    let counts = contracts.reduce(into: [:]) { $0[$1, default: 0.0] += 1 }.sorted {
      ($0.key.renewalsDue, $0.key.hasEnded ? 1 : 0) < ($1.key.renewalsDue, $1.key.hasEnded ? 1 : 0)
    }
    guard contracts.contains(where: \.hasEnded), contracts.contains(where: { $0.renewalsDue > ($0.hasEnded ? 1 : 0) })
    else { throw .noChurn }
    let maximum = try Maximum(from: [1, 2, 0, 0], parameters: 2) { parameters in
      var sum = Jet()
      for (contract, count) in counts { sum.add(Self.logLikelihood(contract, parameters), weight: count) }
      return sum
    }
    estimate = ParameterEstimate(maximum, names: Self.parameterNames, observations: contracts.count)
  }

  /// `P(T = t) = B(α+1, β+t−1) / B(α, β)`, or `S(t) = B(α, β+t) / B(α, β)` while it runs.
  private static func logLikelihood(_ contract: ContractHistory, _ parameters: SIMD4<Double>) -> Jet {
    let ended = contract.hasEnded ? 1 : 0
    let left = logRising(parameters[0], ended)
    let renewed = logRising(parameters[1], contract.renewalsDue - ended)
    let all = logRising(parameters[0] + parameters[1], contract.renewalsDue)
    var term = Jet(value: left.value + renewed.value - all.value)
    term.gradient = SIMD4(left.first - all.first, renewed.first - all.first, 0, 0)
    term.hessian.columns.0 = SIMD4(left.second - all.second, -all.second, 0, 0)
    term.hessian.columns.1 = SIMD4(-all.second, renewed.second - all.second, 0, 0)
    return term
  }

  /// Share of a cohort still there after `renewals`, 0…1.
  public func survival(after renewals: Int) -> Double {
    let count = max(renewals, 0)
    return exp(logRising(beta, count).value - logRising(alpha + beta, count).value)
  }

  /// Probability that a contract with so many renewals behind it is renewed once more, `(β + n) / (α + β + n)`.
  public func retention(after renewals: Int) -> Estimate {
    let n = Double(max(renewals, 0))
    let value = (beta + n) / (alpha + beta + n)
    let gradient: SIMD4<Double> = [-alpha / (alpha + beta + n), beta / (beta + n) - beta / (alpha + beta + n), 0, 0]
    return Estimate(probability: value, logVariance: estimate.variance(gradient))
  }

  /// Expected further renewals of a running contract with so many behind it, those of later periods discounted by
  /// `discountRate` a period, above −1 (else nil): `Σ_{i=1..periods} S(n+i) / S(n) / (1+d)^i`.
  ///
  /// Source: P. S. Fader, B. G. S. Hardie, "Customer-base valuation in a contractual setting", Marketing Science 29
  /// (2010).
  public func discountedRenewals(after renewals: Int, periods: Int, discountRate: Double) -> Double? {
    guard discountRate > -1 else { return nil }
    var running = 1.0
    var sum = 0.0
    for period in stride(from: 0, to: min(periods, 100_000), by: 1) {
      let n = Double(max(renewals, 0)) + Double(period)
      running *= (beta + n) / (alpha + beta + n) / (1 + discountRate)
      sum += running
    }
    return sum
  }
}
