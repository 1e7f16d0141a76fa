import Analytics
import Foundation
import Store

/// What forecasts of customers are made from: how they buy, what they spend, how they differ.
struct LifetimeModel: Codable, Equatable, Sendable {
  let purchases: PurchaseFit
  /// Nil where nobody ever spent anything.
  let spend: SpendFit?
  /// Margin over amount of all, for whom it is not known.
  let marginRate: Double
  /// Whether the orders show who leaves. Where they don't there is no P(alive), and nobody is called active or gone for it:
  /// everything that is shown of leaving asks here.
  let showsLeaving: Bool
  /// Days usual between two purchases, over all; nil where nobody bought twice.
  let usualGap: Double?

  /// - Parameter showsLeaving: nil where it is to be told from the kind of model alone.
  init(purchases: PurchaseFit, showsLeaving: Bool? = nil, usualGap: Double?, of buyers: [Buyer]) {
    self.purchases = purchases
    self.showsLeaving = showsLeaving ?? purchases.kind.knowsLeaving
    self.usualGap = usualGap
    spend = Self.spendFit(of: buyers)
    let amount = buyers.reduce(0.0) { $0 + Double($1.amount) }
    marginRate = amount > 0 ? min(max(buyers.reduce(0.0) { $0 + Double($1.margin) } / amount, -1), 1) : 1
  }

  /// Fits spend to repeat purchases. Where that cannot be done, or those who buy often spend otherwise than those who don't,
  /// each one's mean is drawn towards that of all.
  private static func spendFit(of buyers: [Buyer]) -> SpendFit? {
    let repeated = buyers.map(\.repeatSpend)
    if !SpendHistory.dependsOnFrequency(repeated), let fit = try? SpendFit(to: repeated), fit.expectedSpend(.none) != nil {
      return fit
    }
    return try? SpendFit(shrinking: buyers.map(\.spend))
  }

  func forecaster(_ horizon: Horizon) -> ValueForecaster {
    ValueForecaster(purchases, spend: spend, horizon: horizon)
  }

  /// In how many days somebody who stays silent is missed: about two usual gaps, a quarter where there is none.
  var quietDays: Int {
    guard let usualGap else { return 90 }
    return [30, 60, 90, 180].first { Double($0) >= 2 * usualGap } ?? 365
  }

  /// What speaks for leaving of this customer as of a day, for cards, lists and maps alike.
  func outlook(of buyer: Buyer, _ history: PurchaseHistory, asOf day: Day) -> LeavingWarning.Outlook {
    let own = Double(buyer.lastDay - buyer.firstDay) / Double(max(buyer.purchaseDays - 1, 1))
    return LeavingWarning.Outlook(
      noPurchase: purchases.model.noPurchase(history, weeks: Double(quietDays) / 7), days: quietDays,
      sinceLast: day.number - buyer.lastDay, usualGap: buyer.purchaseDays > 2 ? own : usualGap,
      alive: showsLeaving ? purchases.model.pAlive(history) : nil)
  }

  func marginRate(of buyer: Buyer) -> Double { buyer.marginRate ?? marginRate }

  /// Discounted margin of the purchases to come, minor units, with the ranges that hold it. Whoever gave back as much as
  /// was bought has none to come.
  func future(of buyer: Buyer, _ value: Prediction?) -> FutureValue {
    guard buyer.amount > 0, let value else { return .none }
    return FutureValue(value.times(marginRate(of: buyer)))
  }

  /// The same without ranges, and its variance.
  func future(of buyer: Buyer, _ expected: ValueExpectation) -> (value: Int64, variance: Double) {
    guard buyer.amount > 0, let spend = expected.spend else { return (0, 0) }
    let rate = marginRate(of: buyer)
    return (Int64(nearest: expected.discountedPurchases * spend * rate), expected.valueVariance * rate * rate)
  }
}

/// Minor units, with the ranges that hold what will happen with 95 % and 80 %.
struct FutureValue: Codable, Equatable, Sendable {
  let value: Int64
  let lower: Int64
  let upper: Int64
  let lower80: Int64
  let upper80: Int64

  static let none = FutureValue(.init(mean: 0, median: 0, within95: 0...0, within80: 0...0))

  init(_ prediction: Prediction) {
    value = Int64(nearest: prediction.mean)
    (lower, upper) = (Int64(nearest: prediction.lower), Int64(nearest: prediction.upper))
    (lower80, upper80) = (Int64(nearest: prediction.lower80), Int64(nearest: prediction.upper80))
  }
}

extension Int64 {
  /// Rounded, and held within 64 bits.
  init(nearest value: Double) { self = Int64(exactly: value.rounded()) ?? (value < 0 ? .min : .max) }
}

extension Horizon {
  /// What is looked ahead to where nothing is said: three years, at ten percent a year.
  static let standardWeeks = 156
  static let standardDiscount = 0.1
  static let standard = Horizon(weeks: standardWeeks, yearlyRate: standardDiscount)!

  /// In periods of at most a quarter; discounted by a rate per year.
  init?(weeks: Int, yearlyRate: Double) {
    guard 1...5_200 ~= weeks, 0...1 ~= yearlyRate else { return nil }
    let periods = (weeks + 12) / 13
    let length = Double(weeks) / Double(periods)
    self.init(
      periods: periods, weeksPerPeriod: length, discountRate: pow(1 + yearlyRate, length * 7 / 365.25) - 1)
  }
}
