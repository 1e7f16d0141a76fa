/// What is usual among all customers of a firm at the end of a day: what each of them is compared with.
struct FirmHabits: Codable, Equatable, Sendable {
  /// How long the days to come are by the firm's clock.
  private(set) var toCome: Double
  /// Days from one purchase to the next, the mean of all gaps.
  let gap: Double
  /// Minor units spent on a purchase day, the mean.
  let amount: Double
  /// Purchase rates among customers as a Gamma distribution, its shape and its scale in days, by the method of moments:
  /// see `NBD`.
  let rateShape: Double
  let rateScale: Double

  /// The same firm before other days to come.
  func before(_ toCome: Double) -> FirmHabits {
    var other = self
    other.toCome = toCome
    return other
  }

  init(_ customers: [LeavingFeatures], toCome: Double) {
    self.toCome = toCome
    let histories = customers.compactMap {
      PurchaseHistory(frequency: $0.frequency - 1, recency: ($0.age - $0.recency) / 7, age: $0.age / 7)
    }
    let rates = NBD.parameters(of: HistoryGroups(histories))
    rateShape = rates[0]
    rateScale = rates[1] * 7
    var (gaps, days, purchases, spend) = (0.0, 0.0, 0.0, 0.0)
    for customer in customers {
      gaps += Double(customer.frequency - 1)
      days += customer.age - customer.recency
      purchases += Double(customer.frequency)
      spend += customer.spend.ever
    }
    gap = gaps > 0 ? days / gaps : rateScale / rateShape
    amount = purchases > 0 ? spend / purchases : 0
  }
}
