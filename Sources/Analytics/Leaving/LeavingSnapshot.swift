/// What was known of all customers at the end of a day, and who bought nothing in the days after it.
struct LeavingSnapshot {
  /// Those who had bought by that day; times are by the firm's clock.
  private(set) var customers: [Customer] = []
  let firm: FirmHabits

  struct Customer {
    let purchases: PurchaseDays
    let features: LeavingFeatures
    /// Probability of no purchase by the purchase model, where there is one.
    let purchaseModel: Double?
    /// Whether there was no purchase in the days after.
    let isSilent: Bool
  }

  /// O(purchases), and the purchase model is asked once for each customer.
  init(
    of all: [PurchaseDays], asOf today: Int, days: Int, clock: SeasonalClock,
    purchaseModel: LeavingModel.PurchaseModelProbability?
  ) {
    customers.reserveCapacity(all.count)
    for purchases in all {
      guard let features = LeavingFeatures(purchases, asOf: today, days: days, clock: clock) else { continue }
      let next = purchases.days[features.frequency...].first
      customers.append(
        Customer(
          purchases: purchases, features: features,
          purchaseModel: purchaseModel.flatMap { model in
            purchases.history(of: features.frequency, asOf: today).flatMap { model($0, today) }
          },
          isSilent: next.map { $0.days(since: today) > days } ?? true))
    }
    firm = FirmHabits(customers.map(\.features), toCome: clock.time(today + days) - clock.time(today))
  }

  /// What the log-odds of no purchase are to be told from.
  func columns(of customer: Customer) -> [Double] {
    customer.features.columns(among: firm, purchaseModel: customer.purchaseModel?.logOdds ?? 0)
  }
}

extension PurchaseDays {
  fileprivate func history(of count: Int, asOf today: Int) -> PurchaseHistory? {
    PurchaseHistory(purchaseDays: count, firstDay: days[0], lastDay: days[count - 1], asOf: today)
  }
}
