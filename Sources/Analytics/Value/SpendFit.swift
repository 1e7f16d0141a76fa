import Foundation

/// What a customer spent on so many occasions, in any one unit of money.
public struct SpendHistory: Hashable, Sendable {
  public let occasions: Int
  public let total: Double

  public static let none = SpendHistory(occasions: 0, total: 0)

  public init(occasions: Int, total: Double) {
    self.occasions = occasions
    self.total = total
  }

  /// Only a positive spend on at least one occasion can be learned from.
  var isUsable: Bool { 1...1_000_000 ~= occasions && total > 0 && total < 1e100 }
}

/// Gamma-Gamma: what customers spend per purchase, independently of how often they buy.
///
/// A purchase of a customer is Gamma(p, ν), and ν varies over customers as Gamma(q, γ). Unit of γ and of all results
/// is that of the histories.
/// Source: P. S. Fader, B. G. S. Hardie, "The Gamma-Gamma model of monetary value", 2013, eq. 1a and 5.
public struct SpendFit: Codable, Equatable, Sendable {
  /// p, q, γ.
  public let estimate: ParameterEstimate
  private static let parameterNames = ["p", "q", "gamma"]

  private var p: Double { estimate.vector[0] }
  private var q: Double { estimate.vector[1] }
  private var gamma: Double { estimate.vector[2] }

  /// - Throws: `DecodingError` where the parameters are not those of the model.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    estimate = try container.decode(ParameterEstimate.self, forKey: .estimate)
    guard estimate.names == Self.parameterNames else {
      throw DecodingError.dataCorruptedError(forKey: .estimate, in: container, debugDescription: "another model's")
    }
  }

  /// Fits by maximum likelihood to all customers with positive spend. O(n · steps), some ten steps.
  ///
  /// - Throws: `FitError.noSpend`, or `notConverged`.
  public init(to histories: [SpendHistory]) throws(FitError) {
    let usable = histories.filter(\.isUsable)
    guard !usable.isEmpty else { throw .noSpend }
    let left = histories.count { $0.occasions > 0 && !$0.isUsable }
    // In units of the mean, so that γ is near 1 whatever the currency; the density turns back by 1 / mean each.
    let mean = usable.reduce(0) { $0 + $1.total / Double($1.occasions) / Double(usable.count) }
    let likelihood = GammaGamma(usable.map { SpendHistory(occasions: $0.occasions, total: $0.total / mean) })
    var maximum = try Maximum(from: [2, 2, 1, 0], parameters: 3, of: likelihood.at)
    maximum.parameters[2] *= mean
    maximum.value -= Double(usable.count) * log(mean)
    var warnings: [FitWarning] = left > 0 ? [.leftOut(customers: left)] : []
    if usable.count < PurchaseFit.leastRepeaters { warnings.append(.tooFewRepeaters(usable.count)) }
    if maximum.parameters[1] <= 1 { warnings.append(.noMeanSpend) }
    estimate = ParameterEstimate(
      maximum, names: Self.parameterNames, observations: usable.count, warnings: warnings)
  }

  /// Where the model cannot be fitted: each customer's own mean drawn towards that of all, `(m + Σz) / (1 + x)`, half of
  /// what varies taken for differences between customers and half for those between purchases of one: with a squared
  /// coefficient of variation C of the means, p = 1 + 2/C, q = 2 + 2/C and γ = m.
  ///
  /// - Parameter histories: those without a positive spend are left out.
  /// - Throws: `FitError.noSpend`.
  public init(shrinking histories: [SpendHistory]) throws(FitError) {
    let means = histories.filter(\.isUsable).map { $0.total / Double($0.occasions) }
    guard !means.isEmpty else { throw .noSpend }
    let count = Double(means.count)
    let mean = means.reduce(0, +) / count
    let squares = means.reduce(0) { $0 + ($1 / mean - 1) * ($1 / mean - 1) }
    // One customer more that differs like that of most goods, so that of one customer something is said too.
    let variation = min(max((squares + 0.5) / count, 0.02), 20)
    let error = variation / count
    estimate = ParameterEstimate(
      names: Self.parameterNames, values: [1 + 2 / variation, 2 + 2 / variation, mean], logLikelihood: 0,
      logCovariance: [[0, 0, 0], [0, 0, 0], [0, 0, error]], observations: means.count, iterations: 0,
      warnings: [.shrunkenSpend])
  }

  /// Shape of a purchase; shape and scale of what is known of the customer's rate of spending.
  func posterior(_ history: SpendHistory) -> (perPurchase: Double, shape: Double, scale: Double) {
    let known = history.isUsable ? history : .none
    return (p, p * Double(known.occasions) + q, gamma + known.total)
  }

  /// `p (γ + Σz) / (px + q − 1)`; nil where there is no mean.
  func mean(_ history: SpendHistory, _ parameters: SIMD4<Double>) -> Double? {
    let known = history.isUsable ? history : .none
    let denominator = parameters[0] * Double(known.occasions) + parameters[1] - 1
    return denominator > 0 ? parameters[0] * (parameters[2] + known.total) / denominator : nil
  }

  /// Expected spend per purchase of a customer with this past, `p (γ + Σz) / (px + q − 1)`: its own mean and that of
  /// all, weighted. Nil where that has no mean: for q ≤ 1, a customer of whom no spend is known.
  public func expectedSpend(_ history: SpendHistory) -> Estimate? {
    let known = history.isUsable ? history : .none
    let weight = p * Double(known.occasions)
    let denominator = weight + q - 1
    guard denominator > 0 else { return nil }
    let gradient: SIMD4<Double> = [1 - weight / denominator, -q / denominator, gamma / (gamma + known.total), 0]
    return Estimate(
      positive: p * (gamma + known.total) / denominator, logVariance: estimate.variance(gradient))
  }
}

