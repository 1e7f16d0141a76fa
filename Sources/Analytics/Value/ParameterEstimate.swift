import Foundation

/// Parameters as estimated, and how well they are known.
public struct ParameterEstimate: Codable, Equatable, Sendable {
  /// In the notation of the papers, Greek letters spelled out.
  public let names: [String]
  /// One per name, each > 0.
  public let values: [Double]
  public let logLikelihood: Double
  /// Covariance of the *logarithms* of the parameters: inverse of the observed information.
  public let logCovariance: [[Double]]
  /// Customers (or contracts) that the estimate was made from.
  public let observations: Int
  /// Steps until the maximum was found; 0 for an estimate in closed form.
  public let iterations: Int
  public let warnings: [FitWarning]

  /// Standard error of each parameter, by the delta method from that of its logarithm.
  public var standardErrors: [Double] {
    values.indices.map { values[$0] * max(logCovariance[$0][$0], 0).squareRoot() }
  }

  /// Covariance of the parameters themselves.
  public var covariance: [[Double]] {
    values.indices.map { row in values.indices.map { logCovariance[row][$0] * values[row] * values[$0] } }
  }

  /// 95 % interval of each parameter, even on the logarithmic scale.
  public var intervals: [ClosedRange<Double>] {
    values.indices.map { index in
      let factor = Estimate.factor(logCovariance[index][index])
      return (values[index] / factor)...(values[index] * factor)
    }
  }

  /// Bayesian information criterion, `k ln n − 2 ln L`; less is better.
  ///
  /// Source: G. Schwarz, "Estimating the dimension of a model", Annals of Statistics 6 (1978).
  public var bic: Double { Double(values.count) * log(Double(observations)) - 2 * logLikelihood }

  /// Whether some parameter ran to the end of its range.
  public var isOnBoundary: Bool {
    warnings.contains { if case .boundary = $0 { true } else { false } }
  }

  var vector: SIMD4<Double> {
    var vector = SIMD4<Double>.zero
    for (index, value) in values.prefix(4).enumerated() { vector[index] = value }
    return vector
  }

  /// Axes of the uncertainty of the parameters' logarithms: columns of the Cholesky factor of their covariance; none where
  /// nothing is uncertain.
  var deviations: [[Double]] {
    let uncertain = values.indices.filter { logCovariance[$0][$0] > 0 }
    guard let factor = Cholesky(uncertain.map { row in uncertain.map { logCovariance[row][$0] } }) else { return [] }
    return uncertain.indices.map { column in
      var axis = [Double](repeating: 0, count: values.count)
      for (place, row) in uncertain.enumerated() where place >= column { axis[row] = factor.lower[place][column] }
      return axis
    }
  }

  /// Parameters that the data leave possible, each as likely as the others: points at √k deviations to both sides along each
  /// axis of the uncertainty, which have its mean and covariance; no parameter is moved by more than the factor e.
  ///
  /// Source: S. J. Julier, J. K. Uhlmann, "Unscented filtering and nonlinear estimation", Proceedings of the IEEE 92 (2004).
  var possible: [SIMD4<Double>] {
    let (axes, vector) = (deviations, vector)
    guard !axes.isEmpty else { return [vector] }
    let far = Double(axes.count).squareRoot()
    return axes.flatMap { axis in
      [far, -far].map { sign in
        var moved = vector
        for (index, deviation) in axis.enumerated() { moved[index] *= exp(min(max(sign * deviation, -1), 1)) }
        return moved
      }
    }
  }

  /// Variance of a quantity with this gradient by the logarithms of the parameters.
  func variance(_ gradient: SIMD4<Double>) -> Double {
    var sum = 0.0
    for row in values.indices {
      for column in values.indices { sum += gradient[row] * logCovariance[row][column] * gradient[column] }
    }
    return sum
  }
}

extension ParameterEstimate {
  /// - Throws: `DecodingError` where numbers are missing or impossible: what was stored may come from elsewhere.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      names: container.decode([String].self, forKey: .names), values: container.decode([Double].self, forKey: .values),
      logLikelihood: container.decode(Double.self, forKey: .logLikelihood),
      logCovariance: container.decode([[Double]].self, forKey: .logCovariance),
      observations: container.decode(Int.self, forKey: .observations),
      iterations: container.decode(Int.self, forKey: .iterations),
      warnings: container.decode([FitWarning].self, forKey: .warnings))
    guard values.count == names.count, values.allSatisfy({ $0 > 0 && $0.isFinite }), logCovariance.count == names.count,
      logCovariance.allSatisfy({ $0.count == names.count })
    else {
      throw DecodingError.dataCorruptedError(forKey: .values, in: container, debugDescription: "not an estimate")
    }
  }

  init(_ maximum: Maximum, names: [String], observations: Int, warnings: [FitWarning] = []) {
    let ridges = names.indices.filter { maximum.covariance[$0][$0] > 1 }
    self.init(
      names: names, values: names.indices.map { maximum.parameters[$0] }, logLikelihood: maximum.value,
      logCovariance: maximum.covariance, observations: observations, iterations: maximum.iterations,
      warnings: warnings + maximum.onBoundary.map { .boundary(parameter: names[$0]) }
        + ridges.map { .flatRidge(parameter: names[$0]) })
  }
}

/// A quantity of the model with its 95 % interval, which carries the uncertainty of the parameters, not the chance of what
/// the customer will do; see ``Prediction`` for that.
public struct Estimate: Codable, Equatable, Sendable {
  public let value: Double
  public let lower: Double
  public let upper: Double

  private static let normalQuantile = 1.959963984540054

  /// Above 0, with the variance of its logarithm.
  init(positive value: Double, logVariance: Double) {
    let factor = Self.factor(logVariance)
    self.value = value
    lower = value / factor
    upper = value * factor
  }

  /// From value to the upper end, at most e^300: what is known that badly is not known.
  static func factor(_ logVariance: Double) -> Double {
    logVariance > 0 ? exp(min(normalQuantile * logVariance.squareRoot(), 300)) : 1
  }

  /// Of the estimate's logarithm, from the width of an interval that is even on that scale.
  var logVariance: Double {
    guard lower > 0, upper.isFinite else { return 0 }
    let deviation = log(upper / lower) / (2 * Self.normalQuantile)
    return deviation * deviation
  }

  /// A probability, with the variance of its logarithm: the interval is even in the log-odds and so within 0…1.
  init(probability value: Double, logVariance: Double) {
    self.value = value
    let rest = 1 - value
    guard value > 0, rest > 0 else {
      lower = value
      upper = value
      return
    }
    let factor = Self.factor(logVariance / (rest * rest))
    lower = value / (value + rest * factor)
    upper = value / (value + rest / factor)
  }
}
