/// The log-odds of no purchase in the next days as a weighted sum of what is known of a customer, learned from the
/// firm's own earlier quarters. All of it was known at the end of one day.
struct LeavingFit: Codable, Equatable, Sendable {
  /// The day it was learned on.
  let asOf: Int
  /// How many are to come.
  let days: Int
  let firm: FirmHabits
  let clock: SeasonalClock
  /// Of the columns of `LeavingFeatures`.
  let weights: [Double]
  /// Customers without and with a purchase in the quarters learned from, each counted in every quarter.
  let silent: Int
  let buying: Int

  /// Learns from the quarters of so many days that end on the day, a quarter before it, and so on.
  ///
  /// The prior of each weight is the unit normal distribution, columns being brought to unit variance, and that of the
  /// constant is wider by a factor of ten. Without a prior two columns that tell nearly the same would be given great
  /// weights of opposite sign. O(customers · quarters · columns²).
  init(
    _ customers: [PurchaseDays], asOf today: Int, days: Int, quarters: Int,
    purchaseModel: LeavingModel.PurchaseModelProbability?
  ) {
    let clock = SeasonalClock(customers, asOf: today)
    func snapshot(before quarters: Int) -> LeavingSnapshot {
      LeavingSnapshot(
        of: customers, asOf: today - quarters * days, days: days, clock: clock, purchaseModel: purchaseModel)
    }
    var design = Design(columns: LeavingFeatures.columnCount)
    var outcomes: [Bool] = []
    for quarter in (1...quarters).reversed() {
      let snapshot = snapshot(before: quarter)
      for customer in snapshot.customers {
        design.append(snapshot.columns(of: customer))
        outcomes.append(customer.isSilent)
      }
    }
    let scaling = design.standardize()
    let precisions = (0..<design.columns).map { $0 == 0 ? 0.01 : 1 }
    let regression = LogisticRegression(
      LogisticProblem(design: design, outcomes: outcomes, precisions: precisions))
    weights = scaling.original(regression.weights)
    silent = outcomes.count { $0 }
    buying = outcomes.count - silent
    firm = snapshot(before: 0).firm
    asOf = today
    self.days = days
    self.clock = clock
  }

  /// Of no purchase in the days that follow a day; nil for whoever had not bought by then.
  /// - Parameter purchaseModel: Probability of the same by the purchase model.
  func logOdds(of customer: PurchaseDays, asOf today: Int, purchaseModel: Double?) -> Double? {
    LeavingFeatures(customer, asOf: today, days: days, clock: clock).map {
      let firm = today == asOf ? firm : firm.before(clock.time(today + days) - clock.time(today))
      return weights.times($0.columns(among: firm, purchaseModel: purchaseModel?.logOdds ?? 0))
    }
  }

  /// What would have been foretold on the day, beside what happened then.
  func foretold(
    _ customers: [PurchaseDays], purchaseModel: LeavingModel.PurchaseModelProbability?
  ) -> [LeavingForecast] {
    let snapshot = LeavingSnapshot(
      of: customers, asOf: asOf, days: days, clock: clock, purchaseModel: purchaseModel)
    return snapshot.customers.map {
      LeavingForecast(
        purchases: $0.purchases, logOdds: weights.times(snapshot.columns(of: $0)), purchaseModel: $0.purchaseModel,
        isSilent: $0.isSilent)
    }
  }
}

/// What was foretold of a customer, and what happened.
struct LeavingForecast {
  let purchases: PurchaseDays
  /// Of no purchase, before recalibration.
  let logOdds: Double
  /// Probability of no purchase by the purchase model.
  let purchaseModel: Double?
  /// Whether there was none.
  let isSilent: Bool
}

extension [Double] {
  /// The sum of products, place by place.
  fileprivate func times(_ others: [Double]) -> Double { zip(self, others).reduce(0) { $0 + $1.0 * $1.1 } }
}