/// Log-likelihood of the Gamma-Gamma model. Terms in the number of occasions alone are taken once for each.
private struct GammaGamma {
  private let spends: [(occasions: Double, total: Double)]
  private let byOccasions: [(occasions: Double, count: Double, logTotals: Double)]

  init(_ histories: [SpendHistory]) {
    spends = histories.map { (Double($0.occasions), $0.total) }
    byOccasions = Dictionary(grouping: histories, by: \.occasions).sorted { $0.key < $1.key }.map {
      (Double($0.key), Double($0.value.count), $0.value.reduce(0) { $0 + log($1.total) })
    }
  }

  /// `ln Γ(px+q) − ln Γ(px) − ln Γ(q) + q ln γ + (px−1) ln z̄ + px ln x − (px+q) ln(γ+Σz)`, where `z̄ = Σz / x`.
  func at(_ parameters: SIMD4<Double>) -> Jet {
    let (p, q, gamma) = (parameters[0], parameters[1], parameters[2])
    var sum = Jet()
    for (x, count, logTotals) in byOccasions {
      let shape = p * x
      let both = (digamma(shape + q), trigamma(shape + q))
      sum.value += count * (logGamma(shape + q) - logGamma(shape) - logGamma(q) + q * log(gamma) + log(x))
      sum.value += (shape - 1) * logTotals
      sum.gradient[0] += x * (count * (both.0 - digamma(shape)) + logTotals)
      sum.gradient[1] += count * (both.0 - digamma(q) + log(gamma))
      sum.gradient[2] += count * q / gamma
      sum.hessian.columns.0 += SIMD4(x * x * (both.1 - trigamma(shape)), x * both.1, 0, 0) * count
      sum.hessian.columns.1 += SIMD4(x * both.1, both.1 - trigamma(q), 1 / gamma, 0) * count
      sum.hessian.columns.2 += SIMD4(0, 1 / gamma, -q / (gamma * gamma), 0) * count
    }
    for (x, total) in spends {
      let shape = p * x + q
      let logSum = log(gamma + total)
      let inverse = 1 / (gamma + total)
      sum.value -= shape * logSum
      sum.gradient -= SIMD4(x * logSum, logSum, shape * inverse, 0)
      sum.hessian.columns.0[2] -= x * inverse
      sum.hessian.columns.1[2] -= inverse
      sum.hessian.columns.2 += SIMD4(-x * inverse, -inverse, shape * inverse * inverse, 0)
    }
    return sum
  }
}

extension SpendHistory {
  /// Of the logarithms of frequency and mean spend; nil for fewer than ten.
  private static func correlationWithFrequency(_ histories: [SpendHistory]) -> Double? {
    let pairs = histories.filter(\.isUsable).map { (log(Double($0.occasions)), log($0.total / Double($0.occasions))) }
    let count = Double(pairs.count)
    guard count >= 10 else { return nil }
    let means = (pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count)
    let sums = pairs.reduce(into: (0.0, 0.0, 0.0)) { sums, pair in
      let (x, y) = (pair.0 - means.0, pair.1 - means.1)
      sums = (sums.0 + x * x, sums.1 + y * y, sums.2 + x * y)
    }
    let scale = (sums.0 * sums.1).squareRoot()
    return scale > 0 ? sums.2 / scale : nil
  }

  /// Whether those who buy often spend otherwise than those who don't, which the model of spend takes for granted they do
  /// not: the correlation is above 0.3 either way, and by more than chance.
  public static func dependsOnFrequency(_ histories: [SpendHistory]) -> Bool {
    guard let correlation = correlationWithFrequency(histories) else { return false }
    // By the transformation of R. A. Fisher, at one in a thousand.
    let count = Double(histories.count(where: \.isUsable))
    return abs(correlation) > 0.3 && atanh(min(abs(correlation), 0.999999)) * (count - 3).squareRoot() > 3.29
  }
}
