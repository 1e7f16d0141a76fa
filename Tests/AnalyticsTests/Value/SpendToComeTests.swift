import Foundation
import Testing

@testable import Analytics

/// What will be spent: the distribution behind its ranges.
struct SpendToComeTests {
  /// Abramowitz & Stegun 26.5.4 for whole a and b: `Σ_{i≥a} C(n, i) xⁱ (1 − x)^{n−i}` with n = a + b − 1.
  @Test func theIncompleteBetaFunction() {
    expect([betaIncomplete(0.5, 2, 3), betaIncomplete(0.2, 1, 1)], near: [0.6875, 0.2], relative: 1e-12)
    expect([betaIncomplete(0.3, 4, 2)], near: [5 * pow(0.3, 4) * 0.7 + pow(0.3, 5)], relative: 1e-12)
    expect([betaIncomplete(0.9, 900, 120) + betaIncomplete(0.1, 120, 900)], near: [1], relative: 1e-10)
    #expect(betaIncomplete(0, 2, 3) == 0 && betaIncomplete(1, 2, 3) == 1)
  }

  /// Quantiles against draws of the same: purchases, then each of them.
  @Test func quantilesAreThoseOfTheDraws() throws {
    let (p, s, alive) = (3.0, 9.5, 0.8)
    let counts = NBD([0.9, 9, 0, 0]).futurePurchasesIfAlive(
      try #require(PurchaseHistory(frequency: 6, recency: 70, age: 90)), weeks: 26)
    let tail = SpendTail(counts, perPurchase: p, shape: s, logVariance: 0)
    var random = SplitMix(state: 77)
    let draws = (0..<60_000).map { _ -> Double in
      guard random.uniform() < alive else { return 0 }
      let chance = random.uniform()
      let purchases = (counts.survival.firstIndex { $0 <= chance }) ?? counts.survival.count
      return purchases > 0 ? random.gamma(p * Double(purchases)) / random.gamma(s) : 0
    }.sorted()
    for q in [0.5, 0.8, 0.9, 0.95, 0.975] {
      let drawn = draws[Int(q * Double(draws.count))]
      expect([tail.quantile(q, alive: alive)], near: [drawn], relative: 0.03)
    }
    let square = draws.reduce(0) { $0 + $1 * $1 } / Double(draws.count)
    expect([alive * tail.square], near: [square], relative: 0.05)
    #expect(tail.quantile(0.1, alive: alive) == 0)
  }

  /// `(m + Σz) / (1 + x)`, and never without a range.
  @Test func shrunkenSpend() throws {
    let spends = [(2, 30.0), (1, 20), (4, 100), (1, 5)].map { SpendHistory(occasions: $0.0, total: $0.1) }
    let fit = try SpendFit(shrinking: spends + [.none, SpendHistory(occasions: 2, total: -9)])
    let mean = (15.0 + 20 + 25 + 5) / 4
    for spend in spends {
      let expected = try #require(fit.expectedSpend(spend))
      expect([expected.value], near: [(mean + spend.total) / Double(1 + spend.occasions)], relative: 1e-12)
      #expect(expected.lower < expected.value && expected.value < expected.upper)
    }
    #expect(throws: FitError.noSpend) { try SpendFit(shrinking: [.none]) }
    let alone = try SpendFit(shrinking: [SpendHistory(occasions: 1, total: 40)])
    #expect(try #require(alone.expectedSpend(.none)).upper > 41)
  }

  @Test func spendThatGoesWithFrequency() {
    var random = SplitMix(state: 5)
    let apart = (0..<400).map { _ in
      let occasions = 1 + Int(random.exponential() * 4)
      return SpendHistory(occasions: occasions, total: Double(occasions) * random.between(10, 40))
    }
    let together = apart.map { SpendHistory(occasions: $0.occasions, total: $0.total * Double($0.occasions)) }
    #expect(!SpendHistory.dependsOnFrequency(apart) && SpendHistory.dependsOnFrequency(together))
    #expect(!SpendHistory.dependsOnFrequency(Array(together.prefix(5))))
  }

  /// Means add up, variances add up; what the model does not know is shared.
  @Test func sumsOverAList() {
    let sum = Prediction(sumOf: 100, variance: 36, logVariance: 0.0064)
    expect([sum.upper - 100, 100 - sum.lower], near: [19.6, 19.6], relative: 1e-3)
    let few = Prediction(sumOf: 2, variance: 9, logVariance: 0, isCount: true)
    #expect(few.lower == 0 && few.upper == 8)
  }
}
