/// Repeat purchases of a cohort week by week, expected and actual: the chart by which purchase models are judged.
///
/// Expected are `Σ_i E[X(t − t_i)]` over the customers, t_i being the day of the first purchase: from the parameters
/// alone, without what each customer did.
/// Source: Fader, Hardie, Lee 2005 (BG/NBD), figures 2 and 3.
public struct Tracking: Codable, Equatable, Sendable {
  /// One week; the first begins with the cohort's first purchase.
  public struct Week: Codable, Equatable, Sendable {
    /// 1, 2, …
    public let number: Int
    public let expected: Double
    public let actual: Int
    public let cumulativeExpected: Double
    public let cumulativeActual: Int
  }

  /// Whole weeks up to the holdout's end.
  public let weeks: [Week]
  /// Weeks, whole and parts, that the model was fitted to.
  public let calibrationWeeks: Double

  /// O(weeks · days on which a first purchase fell + days · cost of one expectation).
  public init(_ statistics: PurchaseStatistics, model: any PurchaseModel) {
    let days = statistics.repeatsByDay.count
    var newcomers = [Double](repeating: 0, count: days)
    for customer in statistics.customers where customer.occasions > 0 {
      newcomers[Int(customer.firstDay) - statistics.firstDay] += 1
    }
    let ofOne = (0..<days).map { model.expectedPurchases(ofNewCustomerIn: Double($0) / 7) }
    let firsts = newcomers.indices.filter { newcomers[$0] > 0 }
    var weeks: [Week] = []
    for number in 1..<(days / 7 + 1) {
      let last = number * 7 - 1
      let actual = statistics.repeatsByDay[(last - 6)...last].reduce(0, +)
      let expected = firsts.prefix { $0 <= last }.reduce(0) { $0 + newcomers[$1] * ofOne[last - $1] }
      weeks.append(
        Week(
          number: number, expected: expected - (weeks.last?.cumulativeExpected ?? 0), actual: actual,
          cumulativeExpected: expected, cumulativeActual: actual + (weeks.last?.cumulativeActual ?? 0)))
    }
    self.weeks = weeks
    calibrationWeeks = Double(statistics.calibrationEnd - statistics.firstDay + 1) / 7
  }
}
