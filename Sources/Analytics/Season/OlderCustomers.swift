import Foundation

/// Newcomers and customers older than the data, told apart by when they are first seen.
///
/// Newcomers arrive at an even rate: what rises or falls with the years cannot be told from slow older ones. Of older
/// customers the next purchase is seen, and the wait for it, exponential at each one's own Gamma distributed rate, has
/// a Lomax distribution. Its shape is taken as 1, rates being exponentially distributed: `P(wait > t) = α / (α + t)`;
/// the data say too little of it. The two are mixed by maximum likelihood: the weights by the EM algorithm, α on a
/// grid.
///
/// Source: A. S. C. Ehrenberg, "The pattern of consumer purchases", Applied Statistics 8 (1959) for the rates; A. P.
/// Dempster, N. M. Laird, D. B. Rubin, JRSS B 39 (1977) for the mixture.
struct OlderCustomers {
  /// Of those first seen in each week, the share of older ones, 0…1.
  private let shares: [Double]
  private let counts: [Double]

  /// - Parameter weeks: customers first seen in each week on record, the last week not empty.
  init(_ weeks: [Int]) {
    let counts = weeks.map(Double.init)
    let newcomers = Self.distribution(weeks.map { _ in 1 })
    let mixtures = (0..<16).map { step in
      // A week to three and a half years.
      let scale = pow(2, Double(step) / 2)
      let waits = weeks.indices.map { scale / (scale + Double($0)) - scale / (scale + Double($0 + 1)) }
      return Self.mix(counts, Self.distribution(waits), newcomers)
    }
    self.counts = counts
    shares = mixtures.max { $0.likelihood < $1.likelihood }?.shares ?? []
  }

  func start(firstDay: Int) -> TruncatedStart {
    let likely = shares.firstIndex { $0 < 0.5 } ?? shares.count
    let settled = shares.firstIndex { $0 <= 0.2 } ?? shares.count
    return TruncatedStart(
      firstDay: firstDay, olderUntil: firstDay + max(likely, 1) * 7, settledFrom: firstDay + max(settled, 1) * 7,
      olderCustomers: zip(counts, shares).reduce(0) { $0 + $1.0 * $1.1 })
  }

  private static func distribution(_ weights: [Double]) -> [Double] {
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  private static func mix(
    _ counts: [Double], _ older: [Double], _ newer: [Double]
  ) -> (likelihood: Double, shares: [Double]) {
    let all = counts.reduce(0, +)
    var weight = 0.5
    var shares: [Double] = []
    for _ in 0..<60 {
      shares = counts.indices.map { weight * older[$0] / (weight * older[$0] + (1 - weight) * newer[$0]) }
      let next = zip(counts, shares).reduce(0) { $0 + $1.0 * $1.1 } / all
      let settled = abs(next - weight) < 1e-6
      weight = min(max(next, 1e-9), 1 - 1e-9)
      if settled { break }
    }
    let likelihood = counts.indices.reduce(0) {
      $0 + counts[$1] * log(weight * older[$1] + (1 - weight) * newer[$1])
    }
    return (likelihood, shares)
  }
}
