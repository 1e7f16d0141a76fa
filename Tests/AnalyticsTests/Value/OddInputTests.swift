import Analytics
import Foundation
import Testing

/// Whatever comes in: no trap, no NaN, and a word on what is wrong.
struct OddInputTests {
  static let horizon = Horizon(quarters: 12, yearlyRate: 0.1)

  private static func history(_ frequency: Int, _ recency: Double, _ age: Double) throws -> PurchaseHistory {
    try #require(PurchaseHistory(frequency: frequency, recency: recency, age: age))
  }

  /// Gaps of ten years, five thousand purchases, first bought yesterday, two decades of age.
  private static func oddOnes() throws -> [PurchaseHistory] {
    try [
      .new, history(0, 0, 1 / 7), history(0, 0, 1040), history(1, 1 / 7, 522), history(1, 1040, 1040),
      history(5000, 519, 520), history(5000, 400, 520), history(5000, 714.2, 714.2), history(300, 50, 60),
    ]
  }

  private func expectSound(_ fit: PurchaseFit, spend: SpendFit? = nil) throws {
    let horizon = try #require(Self.horizon)
    var forecaster = ValueForecaster(fit, spend: spend, horizon: horizon)
    for history in try Self.oddOnes() {
      let spends = [
        SpendHistory.none, .init(occasions: history.frequency, total: -3), .init(occasions: 9, total: 1e12),
      ]
      for forecast in spends.map({ forecaster.forecast(history, spend: $0) }) {
        for estimate in [forecast.pAlive, forecast.spend].compactMap(\.self) {
          #expect(
            estimate.lower <= estimate.value && estimate.value <= estimate.upper && estimate.upper.isFinite,
            "\(fit.kind) \(history) \(estimate)")
        }
        for prediction in [forecast.purchases, forecast.value].compactMap(\.self) {
          let ends = [prediction.lower, prediction.lower80, prediction.upper80, prediction.upper]
          #expect(
            ends == ends.sorted() && ends.allSatisfy { $0 >= 0 && $0.isFinite } && prediction.mean >= 0
              && prediction.mean.isFinite,
            "\(fit.kind) \(history) \(prediction)")
        }
        let wait = forecaster.nextPurchase(history)
        let waits = [wait.lower, wait.median, wait.upper].compactMap(\.self)
        #expect(
          waits.allSatisfy { $0 >= 0 && $0 <= 5_200 } && waits == waits.sorted(), "\(fit.kind) \(history) \(wait)")
        #expect(0...1 ~= forecast.pAlive.lower && 0...1 ~= forecast.pAlive.upper)
      }
      let residual = try #require(fit.model.discountedResidualPurchases(history, weeklyRate: 0.0027))
      #expect(residual >= 0 && residual.isFinite, "\(fit.kind) \(history) \(residual)")
    }
    let stored = try JSONDecoder().decode(PurchaseFit.self, from: JSONEncoder().encode(fit))
    #expect(stored == fit)
  }

  private func odd(_ histories: [PurchaseHistory]) throws -> FitError? {
    var failure: FitError?
    for kind in PurchaseModelKind.fitted {
      do {
        try expectSound(PurchaseFit(kind, to: histories))
      } catch let error as FitError {
        failure = error
      }
    }
    let refused: FitError = histories.count < 30 ? .tooFewCustomers(histories.count) : .noRepeatPurchases
    #expect(throws: refused) { try ModelChoice(for: histories) }
    return failure
  }

  @Test func horizonsThatAreNone() throws {
    let histories = try (1...300).map { try Self.history($0 % 5, $0 % 5 == 0 ? 0 : Double($0 % 40 + 1), 60) }
    for kind in PurchaseModelKind.fitted {
      let model = try PurchaseFit(kind, to: histories).model
      for weeks in [-1, .nan, 0] { #expect(model.expectedPurchases(ofNewCustomerIn: weeks) == 0) }
      #expect(model.expectedPurchases(ofNewCustomerIn: .infinity).isFinite)
    }
    #expect(
      (try PurchaseFit(.shrunkenRate, to: histories)).model.discountedResidualPurchases(.new, weeklyRate: 0) == nil)
    #expect(Horizon(periods: 0, weeksPerPeriod: 1, discountRate: 0) == nil)
    #expect(Horizon(quarters: 4, yearlyRate: -2) == nil)
  }

  @Test func storedFitsAreChecked() throws {
    let fit = try PurchaseFit(.shrunkenRate, to: [Self.history(1, 5, 9)])
    let text = String(decoding: try JSONEncoder().encode(fit), as: UTF8.self)
    let broken = [
      ("shrunken rate", "BG\\/NBD"), ("\"names\":[\"r\",", "\"names\":["), ("\"values\":[", "\"values\":[-1,"),
    ]
    for (part, other) in broken {
      let changed = text.replacing(part, with: other)
      #expect(changed != text)
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(PurchaseFit.self, from: Data(changed.utf8))
      }
    }
  }

  @Test func noCustomers() {
    #expect(throws: FitError.noCustomers) { try ModelChoice(for: []) }
    for kind in PurchaseModelKind.fitted {
      #expect(throws: FitError.noCustomers) { try PurchaseFit(kind, to: []) }
    }
  }

  @Test func oneCustomer() throws {
    #expect(try odd([Self.history(0, 0, 10)]) == .noRepeatPurchases)
    _ = try odd([Self.history(3, 10, 20)])
  }

  @Test func allBoughtOnce() throws {
    #expect(try odd((1...200).map { try Self.history(0, 0, Double($0)) }) == .noRepeatPurchases)
  }

  @Test func allBoughtYesterday() throws {
    #expect(try odd((1...200).map { _ in try Self.history(0, 0, 1 / 7) }) == .noRepeatPurchases)
    #expect(try odd([.new, .new]) == .noRepeatPurchases)
  }

  @Test func allAlike() throws {
    let choice = try ModelChoice(for: (1...300).map { _ in try Self.history(5, 49, 52) })
    try expectSound(choice.fit)
    for fit in choice.candidates.compactMap(\.fit) {
      try expectSound(fit)
      #expect(!fit.estimate.warnings.isEmpty)
    }
  }

  @Test func oddOnesAmongMany() throws {
    let many = try (1...300).map { try Self.history($0 % 5, $0 % 5 == 0 ? 0 : Double($0 % 40 + 1), 60) }
    for kind in PurchaseModelKind.fitted {
      try expectSound(PurchaseFit(kind, to: many + Self.oddOnes()))
    }
  }

  @Test func spendThatIsNoSpend() throws {
    #expect(throws: FitError.noSpend) { try SpendFit(to: []) }
    #expect(throws: FitError.noSpend) { try SpendFit(to: [.none, .init(occasions: 2, total: -5)]) }
    let alike = try? SpendFit(to: (1...50).map { _ in SpendHistory(occasions: 2, total: 40) })
    #expect(alike.map { !$0.estimate.warnings.isEmpty } ?? true)
    let mixed = (1...200).map { SpendHistory(occasions: $0 % 4 + 1, total: Double($0 * 37 % 101 + 20)) }
    let fit = try SpendFit(to: mixed + [.init(occasions: 1, total: 0), .init(occasions: 1, total: .nan)])
    #expect(fit.estimate.warnings.contains(.leftOut(customers: 2)))
    let one = try PurchaseFit(.shrunkenRate, to: [Self.history(1, 5, 9)])
    try expectSound(one, spend: fit)
  }
}
