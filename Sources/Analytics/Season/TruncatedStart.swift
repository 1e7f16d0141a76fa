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
}
