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
  /// The firm's season, in whose time purchases are forecast.
  let season: SeasonProfile
  /// What tells who will buy nothing soon better than the purchase model, from each one's days; nil for a firm that is too
  /// young or too large for that.
  var leaving: LeavingModel?
  /// Variance of the logarithm of what all bring in the standard horizon, by what the parameters leave open.
  private(set) var sharedVariance = 0.0

  /// - Parameter showsLeaving: nil where it is to be told from the kind of model alone.
  init(purchases: PurchaseFit, showsLeaving: Bool? = nil, usualGap: Double?, season: SeasonProfile, of buyers: [Buyer])
  {
    self.purchases = purchases
    self.showsLeaving = showsLeaving ?? purchases.kind.knowsLeaving
    self.usualGap = usualGap
    // What was bought before is not told in seasonal time.
    self.season = PurchaseModelKind.baselines.contains(purchases.kind) ? .flat : season
    spend = Self.spendFit(of: buyers)
    let amount = buyers.reduce(0.0) { $0 + Double($1.amount) }
    marginRate = amount > 0 ? min(max(buyers.reduce(0.0) { $0 + Double($1.margin) } / amount, -1), 1) : 1
  }

  /// As chosen; and what else tells who will buy nothing soon, learned from everybody's days where these are in the sample.
  init(
    _ choice: ModelChoice, usualGap: Double?, season: SeasonProfile, _ sample: PurchaseSample, of buyers: [Buyer],
    asOf day: Day
  ) {
    self.init(
      purchases: choice.fit, showsLeaving: choice.showsLeaving, usualGap: usualGap, season: season, of: buyers)
    learnLeaving(sample, of: buyers.count, asOf: day)
    let step = max(buyers.count / Self.asked, 1)
    let some = stride(from: 0, to: buyers.count, by: step).map { buyers[$0] }
    let known = some.compactMap { buyer in history(of: buyer, asOf: day).map { (history: $0, spend: buyer.spend) } }
    sharedVariance = forecaster(.standard, from: day).sharedVariance(known)
  }

  /// Customers who tell how all depend on the parameters.
  private static let asked = 1_000

  mutating func learnLeaving(_ sample: PurchaseSample, of buyers: Int, asOf day: Day) {
    guard sample.isComplete(of: buyers) else { return }
    leaving = try? LeavingModel(
      sample.purchaseDays(until: day).sorted { $0.key < $1.key }.map(\.value), asOf: day.number, days: quietDays)
  }

  /// The days on which each customer bought, where leaving is told from them.
  func days(of buyers: Int, asOf day: Day, in tx: Transaction) throws -> [Int64: PurchaseDays] {
    leaving == nil ? [:] : try PurchaseSample.read(of: buyers, asOf: day, in: tx).purchaseDays(until: day)
  }

  /// Fits spend to repeat purchases. Where that cannot be done, or those who buy often spend otherwise than those who don't,
  /// each one's mean is drawn towards that of all.
  private static func spendFit(of buyers: [Buyer]) -> SpendFit? {
    let repeated = buyers.map(\.repeatSpend)
    if !SpendHistory.dependsOnFrequency(repeated), let fit = try? SpendFit(to: repeated),
      fit.expectedSpend(.none) != nil
    {
      return fit
    }
    return try? SpendFit(shrinking: buyers.map(\.spend))
  }

  /// - Parameter day: from which the horizon is counted; how much season lies in it matters for less than a year.
  func forecaster(_ horizon: Horizon, from day: Day) -> ValueForecaster {
    let end = day.number + Int((horizon.weeks * 7).rounded())
    return ValueForecaster(
      purchases, spend: spend, horizon: horizon.stretched(by: season.weight(fromDay: day.number, toDay: end)))
  }

  func history(of buyer: Buyer, asOf day: Day) -> PurchaseHistory? { buyer.history(asOf: day, in: season) }

  /// Days that count as of late for the forecast “as often as before”; nil for the others.
  var recentDays: Int? {
    purchases.kind == .sameCount ? purchases.estimate.values.last.map { Int(($0 * 7).rounded()) } : nil
  }

  /// The day by which so many weeks of the model's time have passed; nil where that is beyond a hundred years.
  func day(_ weeks: Double?, after day: Day) -> Day? {
    weeks.flatMap { weeks in
      let days = season.days(fromDay: day.number, weeks: weeks)
      return days < 36_500 ? day.adding(days: Int(days.rounded(.up))) : nil
    }
  }

  /// In how many days somebody who stays silent is missed: about two usual gaps, a quarter where there is none.
  var quietDays: Int {
    guard let usualGap else { return 90 }
    return [30, 60, 90, 180].first { Double($0) >= 2 * usualGap } ?? 365
  }

  /// What speaks for leaving of this customer as of a day, for cards, lists and maps alike.
  ///
  /// - Parameter days: of the purchases, where they are known and asked for.
  func outlook(
    of buyer: Buyer, _ history: PurchaseHistory, _ days: PurchaseDays?, asOf day: Day
  ) -> LeavingWarning.Outlook {
    let weeks = season.weeks(fromDay: day.number, toDay: day.number + quietDays)
    let own = Double(buyer.lastDay - buyer.firstDay) / Double(max(buyer.purchaseDays - 1, 1))
    return LeavingWarning.Outlook(
      noPurchase: days.flatMap { leaving?.probability(of: $0, asOf: day.number) }
        ?? purchases.model.noPurchase(history, weeks: weeks),
      days: quietDays,
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
