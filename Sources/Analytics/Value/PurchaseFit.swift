import Foundation

/// The purchase models one can choose from.
public enum PurchaseModelKind: String, Codable, CaseIterable, Sendable {
  case nbd = "NBD"
  case bgNBD = "BG/NBD"
  case mbgNBD = "MBG/NBD"
  case paretoNBD = "Pareto/NBD"
  case shrunkenRate = "shrunken rate"
  case sameCount = "same count"
  case sameRate = "same rate"

  /// Those fitted by maximum likelihood.
  public static let likelihoodModels: [PurchaseModelKind] = [.nbd, .bgNBD, .mbgNBD, .paretoNBD]

  /// Those with parameters that are estimated.
  public static let fitted: [PurchaseModelKind] = likelihoodModels + [.shrunkenRate]

  /// Those that take no thought.
  public static let baselines: [PurchaseModelKind] = [.sameCount, .sameRate]

  /// Whether customers may leave in it.
  public var knowsLeaving: Bool { [.bgNBD, .mbgNBD, .paretoNBD].contains(self) }

  public var parameterNames: [String] {
    switch self {
    case .bgNBD, .mbgNBD: ["r", "alpha", "a", "b"]
    case .paretoNBD: ["r", "alpha", "s", "beta"]
    case .nbd, .shrunkenRate: ["r", "alpha"]
    case .sameCount: ["r", "window"]
    case .sameRate: ["r"]
    }
  }

  /// Places to climb from, given r and α of customers who never leave; the first leads to the optimum nearly always.
  fileprivate func starts(_ staying: SIMD4<Double>) -> [SIMD4<Double>] {
    let (r, alpha) = (staying[0], staying[1])
    switch self {
    case .nbd, .shrunkenRate, .sameCount, .sameRate: return [staying]
    case .bgNBD, .mbgNBD: return [(1, 3), (0.1, 1), (0.5, 20)].map { [r, alpha, $0.0, $0.1] }
    case .paretoNBD: return [(0.7, alpha), (0.1, alpha), (0.5, 10 * alpha)].map { [r, alpha, $0.0, $0.1] }
    }
  }

  /// Of many groups some are climbed first, so that only the last few steps take all.
  fileprivate func maximum(_ groups: HistoryGroups, _ start: SIMD4<Double>) throws(FitError) -> Maximum {
    var start = start
    if let some = groups.thinned(to: 10_000) { start = (try? maximum(some, start))?.parameters ?? start }
    switch self {
    case .nbd, .shrunkenRate, .sameCount, .sameRate:
      return try Maximum(from: start, parameters: 2) { NBD($0).logLikelihood(groups) }
    case .bgNBD:
      return try Maximum(from: start, parameters: 4) { BetaGeometric($0, leavesAtFirst: false).logLikelihood(groups) }
    case .mbgNBD:
      return try Maximum(from: start, parameters: 4) { BetaGeometric($0, leavesAtFirst: true).logLikelihood(groups) }
    case .paretoNBD: return try Maximum(from: start, parameters: 4) { ParetoNBD($0).logLikelihood(groups) }
    }
  }

  func model(_ parameters: SIMD4<Double>) -> any LikelihoodModel {
    switch self {
    case .bgNBD: BetaGeometric(parameters, leavesAtFirst: false)
    case .mbgNBD: BetaGeometric(parameters, leavesAtFirst: true)
    case .paretoNBD: ParetoNBD(parameters)
    case .nbd, .shrunkenRate: NBD(parameters)
    case .sameCount, .sameRate: SameAgain(parameters)
    }
  }
}

/// A purchase model with its parameters as estimated, to be stored and to forecast with later. That there is one says
/// that the estimation converged.
public struct PurchaseFit: Codable, Equatable, Sendable {
  public let kind: PurchaseModelKind
  public let estimate: ParameterEstimate

  init(kind: PurchaseModelKind, estimate: ParameterEstimate) { (self.kind, self.estimate) = (kind, estimate) }

  /// Fits one of the models by maximum likelihood. O(n + groups · steps), some ten steps.
  ///
  /// - Throws: `FitError` if there are no customers, none bought again, or no maximum was found.
  public init(_ kind: PurchaseModelKind, to histories: [PurchaseHistory]) throws(FitError) {
    try self.init(kind, to: HistoryGroups(histories))
  }

  /// - Throws: `DecodingError` where the parameters are not those of the model.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    kind = try container.decode(PurchaseModelKind.self, forKey: .kind)
    estimate = try container.decode(ParameterEstimate.self, forKey: .estimate)
    guard estimate.names == kind.parameterNames else {
      throw DecodingError.dataCorruptedError(forKey: .estimate, in: container, debugDescription: "another model's")
    }
  }

  /// The model ready to forecast.
  public var model: any PurchaseModel { kind.model(estimate.vector) }
}

extension PurchaseFit {
  /// Fewer who bought again make a fit unsound.
  static let leastRepeaters = 100

  /// - Parameter near: parameters to begin from; a guess from the groups where there are none.
  init(_ kind: PurchaseModelKind, to groups: HistoryGroups, from near: SIMD4<Double>? = nil) throws(FitError) {
    self.kind = kind
    guard groups.customers > 0 else { throw .noCustomers }
    guard !PurchaseModelKind.baselines.contains(kind) else { throw .nothingToFit }
    let start = NBD.parameters(of: groups)
    if kind == .shrunkenRate {
      estimate = Self.shrunken(start, groups)
      return
    }
    guard groups.repeaters > 0 else { throw .noRepeatPurchases }
    let maximum = try Self.best(of: near.map { [$0] } ?? kind.starts(start), kind, groups)
    let few: [FitWarning] = groups.repeaters < Self.leastRepeaters ? [.tooFewRepeaters(groups.repeaters)] : []
    estimate = ParameterEstimate(maximum, names: kind.parameterNames, observations: groups.customers, warnings: few)
  }

  /// The highest of the maxima within the range of the parameters that are found from these places; where there is none,
  /// the highest at its end: beside a ridge towards the end there may be an optimum of its own.
  private static func best(
    of starts: [SIMD4<Double>], _ kind: PurchaseModelKind, _ groups: HistoryGroups
  ) throws(FitError) -> Maximum {
    var best: Maximum?
    for start in starts {
      guard let found = try? kind.maximum(groups, start) else { continue }
      if best.map({ found.isBetter(than: $0) }) ?? true { best = found }
      // The first place is the usual one.
      if found.onBoundary.isEmpty { break }
    }
    guard let best else { throw .notConverged(iterations: Maximum.mostIterations) }
    return best
  }

  /// Of the scale α alone the uncertainty is counted, as that of the mean rate: `Σ(x − mT)² / (Σx)²`, and at least what
  /// counting `Σx` purchases leaves open, `1 / Σx`.
  private static func shrunken(_ parameters: SIMD4<Double>, _ groups: HistoryGroups) -> ParameterEstimate {
    let mean = parameters[0] / parameters[1]
    let squares = groups.sum { pow(Double($0.frequency) - mean * $0.age, 2) }
    let purchases = max(groups.sum { Double($0.frequency) }, 0.5)
    return ParameterEstimate(
      names: PurchaseModelKind.shrunkenRate.parameterNames, values: [parameters[0], parameters[1]],
      logLikelihood: NBD(parameters).logLikelihood(groups).value,
      logCovariance: [[0, 0], [0, max(squares / purchases, 1) / purchases]], observations: groups.customers,
      iterations: 0,
      warnings: [.assumesNobodyLeaves])
  }
}
