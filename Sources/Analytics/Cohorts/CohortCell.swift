extension CohortTriangle {
  /// What a cohort did in one period.
  public struct Cell: Equatable, Sendable {
    /// Customers of the cohort: the denominator.
    public let acquired: Int
    /// Those of them who bought in the period.
    public let active: Int
    /// Purchase occasions; a customer's purchases of one day are one.
    public let orders: Int
    /// Minor units.
    public let revenue: Int64
    /// Revenue since acquisition, this period included, in minor units.
    public let cumulativeRevenue: Int64
    /// The as-of day lies within: more may come.
    public let isRunning: Bool

    /// `active / acquired`, 0…1; nil for a cohort without customers.
    public var retention: Double? { acquired > 0 ? Double(active) / Double(acquired) : nil }

    /// Cumulative revenue per customer acquired, whether still active or not, in minor units, rounded to the nearest
    /// and halves away from zero; nil for a cohort without customers.
    public var valuePerCustomer: Int64? {
      guard acquired > 0 else { return nil }
      let doubled = 2 * Int128(cumulativeRevenue), count = Int128(acquired)
      return Int64(clamping: (doubled + (doubled < 0 ? -count : count)) / (2 * count))
    }
  }
}

extension CohortTriangle.Cell {
  /// The cells that are over, together.
  init(sumOf cells: [Self]) {
    let over = cells.filter { !$0.isRunning }
    func sum(_ amount: (Self) -> Int64) -> Int64 {
      Int64(clamping: over.reduce(Int128(0)) { $0 + Int128(amount($1)) })
    }
    acquired = over.reduce(0) { $0 + $1.acquired }
    active = over.reduce(0) { $0 + $1.active }
    orders = over.reduce(0) { $0 + $1.orders }
    revenue = sum(\.revenue)
    cumulativeRevenue = sum(\.cumulativeRevenue)
    isRunning = false
  }
}
