import Foundation

/// What to expect of one customer: what will happen, with the ranges that hold it.
public struct ValueForecast: Equatable, Sendable {
  /// P(alive), with the interval of what the parameters leave open; it is no quantity that could be seen.
  public let pAlive: Estimate
  /// Purchases within the horizon.
  public let purchases: Prediction
  /// Mean spend per purchase, with the interval of what the parameters leave open; nil without a model of spend.
  public let spend: Estimate?
  /// Discounted spend within the horizon, `Σ_t E[purchases in period t] · E[spend] / (1+d)^t`; nil without a model of spend.
  ///
  /// Source: handbook §12.3. Times the margin rate it is the future part of the customer's lifetime value.
  public let value: Prediction?
}

/// What to expect of one customer, as single numbers.
public struct ValueExpectation: Equatable, Sendable {
  /// P(alive), 0…1.
  public let pAlive: Double
  /// Purchases within the horizon, and the same discounted.
  public let purchases: Double
  public let discountedPurchases: Double
  /// Spend per purchase; nil where the model of spend has no answer or there is none.
  public let spend: Double?
  /// Variance of the discounted spend; 0 without a model of spend.
  public let valueVariance: Double
}

/// Forecasts for customers by the fits of purchases and of spend.
///
/// Keeps what it has calculated by frequency and age: of an active customer nothing else matters, and many customers
/// share it.
public struct ValueForecaster {
  public let purchaseFit: PurchaseFit
  public let spendFit: SpendFit?
  public let horizon: Horizon

  private let model: any LikelihoodModel
  /// The models that the data leave possible, for what will happen: the best alone where many customers say which it is.
  private let possible: [any LikelihoodModel]
  private var known: [Seniority: Prospect] = [:]
  private var tails: [TailKey: SpendTail] = [:]

  public init(_ purchaseFit: PurchaseFit, spend spendFit: SpendFit? = nil, horizon: Horizon) {
    self.purchaseFit = purchaseFit
    self.spendFit = spendFit
    self.horizon = horizon
    model = purchaseFit.kind.model(purchaseFit.estimate.vector)
    possible = purchaseFit.possible.map(purchaseFit.kind.model)
  }

  /// What is expected of a customer, without ranges: a fraction of the cost of those. O(1) where frequency and age are known.
  public mutating func expectation(_ history: PurchaseHistory, spend: SpendHistory = .none) -> ValueExpectation {
    let prospect = prospect(of: history)
    let pAlive = exp(model.logPAlive(history).value)
    let perPurchase = spendFit?.expectedSpend(spend)?.value
    var variance = 0.0
    if let perPurchase, let fit = spendFit {
      let scale = fit.posterior(spend).scale * prospect.discounting
      let mean = pAlive * prospect.discounted * perPurchase
      variance = max(pAlive * tail(history, spend, prospect, fit).square * scale * scale - mean * mean, 0)
    }
    return ValueExpectation(
      pAlive: pAlive, purchases: pAlive * prospect.purchases, discountedPurchases: pAlive * prospect.discounted,
      spend: perPurchase, valueVariance: variance)
  }

  public mutating func forecast(_ history: PurchaseHistory, spend: SpendHistory = .none) -> ValueForecast {
    let (logPAlive, slope) = model.logPAlive(history)
    let fit = purchaseFit.estimate
    let pAlive = Estimate(probability: exp(logPAlive), logVariance: fit.variance(slope * fit.vector))
    let prospect = prospect(of: history)
    return ValueForecast(
      pAlive: pAlive,
      purchases: Prediction(prospect.counts, alive: pAlive.value, mean: pAlive.value * prospect.purchases),
      spend: spendFit?.expectedSpend(spend), value: value(history, spend, prospect, alive: pAlive.value))
  }

  /// When the customer will buy next.
  public func nextPurchase(_ history: PurchaseHistory) -> WaitPrediction {
    WaitPrediction(
      median: model.weeksToNextPurchase(history, share: 0.5), lower: model.weeksToNextPurchase(history, share: 0.025),
      upper: model.weeksToNextPurchase(history, share: 0.975))
  }

