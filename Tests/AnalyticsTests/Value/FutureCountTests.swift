import Foundation
import Testing

@testable import Analytics

/// The distribution of what will be bought.
struct FutureCountTests {
  private static let models: [any LikelihoodModel] = [
    NBD([0.7, 6, 0, 0]), BetaGeometric([0.24, 4.4, 0.8, 2.4], leavesAtFirst: false),
    BetaGeometric([0.5, 6, 0.9, 2], leavesAtFirst: true), ParetoNBD([0.55, 10.6, 0.6, 11.7]),
    ParetoNBD([1.5, 5, 30, 400]),
  ]
  private static let histories = [
    PurchaseHistory.new, PurchaseHistory(frequency: 0, recency: 0, age: 39)!,
    PurchaseHistory(frequency: 2, recency: 30.4, age: 38.9)!, PurchaseHistory(frequency: 200, recency: 150, age: 156)!,
  ]

  /// The mean of the distribution is the expectation in closed form, be it of days or of decades.
  @Test(arguments: models.indices) func theMeanIsTheExpectation(_ index: Int) {
    let model = Self.models[index]
    for history in Self.histories {
      for weeks in [1.0, 13, 52, 520] {
        let counts = model.futurePurchasesIfAlive(history, weeks: weeks)
        expect([counts.mean], near: [model.expectedPurchasesIfAlive(history, weeks: weeks)], relative: 1e-6)
        #expect(
          counts.survival.allSatisfy { 0...1 ~= $0 } && zip(counts.survival, counts.survival.dropFirst()).allSatisfy(>=)
        )
      }
    }
  }

  @Test func nothingIsBoughtInNoTime() {
    for model in Self.models {
      let counts = model.futurePurchases(Self.histories[2], weeks: 0)
      #expect(counts.none == 1 && counts.interval(0.95) == 0...0 && counts.mean == 0)
    }
  }

  /// P(none) of one who cannot leave by then: `((α+T) / (α+T+t))^{r+x}`.
  @Test func noneOfTheNegativeBinomial() {
    let counts = NBD([0.7, 6, 0, 0]).futurePurchases(Self.histories[2], weeks: 13)
    expect([counts.none], near: [pow(44.9 / 57.9, 2.7)], relative: 1e-12)
    expect([counts.probability(of: 1)], near: [pow(44.9 / 57.9, 2.7) * 2.7 * 13 / 57.9], relative: 1e-9)
  }

  @Test func theShortestRangeIsTaken() {
    // 0 with 0.02, then 1…4 with 0.3, 0.4, 0.25, 0.03.
    let counts = CountDistribution(survival: [0.98, 0.68, 0.28, 0.03])
    #expect(counts.interval(0.94) == 1...3)
    #expect(counts.interval(0.97) == 0...3)
    #expect(counts.interval(0.99) == 0...4)
    #expect(counts.interval(0.29) == 1...1)
    #expect(counts.quantile(0.5) == 2 && counts.quantile(0.01) == 0 && counts.quantile(0.02) == 0)
    #expect(counts.scaled(by: 0.5).interval(0.94) == 0...3)
  }

  /// A buyer of very many is counted by hundreds, and comes to about the same.
  @Test func veryManyPurchases() {
    let history = PurchaseHistory(frequency: 900_000, recency: 50, age: 51)!
    for model in Self.models {
      let counts = model.futurePurchases(history, weeks: 52)
      #expect(counts.survival.count <= 40_000)
      expect([counts.mean], near: [model.expectedPurchases(history, weeks: 52)], relative: 1e-2)
    }
  }
}
