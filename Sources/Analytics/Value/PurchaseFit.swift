import Foundation

/// The purchase models one can choose from.
public enum PurchaseModelKind: String, Codable, CaseIterable, Sendable {
  case bgNBD = "BG/NBD"
  case mbgNBD = "MBG/NBD"
  case paretoNBD = "Pareto/NBD"
  case shrunkenRate = "shrunken rate"

  /// Those fitted by maximum likelihood.
  public static let likelihoodModels: [PurchaseModelKind] = [.bgNBD, .mbgNBD, .paretoNBD]

  public var parameterNames: [String] {
    switch self {
    case .bgNBD, .mbgNBD: ["r", "alpha", "a", "b"]
    case .paretoNBD: ["r", "alpha", "s", "beta"]
    case .shrunkenRate: ["r", "alpha"]
    }
  }

  func model(_ parameters: SIMD4<Double>) -> any LikelihoodModel {
    switch self {
    case .bgNBD: BetaGeometric(parameters, leavesAtFirst: false)
    case .mbgNBD: BetaGeometric(parameters, leavesAtFirst: true)
    case .paretoNBD: ParetoNBD(parameters)
    case .shrunkenRate: ShrunkenRate(parameters)
    }
  }
}

/// A purchase model with its parameters as estimated, to be stored and to forecast with later. That there is one says
/// that the estimation converged.
public struct PurchaseFit: Codable, Equatable, Sendable {
  public let kind: PurchaseModelKind
  public let estimate: ParameterEstimate

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
    let start = ShrunkenRate.parameters(of: groups)
    if kind == .shrunkenRate {
      estimate = Self.shrunken(start, groups)
      return
    }
    guard groups.repeaters > 0 else { throw .noRepeatPurchases }
    let maximum: Maximum
    switch kind {
    case .bgNBD:
      maximum = try Self.maximum(groups, near ?? [start[0], start[1], 1, 3]) { BetaGeometric($0, leavesAtFirst: false) }
    case .mbgNBD:
      maximum = try Self.maximum(groups, near ?? [start[0], start[1], 1, 3]) { BetaGeometric($0, leavesAtFirst: true) }
    case .paretoNBD, .shrunkenRate:
      maximum = try Self.maximum(groups, near ?? [start[0], start[1], 0.7, start[1]]) { ParetoNBD($0) }
    }
    let few: [FitWarning] = groups.repeaters < Self.leastRepeaters ? [.tooFewRepeaters(groups.repeaters)] : []
    estimate = ParameterEstimate(maximum, names: kind.parameterNames, observations: groups.customers, warnings: few)
  }

  /// Of many groups some are climbed first, so that only the last few steps take all.
  private static func maximum<Model: LikelihoodModel>(
    _ groups: HistoryGroups, _ start: SIMD4<Double>, _ model: (SIMD4<Double>) -> Model
  ) throws(FitError) -> Maximum {
    var start = start
    if let some = groups.thinned(to: 10_000) { start = (try? maximum(some, start, model))?.parameters ?? start }
    return try Maximum(from: start, parameters: 4) { model($0).logLikelihood(groups) }
  }

  /// Of the scale α alone the uncertainty is counted, as that of the mean rate: `Σ(x − mT)² / (Σx)²`, and at least what
  /// counting `Σx` purchases leaves open, `1 / Σx`.
  private static func shrunken(_ parameters: SIMD4<Double>, _ groups: HistoryGroups) -> ParameterEstimate {
    let mean = parameters[0] / parameters[1]
    let squares = groups.sum { pow(Double($0.frequency) - mean * $0.age, 2) }
    let purchases = max(groups.sum { Double($0.frequency) }, 0.5)
    return ParameterEstimate(
      names: PurchaseModelKind.shrunkenRate.parameterNames, values: [parameters[0], parameters[1]],
      logLikelihood: ShrunkenRate(parameters).logLikelihood(groups).value,
      logCovariance: [[0, 0], [0, max(squares / purchases, 1) / purchases]], observations: groups.customers,
      iterations: 0,
      warnings: [.assumesNobodyLeaves])
  }
}
