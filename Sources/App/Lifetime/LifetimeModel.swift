import Analytics
import Foundation
import Store

/// What forecasts of customers are made from: how they buy, what they spend, how they differ.
struct LifetimeModel: Codable, Equatable, Sendable {
  let purchases: PurchaseFit
  /// Nil where too few spent anything again: then each one's mean is drawn towards that of all.
  let spend: SpendFit?
  /// Minor units per purchase, over all purchases.
  let meanSpend: Double
  /// Margin over amount of all, for whom it is not known.
  let marginRate: Double

  init(purchases: PurchaseFit, spend: SpendFit?, of buyers: [Buyer]) {
    self.purchases = purchases
    self.spend = spend
    let amount = buyers.reduce(0.0) { $0 + Double($1.amount) }
    let days = buyers.reduce(0) { $0 + $1.purchaseDays }
    meanSpend = days > 0 ? max(amount / Double(days), 0) : 0
    marginRate = amount > 0 ? min(max(buyers.reduce(0.0) { $0 + Double($1.margin) } / amount, -1), 1) : 1
  }

  /// Fits spend to repeat purchases; nil where there are too few, or they have no mean.
  static func spendFit(of buyers: [Buyer]) -> SpendFit? {
    guard let fit = try? SpendFit(to: buyers.map(\.spend)), fit.expectedSpend(.none) != nil else { return nil }
    return fit
  }

  func forecaster(_ horizon: Horizon) -> ValueForecaster {
    ValueForecaster(purchases, spend: spend, horizon: horizon)
  }

  func marginRate(of buyer: Buyer) -> Double { buyer.marginRate ?? marginRate }

  /// What a purchase of this customer is expected to come to, minor units. Without a model of spend the customer's own
  /// purchases count beside one like everybody's.
  func spend(of buyer: Buyer, _ modelled: Double?) -> Double {
    modelled ?? max((Double(buyer.amount) + meanSpend) / Double(buyer.purchaseDays + 1), 0)
  }

  /// Discounted margin of the purchases to come, minor units.
  func future(of buyer: Buyer, purchases: Double, spend: Double?) -> Int64 {
    Int64(nearest: purchases * self.spend(of: buyer, spend) * marginRate(of: buyer))
  }

  /// The same with its interval: that of purchases and spend together.
  func future(of buyer: Buyer, _ forecast: ValueForecast) -> FutureValue {
    let purchases = forecast.discountedPurchases
    let value = future(of: buyer, purchases: purchases.value, spend: forecast.spend?.value)
    let known = forecast.value ?? purchases
    func end(_ end: Double) -> Int64 { known.value > 0 ? Int64(nearest: Double(value) * (end / known.value)) : value }
    let ends = [end(known.lower), end(known.upper)].sorted()
    return FutureValue(value: value, lower: ends[0], upper: ends[1])
  }
}

/// Minor units with the 95 % interval of what the parameters leave open.
struct FutureValue: Codable, Equatable, Sendable {
  let value: Int64
  let lower: Int64
  let upper: Int64
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