  private mutating func value(
    _ history: PurchaseHistory, _ spend: SpendHistory, _ prospect: Prospect, alive: Double
  ) -> Prediction? {
    guard let fit = spendFit, let perPurchase = fit.expectedSpend(spend)?.value else { return nil }
    let tail = tail(history, spend, prospect, fit)
    let scale = fit.posterior(spend).scale * prospect.discounting
    func amount(_ q: Double) -> Double { tail.quantile(q, alive: alive) * scale }
    // The shortest begins at 0 where nothing at all is likely enough.
    func range(_ share: Double) -> ClosedRange<Double> {
      let isNothingLikely = 1 - alive * (prospect.counts.survival.first ?? 0) > (1 - share) / 2
      let (low, high) = isNothingLikely ? (0, amount(share)) : (amount((1 - share) / 2), amount((1 + share) / 2))
      return low...max(low, high)
    }
    return Prediction(
      mean: alive * prospect.discounted * perPurchase, median: amount(0.5), within95: range(0.95), within80: range(0.80)
    )
  }

  private mutating func tail(
    _ history: PurchaseHistory, _ spend: SpendHistory, _ prospect: Prospect, _ fit: SpendFit
  ) -> SpendTail {
    let key = TailKey(history, spend)
    if let tail = tails[key] { return tail }
    let (perPurchase, shape, _) = fit.posterior(spend)
    let tail = SpendTail(
      prospect.counts, perPurchase: perPurchase, shape: shape,
      logVariance: fit.expectedSpend(spend)?.logVariance ?? 0)
    tails[key] = tail
    return tail
  }

  private mutating func prospect(of history: PurchaseHistory) -> Prospect {
    let seniority = Seniority(purchaseFit.kind == .sameCount ? history : history.whole)
    if let prospect = known[seniority] { return prospect }
    let prospect = Prospect(
      purchases: model.expectedPurchasesIfAlive(history, weeks: horizon.weeks),
      discounted: model.discountedPurchasesIfAlive(history, horizon),
      counts: CountDistribution(possible.map { $0.futurePurchasesIfAlive(history, weeks: horizon.weeks) }))
    known[seniority] = prospect
    return prospect
  }

  /// What is expected of an active customer.
  private struct Prospect {
    let purchases: Double
    let discounted: Double
    let counts: CountDistribution

    /// What a purchase within the horizon is worth on its way to now.
    var discounting: Double { purchases > 0 ? discounted / purchases : 1 }
  }

  /// Customers who share a tail: ages within three parts in a hundred are taken for one.
  private struct TailKey: Hashable {
    let frequency: Int
    let recent: Int
    let occasions: Int
    let age: Int

    init(_ history: PurchaseHistory, _ spend: SpendHistory) {
      (frequency, recent) = (history.frequency, history.recent)
      occasions = spend.isUsable ? spend.occasions : 0
      age = Int((24 * log2(1 + history.age)).rounded())
    }
  }
}

extension PurchaseFit {
  /// So many customers say what the parameters are, as far as one of them is concerned.
  private static let enough = 20_000

  var possible: [SIMD4<Double>] { estimate.observations < Self.enough ? estimate.possible : [estimate.vector] }
}

extension ValueForecaster {
  /// Variance of the logarithm of what customers spend together, by what the parameters leave open: all are wrong by it at
  /// once, so that it does not average out as what each does by chance. O(customers · parameters).
  public func sharedVariance(_ customers: [(history: PurchaseHistory, spend: SpendHistory)]) -> Double {
    let kind = purchaseFit.kind
    func variance(_ totals: [Double]) -> Double {
      let logs = totals.filter { $0 > 0 }.map { log($0) }
      let mean = logs.reduce(0, +) / Double(max(logs.count, 1))
      return logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(logs.count, 1))
    }
    let spends = customers.map { spendFit?.expectedSpend($0.spend)?.value ?? 1 }
    let byPurchases = purchaseFit.estimate.possible.map { parameters in
      let model = kind.model(parameters)
      return zip(customers, spends).reduce(0) {
        $0 + model.expectedPurchases($1.0.history, weeks: horizon.weeks) * $1.1
      }
    }
    guard let spendFit else { return variance(byPurchases) }
    let purchases = customers.map { model.expectedPurchases($0.history, weeks: horizon.weeks) }
    let bySpend = spendFit.estimate.possible.map { parameters in
      zip(customers, purchases).reduce(0) { $0 + $1.1 * (spendFit.mean($1.0.spend, parameters) ?? 0) }
    }
    return variance(byPurchases) + variance(bySpend)
  }
}

extension CountDistribution {
  /// One of several, each as likely.
  fileprivate init(_ possible: [CountDistribution]) {
    guard possible.count > 1, let first = possible.first, possible.allSatisfy({ $0.unit == first.unit }) else {
      self = possible[0]
      return
    }
    var survival = [Double](repeating: 0, count: possible.map(\.survival.count).max() ?? 0)
    for counts in possible {
      for (place, value) in counts.survival.enumerated() { survival[place] += value / Double(possible.count) }
    }
    self.init(survival: survival, unit: first.unit)
  }
}
