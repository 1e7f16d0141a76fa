/// Counts purchases that come by customer and day into the cells of the triangle, remembering only the last one.
struct CohortCount {
  private struct Sum {
    var active = 0
    var orders = 0
    var revenue = Int128(0)
  }

  /// A customer on the way through the periods.
  private struct Place {
    let customer: Int64
    /// Nil for who began before the first period.
    let cohort: Int?
    var period: Int?
    var day: Int?
  }

  private let starts: [Int]
  private var sums: [Sum]
  private var place: Place?

  init(starts: [Int]) {
    self.starts = starts
    sums = Array(repeating: Sum(), count: starts.count * starts.count)
  }

  mutating func add(_ purchase: CohortTriangle.Purchase) {
    let period = starts.lastPlace(notAfter: purchase.day)
    let known = place.flatMap { $0.customer == purchase.customer ? $0 : nil }
    var now = known ?? Place(customer: purchase.customer, cohort: period)
    if let cohort = now.cohort, let period {
      let cell = cohort * starts.count + period - cohort
      if now.period != period { sums[cell].active += 1 }
      if now.day != purchase.day { sums[cell].orders += 1 }
      sums[cell].revenue += Int128(purchase.amount)
    }
    now.period = period
    now.day = purchase.day
    place = now
  }

  func cells(of cohort: Int, isRunning: Bool) -> [CohortTriangle.Cell] {
    let row = sums[cohort * starts.count..<(cohort + 1) * starts.count].prefix(starts.count - cohort)
    var cumulative = Int128(0)
    return row.enumerated().map { age, sum in
      cumulative += sum.revenue
      return CohortTriangle.Cell(
        // Everybody bought in the period of acquisition.
        acquired: row.first?.active ?? 0, active: sum.active, orders: sum.orders,
        revenue: Int64(clamping: sum.revenue), cumulativeRevenue: Int64(clamping: cumulative),
        isRunning: isRunning && cohort + age == starts.count - 1)
    }
  }
}

extension [Int] {
  /// The period a day lies in, of ascending first days; nil before the first.
  fileprivate func lastPlace(notAfter day: Int) -> Int? {
    let begun = count(notAbove: day)
    return begun > 0 ? begun - 1 : nil
  }
}
