import Testing

@testable import Analytics

struct PurchaseModelTests {
  private let paper = BetaGeometric([0.243, 4.414, 0.793, 2.426], leavesAtFirst: false)

  /// Customer 1 of the sheet that comes with Fader, Hardie, Lee 2005 (P. Fader, B. Hardie, "Implementing the BG/NBD model
  /// for customer base analysis in Excel", 2005): 1.226 purchases in the next 39 weeks.
  @Test func conditionalExpectationOfThePaper() throws {
    let history = try #require(PurchaseHistory(frequency: 2, recency: 30.43, age: 38.86))
    #expect(abs(paper.expectedPurchases(history, weeks: 39) - 1.226) < 0.001)
  }

  /// By hand: r = α = a = b = 1, one repeat purchase at week 1 of 3. Gone after it: 1/1 · ((1+3)/(1+1))² = 4 to 1.
  /// MBG/NBD, with two chances to leave: 1/2 · 4 = 2 to 1. Pareto/NBD: see below.
  @Test func pAliveByHand() throws {
    let history = try #require(PurchaseHistory(frequency: 1, recency: 1, age: 3))
    let ones = SIMD4<Double>(repeating: 1)
    expect([BetaGeometric(ones, leavesAtFirst: false).pAlive(history)], near: [0.2], relative: 1e-14)
    expect([BetaGeometric(ones, leavesAtFirst: true).pAlive(history)], near: [1.0 / 3], relative: 1e-14)
    // Active: 4^{−2} 4^{−1} = 1/64. Gone: ∫ (1+y)^{−4} from 1 to 3 = (1/8 − 1/64) / 3 = 7/192.
    expect([ParetoNBD(ones).pAlive(history)], near: [0.3], relative: 1e-12)
    #expect(NBD(ones).pAlive(history) == 1)
    expect([NBD(ones).expectedPurchases(history, weeks: 6)], near: [3], relative: 1e-14)
    #expect(BetaGeometric(ones, leavesAtFirst: false).pAlive(.new) == 1)
    #expect(BetaGeometric(ones, leavesAtFirst: true).pAlive(.new) == 0.5)
  }

  /// r + x = 1 and α + T = 3: half have bought within 3 · (2 − 1) weeks.
  @Test func medianWaitByHand() throws {
    let history = try #require(PurchaseHistory(frequency: 0, recency: 0, age: 2))
    let model = NBD([1, 1, 0, 0])
    expect([try #require(model.weeksToNextPurchase(history, share: 0.5))], near: [3], absolute: 1e-3)
  }

  /// Falls while nothing is bought and jumps up with each purchase.
  @Test func pAliveOverTime() throws {
    let days = [0, 14, 30, 37]
    let curve = try (0...120).map { try paper.pAlive(#require(PurchaseHistory(purchaseDays: days, asOf: $0))) }
    #expect(curve[0] == 1)
    for day in 38...120 { #expect(curve[day] < curve[day - 1]) }
    for day in [14, 30, 37] { #expect(day == 14 ? curve[day] < 1 : curve[day] > curve[day - 1]) }
  }

  /// Fader, Hardie, Lee 2005 (RFM and CLV), eq. 6 with their parameters, by mpmath's hyperu: x, t_x, T.
  @Test func discountedResidualPurchases() throws {
    let model = ParetoNBD([0.553, 10.578, 0.606, 11.669])
    let expected: [(Int, Double, Double)] = [
      (0, 0, 0.477136229032195), (2, 30.43, 6.48377356773074), (7, 35, 20.6588676485588), (26, 38, 76.5663750961694),
    ]
    for (frequency, recency, residual) in expected {
      let history = try #require(PurchaseHistory(frequency: frequency, recency: recency, age: 38.86))
      let found = try #require(model.discountedResidualPurchases(history, weeklyRate: 0.0027))
      expect([found], near: [residual], relative: 1e-8)
    }
  }

  /// What is expected of all is what is expected of each, weighted by how likely each past is.
  @Test(arguments: PurchaseModelKind.fitted)
  func forecastAddsUpItsParts(kind: PurchaseModelKind) throws {
    let histories = try (1...300).map {
      try #require(PurchaseHistory(frequency: $0 % 4, recency: $0 % 4 == 0 ? 0 : Double($0 % 37 + 1), age: 40))
    }
    let fit = try PurchaseFit(kind, to: histories)
    let spends = histories.map { SpendHistory(occasions: $0.frequency, total: Double($0.frequency * 20) + $0.recency) }
    let spend = try SpendFit(to: spends)
    let horizon = try #require(Horizon(periods: 4, weeksPerPeriod: 13, discountRate: 0))
    var forecaster = ValueForecaster(fit, spend: spend, horizon: horizon)
    let scores = fit.model.scores(histories, weeks: 52)
    for (index, history) in histories.enumerated() {
      let forecast = forecaster.forecast(history, spend: spends[index])
      let (purchases, mean) = (fit.model.expectedPurchases(history, weeks: 52), try #require(forecast.spend))
      let found = [forecast.pAlive.value, forecast.purchases.mean, forecast.value?.mean ?? .nan]
      expect(found, near: [fit.model.pAlive(history), purchases, purchases * mean.value], relative: 1e-9)
      expect([scores[index].expectedPurchases], near: [purchases], relative: 1e-12)
    }
  }

  @Test func accuracyByHand() {
    let accuracy = ForecastAccuracy(expected: [1, 2, 3], actual: [2, 2, 5])
    #expect(accuracy.meanAbsoluteError == 1)
    expect([accuracy.rootMeanSquareError], near: [(5.0 / 3).squareRoot()], relative: 1e-14)
    // Deviations −1 0 1 and −1 −1 2.
    expect([accuracy.correlation ?? 0], near: [3 / 12.0.squareRoot()], relative: 1e-14)
    #expect(ForecastAccuracy(expected: [0, 0], actual: [1, 3]).correlation == nil)
    #expect(ForecastAccuracy(expected: [], actual: []).meanAbsoluteError == 0)
  }

  /// One customer from day 0, another from day 7; with r = α = 1 each makes t/7 · 1 purchases in t days.
  @Test func trackingByHand() throws {
    let statistics = try PurchaseStatistics(
      customerCount: 2, customers: [0, 0, 1, 1], days: [0, 8, 7, 20], amounts: [1, 1, 1, 1], calibrationEnd: 13,
      holdoutEnd: 20)
    let tracking = Tracking(statistics, model: NBD([1, 1, 0, 0]))
    #expect(tracking.weeks.map(\.cumulativeActual) == [0, 1, 2])
    expect(tracking.weeks.map(\.cumulativeExpected), near: [6.0 / 7, 19.0 / 7, 33.0 / 7], relative: 1e-14)
    #expect(tracking.calibrationWeeks == 2)
  }
}
