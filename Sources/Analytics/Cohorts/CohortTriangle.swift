/// Customers by the period of their first purchase (their cohort), followed through the periods after it.
///
/// Row `c`, column `k`: what those acquired in period `c` did in period `c + k`. The younger a cohort, the shorter its
/// row: what has not happened yet is absent, not zero. The period in which the as-of day lies is marked as running
/// until its last day.
///
/// Retention here is activity in that very period: who pauses and comes back is counted again.
///
/// Source: P. S. Fader, B. G. S. Hardie, M. Ross, *The Customer-Base Audit*, 2022.
public struct CohortTriangle: Equatable, Sendable {
  /// What one customer bought on one day.
  public struct Purchase: Hashable, Sendable {
    public let customer: Int64
    /// Day number, from any origin that is the same everywhere.
    public let day: Int
    /// Minor units. Returns belong to the day of the purchase they undo.
    public let amount: Int64

    public init(customer: Int64, day: Int, amount: Int64) {
      self.customer = customer
      self.day = day
      self.amount = amount
    }
  }

  public struct Cohort: Equatable, Sendable {
    /// First day of the period of acquisition.
    public let start: Int
    /// Column 0 (the period of acquisition) up to the period of the as-of day.
    public let cells: [Cell]
    public var acquired: Int { cells.first?.acquired ?? 0 }
  }

  /// Oldest first, one for each period begun by the as-of day, those without customers too.
  public let cohorts: [Cohort]

  /// Nil beyond the as-of day, and for cohorts there are not.
  public subscript(cohort: Int, age: Int) -> Cell? {
    guard cohorts.indices.contains(cohort), cohorts[cohort].cells.indices.contains(age) else { return nil }
    return cohorts[cohort].cells[age]
  }

  /// Counts `purchases` into periods.
  ///
  /// - `boundaries`: the first day of each period, months or weeks or any others, and the day after the last one.
  /// - The purchases must reach back to each customer's very first. Customers who began before the first boundary are
  ///   left out, as are purchases after the as-of day or the last boundary.
  /// - Rows of the same customer and day are one occasion.
  ///
  /// O(n log p) when the purchases come by customer and day, which is worth asking the database for; in any other
  /// order they are sorted first. O(p²) memory. Sums are held within 64 bits; no value traps.
  public init(_ purchases: [Purchase], boundaries: [Int], asOf today: Int) {
    let bounds = Set(boundaries).sorted()
    let begun = bounds.dropLast().count { $0 <= today }
    guard begun > 0, let end = bounds.last else {
      cohorts = []
      return
    }
    var count = CohortCount(starts: Array(bounds.prefix(begun)))
    let lastDay = Swift.min(today, end - 1)
    for purchase in purchases.byCustomerAndDay where purchase.day <= lastDay { count.add(purchase) }
    let isRunning = today < bounds[begun] - 1
    cohorts = (0..<begun).map { cohort in
      Cohort(start: bounds[cohort], cells: count.cells(of: cohort, isRunning: isRunning))
    }
  }

  /// All cohorts together, by age: each column over the cohorts that have lived it to the end, so that numerator and
  /// denominator are the same customers. Cells of the running period are left out.
  public var overall: [Cell] {
    cohorts.indices.map { age in Cell(sumOf: cohorts.compactMap { $0.cells.dropFirst(age).first }) }
      .filter { $0.acquired > 0 }
  }
}

extension [CohortTriangle.Purchase] {
  fileprivate var byCustomerAndDay: Self {
    func precedes(_ a: Element, _ b: Element) -> Bool { (a.customer, a.day) < (b.customer, b.day) }
    let isInOrder = indices.dropFirst().allSatisfy { !precedes(self[$0], self[$0 - 1]) }
    return isInOrder ? self : sorted(by: precedes)
  }
}
