import Foundation

/// What to expect of one customer. Intervals carry the uncertainty of the parameters.
public struct ValueForecast: Equatable, Sendable {
  /// P(alive).
  public let pAlive: Estimate
  /// Purchases within the horizon.
  public let purchases: Estimate
  /// Median weeks to the next purchase if the customer stays active; see `PurchaseModel.medianWeeksToNextPurchase`.
  public let weeksToNextPurchase: Estimate
  /// Spend per purchase; nil where the model of spend has no answer or there is none.
  public let spend: Estimate?
  /// Discounted spend within the horizon, `Σ_t E[purchases in period t] · E[spend] / (1+d)^t`.
  ///
  /// Source: handbook §12.3. Times the margin rate it is the future part of the customer's lifetime value.
  public let value: Estimate?
  /// Purchases within the horizon, discounted like their value.
  public let discountedPurchases: Estimate
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
  /// With one parameter moved by `nudge`, for derivatives.
  private let nearby: [any LikelihoodModel]
  private var known: [Seniority: Prospect] = [:]
  private var expected: [Seniority: Expected] = [:]

  public init(_ purchaseFit: PurchaseFit, spend spendFit: SpendFit? = nil, horizon: Horizon) {
    self.purchaseFit = purchaseFit
    self.spendFit = spendFit
    self.horizon = horizon
    let (kind, parameters) = (purchaseFit.kind, purchaseFit.estimate.vector)
    model = kind.model(parameters)
    nearby = kind.parameterNames.indices.map { index in
      var moved = parameters
      moved[index] *= exp(Self.nudge)
      return kind.model(moved)
    }
  }

  /// One per customer, in the order of the input. O(n + pairs of frequency and age · horizon).
  public mutating func forecasts(_ customers: [(history: PurchaseHistory, spend: SpendHistory)]) -> [ValueForecast] {
    customers.map { forecast($0.history, spend: $0.spend) }
  }

  /// The same numbers without intervals, at a fraction of the cost.
  public mutating func expectation(_ history: PurchaseHistory, spend: SpendHistory = .none) -> ValueExpectation {
    let prospect = expectedIfAlive(history)
    let pAlive = exp(model.logPAlive(history).value)
    return ValueExpectation(
      pAlive: pAlive, purchases: pAlive * prospect.purchases, discountedPurchases: pAlive * prospect.discounted,
      spend: spendFit?.expectedSpend(spend)?.value)
  }

  public mutating func forecast(_ history: PurchaseHistory, spend: SpendHistory = .none) -> ValueForecast {
    let fit = purchaseFit.estimate
    let (logPAlive, slope) = model.logPAlive(history)
    let pAlive = exp(logPAlive)
    let aliveGradient = slope * fit.vector
    let prospect = prospect(of: history)
    let purchases = prospect.purchases
    let discounted = prospect.discounted
    let discountedVariance = fit.variance(aliveGradient + discounted.logGradient)
    let spend = spendFit?.expectedSpend(spend)
    return ValueForecast(
      pAlive: Estimate(probability: pAlive, logVariance: fit.variance(aliveGradient)),
      purchases: Estimate(
        positive: pAlive * purchases.value, logVariance: fit.variance(aliveGradient + purchases.logGradient)),
      weeksToNextPurchase: prospect.wait,
      spend: spend,
      value: spend.map {
        Estimate(positive: pAlive * discounted.value * $0.value, logVariance: discountedVariance + $0.logVariance)
      },
      discountedPurchases: Estimate(positive: pAlive * discounted.value, logVariance: discountedVariance))
  }

  /// In the logarithm of a parameter; derivatives are off by about this share of themselves.
  private static let nudge = 1e-6

  private mutating func expectedIfAlive(_ history: PurchaseHistory) -> Expected {
    let seniority = Seniority(history)
    if let known = expected[seniority] { return known }
    let prospect = Expected(model, history, horizon)
    expected[seniority] = prospect
    return prospect
  }

  private mutating func prospect(of history: PurchaseHistory) -> Prospect {
    let seniority = Seniority(history)
    if let prospect = known[seniority] { return prospect }
    let horizon = horizon
    let wait = withGradient { $0.medianWeeksToNextPurchase(history) }
    let prospect = Prospect(
      purchases: withGradient { $0.expectedPurchasesIfAlive(history, weeks: horizon.weeks) },
      discounted: withGradient { $0.discountedPurchasesIfAlive(history, horizon) },
      wait: Estimate(positive: wait.value, logVariance: purchaseFit.estimate.variance(wait.logGradient)))
    known[seniority] = prospect
    return prospect
  }

  private func withGradient(_ quantity: (any LikelihoodModel) -> Double) -> Quantity {
    let value = quantity(model)
    var gradient = SIMD4<Double>.zero
    for (index, model) in nearby.enumerated() { gradient[index] = log(quantity(model) / value) / Self.nudge }
    return Quantity(value: value, logGradient: gradient)
  }

  /// What is expected of an active customer, without how it depends on the parameters.
  private struct Expected {
    let purchases: Double
    let discounted: Double

    init(_ model: any LikelihoodModel, _ history: PurchaseHistory, _ horizon: Horizon) {
      purchases = model.expectedPurchasesIfAlive(history, weeks: horizon.weeks)
      discounted = model.discountedPurchasesIfAlive(history, horizon)
    }
  }

  /// What is expected of an active customer.
  private struct Prospect {
    let purchases: Quantity
    let discounted: Quantity
    let wait: Estimate
  }

  /// A quantity and the gradient of its logarithm by the logarithms of the parameters.
  private struct Quantity {
    let value: Double
    let logGradient: SIMD4<Double>
  }
}
