/// A point of a curve in the unit square.
public struct CurvePoint: Equatable, Codable, Sendable {
  /// Share of the customers, 0…1.
  public let customers: Double
  /// Share of the positive total they hold, 0…1.
  public let value: Double

  public init(customers: Double, value: Double) {
    self.customers = customers
    self.value = value
  }
}

/// How unevenly a total is spread over the customers. Negative values count as zero: who only returned goods
/// holds no share of the turnover.
public struct Concentration: Equatable, Sendable {
  /// Gini coefficient, 0 (all equal) to `1 − 1/n` (one holds all); nil when nobody has a positive value.
  ///
  /// `G = Σ_k (n + 1 − 2k) x_k / (n Σ x)` with `x_k` in descending order, which equals half the relative mean
  /// absolute difference `Σ_i Σ_j |x_i − x_j| / (2 n² x̄)`. That of the population, without correction for
  /// samples.
  ///
  /// Source: C. Gini, "Sulla misura della concentrazione e della variabilità dei caratteri", 1914.
  public let gini: Double?

  /// Cumulative share of value, the greatest customers first: from (0,0) to (1,1), concave. At most
  /// `mostPoints` points, evenly spaced in rank; empty when nobody has a positive value.
  public let pareto: [CurvePoint]

  /// The same, the least customers first: from (0,0) to (1,1), convex, never above the diagonal.
  ///
  /// Source: M. O. Lorenz, "Methods of measuring the concentration of wealth", 1905.
  public var lorenz: [CurvePoint] {
    pareto.reversed().map { CurvePoint(customers: 1 - $0.customers, value: 1 - $0.value) }
  }

  /// As many as a chart can show.
  public static let mostPoints = 200

  /// Measures `values` in any order. O(n log n).
  public init(values: [Int64]) {
    self.init(descending: values.sorted(by: >))
  }

  init(descending values: [Int64]) {
    let count = Int128(values.count)
    var total = Int128(0)
    var weighted = Int128(0)
    for (position, value) in values.enumerated() where value > 0 {
      total += Int128(value)
      weighted += (count - 1 - 2 * Int128(position)) * Int128(value)
    }
    gini = total > 0 ? .share(weighted, of: count * total) : nil
    pareto = total > 0 ? Self.curve(of: values, total: total) : []
  }

  private static func curve(of descending: [Int64], total: Int128) -> [CurvePoint] {
    let count = descending.count
    let steps = min(count, mostPoints - 1)
    var points = [CurvePoint(customers: 0, value: 0)]
    var sum = Int128(0)
    for (position, value) in descending.enumerated() {
      sum += Int128(max(value, 0))
      guard position + 1 == points.count * count / steps else { continue }
      points.append(
        CurvePoint(customers: Double(position + 1) / Double(count), value: .share(sum, of: total)))
    }
    return points
  }
}
