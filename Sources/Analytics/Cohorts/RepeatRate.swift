/// How many new customers buy a second time, and how soon.
///
/// The plain share of those who have come back falls with every new customer, who has had no time yet. The curve is
/// free of that: a customer without a second order is followed until the as-of day and no longer counted after it.
public struct RepeatRate: Equatable, Sendable {
  /// A customer's first purchase day and the next one after it, if any.
  public struct Start: Hashable, Sendable {
    public let first: Int
    public let second: Int?

    public init(first: Int, second: Int?) {
      self.first = first
      self.second = second
    }
  }

  /// Days from the first order to the second; its survival is the share not yet back.
  public let waiting: KaplanMeier
  /// Customers whose first order came by the as-of day.
  public let buyers: Int
  /// Those of them back by the as-of day.
  public let repeated: Int

  /// Customers who start after the as-of day are left out; second orders after it have not happened. O(n log n).
  public init(_ customers: [Start], asOf today: Int) {
    let started = customers.filter { $0.first <= today }
    let seconds = started.map { start in start.second.flatMap { $0 <= today ? $0 : nil } }
    waiting = KaplanMeier(
      durations: zip(started, seconds).map { ($1 ?? today).days(since: $0.first) }, observed: seconds.map { $0 != nil })
    buyers = started.count
    repeated = seconds.count { $0 != nil }
  }

  /// `repeated / buyers` as of today, 0…1, without regard to how long each has had; nil without buyers.
  public var plainShare: Double? { buyers > 0 ? Double(repeated) / Double(buyers) : nil }

  /// The share back within so many days of the first order, 0…1; nil beyond what anybody has been followed for.
  public func share(within days: Int) -> Double? {
    waiting.survival(at: days).map { 1 - $0 }
  }

  /// Days by which half have come back; nil while fewer have.
  public var median: Int? { waiting.median }
}
