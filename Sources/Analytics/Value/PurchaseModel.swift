import Foundation

/// A model of customers who buy at their own rate until, unobserved, they leave.
///
/// In each of the models the rate λ varies over customers as Gamma(r, α), purchases of an active customer are a Poisson
/// process, and being active or not is all that the past says of leaving beyond frequency and age. What is expected is
/// therefore always P(alive) times what is expected of an active customer. Weeks throughout.
public protocol PurchaseModel: Sendable {
  /// Shape r of the Gamma distribution of purchase rates.
  var rateShape: Double { get }
  /// Scale α of it, in weeks.
  var rateScale: Double { get }

  /// P(alive): probability that the customer is still active at its age, 0…1.
  func pAlive(_ history: PurchaseHistory) -> Double

  /// Expected purchases in the `weeks` after the as-of date of a customer known to be active then, ≥ 0. Depends on
  /// frequency and age only.
  func expectedPurchasesIfAlive(_ history: PurchaseHistory, weeks: Double) -> Double

  /// P(no purchase in the `weeks` after the as-of date) of a customer known to be active then, 0…1.
  func noPurchaseIfAlive(_ history: PurchaseHistory, weeks: Double) -> Double

  /// How often a customer known to be active then will buy in the `weeks` after the as-of date. Depends on frequency and
  /// age only.
  func futurePurchasesIfAlive(_ history: PurchaseHistory, weeks: Double) -> CountDistribution
}

extension PurchaseModel {
  /// Expected purchases in the `weeks` after the as-of date, E[Y(t) | x, t_x, T] ≥ 0.
  public func expectedPurchases(_ history: PurchaseHistory, weeks: Double) -> Double {
    pAlive(history) * expectedPurchasesIfAlive(history, weeks: weeks)
  }

  /// Expected repeat purchases in the `weeks` after a first purchase, E[X(t)].
  public func expectedPurchases(ofNewCustomerIn weeks: Double) -> Double {
    expectedPurchases(.new, weeks: weeks)
  }

  /// P(no purchase in the `weeks` after the as-of date), be it that the customer has left or waits: 0…1.
  public func noPurchase(_ history: PurchaseHistory, weeks: Double) -> Double {
    let alive = pAlive(history)
    return 1 - alive + alive * noPurchaseIfAlive(history, weeks: weeks)
  }

  /// By when the customer has bought again with probability `share`, in weeks, to a thousandth; nil where that is not before a hundred
  /// years: it may have left, or be leaving.
  public func weeksToNextPurchase(_ history: PurchaseHistory, share: Double) -> Double? {
    let never = 5_200.0
    guard share > 0, share < 1, 1 - noPurchase(history, weeks: never) >= share else { return nil }
    var (low, high) = (0.0, never)
    while high - low > 1e-3 {
      // Early ones are told apart by hours, late ones by weeks.
      let middle = low < 1e-3 ? high / 8 : (low * high).squareRoot()
      if 1 - noPurchase(history, weeks: middle) >= share { high = middle } else { low = middle }
      if high / max(low, 1e-9) < 1 + 1e-6 { break }
    }
    return high
  }

  /// P(alive) and expected purchases in `weeks` of many customers, in the order of the input; without intervals.
  /// O(n + pairs of frequency and age).
  public func scores(_ histories: [PurchaseHistory], weeks: Double) -> [PurchaseScore] {
    var known: [Seniority: Double] = [:]
    return histories.map { history in
      let seniority = Seniority(history)
      let ifAlive: Double
      if let before = known[seniority] {
        ifAlive = before
      } else {
        ifAlive = expectedPurchasesIfAlive(history, weeks: weeks)
        known[seniority] = ifAlive
      }
      let pAlive = pAlive(history)
      return PurchaseScore(pAlive: pAlive, expectedPurchases: pAlive * ifAlive)
    }
  }

  /// Expected purchases, each discounted to the as-of date by its period: `Σ_{i=1..H} (E(iτ) − E((i−1)τ)) / (1+d)^i`.
  ///
  /// Source: handbook §12.3.
  func discountedPurchasesIfAlive(_ history: PurchaseHistory, _ horizon: Horizon) -> Double {
    var before = 0.0
    var sum = 0.0
    for period in stride(from: 1, through: horizon.periods, by: 1) {
      let until = expectedPurchasesIfAlive(history, weeks: Double(period) * horizon.weeksPerPeriod)
      sum += (until - before) * horizon.discountFactor(after: period)
      before = until
    }
    return sum
  }

  /// DERT: all purchases after the as-of date discounted continuously at `rate` a week; nil unless that is above 0.
  ///
  /// `∫ e^{−δu} dE(u) = ∫ δ e^{−δu} E(u) du`, which for the Pareto/NBD is the closed form with the confluent
  /// hypergeometric function. By quadrature in the logarithm of α + T + u; relative error below 1e-8.
  /// Source: P. S. Fader, B. G. S. Hardie, K. L. Lee, "RFM and CLV", Journal of Marketing Research 42 (2005), eq. 6.
  public func discountedResidualPurchases(_ history: PurchaseHistory, weeklyRate rate: Double) -> Double? {
    guard rate > 0, rate.isFinite else { return nil }
    let scale = min(rateScale + history.age, 1 / rate)
    let end = log1p(40 / (rate * scale))
    var sum = 0.0
    GaussLegendre.forEachNode(from: 0, to: end, panels: Int(2 * end) + 2) { node, weight in
      let weeks = scale * expm1(node)
      let density = rate * exp(node - rate * weeks) * scale
      sum += weight * density * expectedPurchasesIfAlive(history, weeks: weeks)
    }
    return pAlive(history) * sum
  }
}

extension Double {
  /// As a length of time to forecast: 0 for negative numbers and NaN, at most a billion.
  var asHorizon: Double { self > 0 ? Swift.min(self, 1e9) : 0 }
}

/// What a purchase model says of one customer.
public struct PurchaseScore: Equatable, Sendable {
  /// P(alive), 0…1.
  public let pAlive: Double
  /// Expected purchases in the weeks asked for, ≥ 0.
  public let expectedPurchases: Double
}

/// Over which time future purchases count, and how much later ones are worth less.
public struct Horizon: Hashable, Sendable {
  public let periods: Int
  public let weeksPerPeriod: Double
  /// Discount rate per period, d > −1.
  public let discountRate: Double

  /// Nil unless there is at least one period of positive length and at most 1,200, and the rate is above −1.
  public init?(periods: Int, weeksPerPeriod: Double, discountRate: Double) {
    guard 1...1200 ~= periods, weeksPerPeriod > 0, weeksPerPeriod <= 10_000, discountRate > -1, discountRate.isFinite
    else { return nil }
    self.periods = periods
    self.weeksPerPeriod = weeksPerPeriod
    self.discountRate = discountRate
  }

  /// Quarters of a year, with a rate per year.
  public init?(quarters: Int, yearlyRate: Double) {
    self.init(periods: quarters, weeksPerPeriod: 365.25 / 28, discountRate: pow(1 + yearlyRate, 0.25) - 1)
  }

  public var weeks: Double { Double(periods) * weeksPerPeriod }

  /// Periods in which so many times more is bought than usual, discounted as before.
  public func stretched(by factor: Double) -> Horizon {
    Horizon(periods: periods, weeksPerPeriod: weeksPerPeriod * factor, discountRate: discountRate) ?? self
  }

  func discountFactor(after period: Int) -> Double { pow(1 + discountRate, -Double(period)) }
}
