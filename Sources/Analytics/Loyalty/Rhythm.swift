import Foundation

/// A customer's own rhythm, and how late the next purchase is by it.
///
/// The little that is known of most customers is filled up with what is known of all: as if each had, besides `n` gaps
/// of their own, two more that are like everybody's. With few gaps the population speaks, with many the customer.
///
/// - The usual gap is the geometric mean of the customer's gaps and the two: `exp((2 · ln g₀ + Σ ln gᵢ) / (2 + n))`, with `g₀` the
///   population's usual gap. Geometric, because gaps differ by factors: one of 7 and one of 28 days make 14.
/// - Lateness is the share of gaps shorter than the present one: `(2 · F(present / usual) + #{gᵢ < present}) / (2 + n)`,
///   with `F` the population's distribution of gaps relative to their owner's usual gap.
///
/// The second is the Bayes estimate of a distribution function under a Dirichlet process whose prior weighs as much as
/// two observations. The weight of two is our choice.
///
/// Source: T. S. Ferguson, "A Bayesian analysis of some nonparametric problems", Annals of Statistics 1 (1973), §5(a).
public struct Rhythm: Hashable, Codable, Sendable {
  /// Days since the last purchase.
  public let present: Int
  /// Days.
  public let usual: Double
  /// Share of gaps that the present one has outgrown, 0…1: at 0.95 only one in twenty lasts longer.
  public let lateness: Double

  /// The present gap in usual gaps.
  public var times: Double { Double(present) / usual }

  /// O(n).
  public init(_ gaps: PurchaseGaps, among population: RhythmPopulation) {
    present = gaps.present
    usual = population.usual(of: gaps)
    let weight = RhythmPopulation.weight
    let outgrown = Double(gaps.lengths.count(below: gaps.present))
    let expected = weight * population.share(below: Double(gaps.present) / usual)
    lateness = (expected + outgrown) / (weight + Double(gaps.lengths.count))
  }
}

/// What is usual among all customers: what a customer of whom little is known is compared with.
///
/// It knows only gaps that ended. Of those who never came back there is none, so that somebody with a single purchase
/// is compared with those who did.
public struct RhythmPopulation: Equatable, Codable, Sendable {
  /// Geometric mean over customers of each one's geometric mean gap, in days. Every customer counts once, however often
  /// they buy.
  public let usual: Double
  /// Gaps relative to their owner's usual gap, ascending and evenly spaced in rank.
  private let relative: [Double]

  /// So many gaps the population counts for beside a customer's own.
  static let weight = 2.0
  /// As many relative gaps are kept as tell a thousandth from the next.
  private static let mostKept = 1000

  /// Nil when nobody bought twice. O(n log n) in all gaps.
  public init?(_ customers: [PurchaseGaps]) {
    let repeated = customers.filter { !$0.lengths.isEmpty }
    guard !repeated.isEmpty else { return nil }
    let logarithms = repeated.reduce(0.0) { $0 + $1.logarithms / Double($1.lengths.count) }
    let usual = exp(logarithms / Double(repeated.count))
    let all = repeated.flatMap { gaps in
      let own = Self.usual(of: gaps, amid: usual)
      return gaps.lengths.map { Double($0) / own }
    }.sorted()
    let kept = min(all.count, Self.mostKept)
    self.usual = usual
    relative = (0..<kept).map { all[(2 * $0 + 1) * all.count / (2 * kept)] }
  }

  func usual(of gaps: PurchaseGaps) -> Double { Self.usual(of: gaps, amid: usual) }

  func share(below times: Double) -> Double { Double(relative.count(below: times)) / Double(relative.count) }

  private static func usual(of gaps: PurchaseGaps, amid usual: Double) -> Double {
    exp((weight * log(usual) + gaps.logarithms) / (weight + Double(gaps.lengths.count)))
  }
}

extension PurchaseGaps {
  fileprivate var logarithms: Double { lengths.reduce(0) { $0 + log(Double($1)) } }
}
