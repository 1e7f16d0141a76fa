/// What a customer spent in the last stretch of days against the stretch of the same length before it.
public struct SpendChange: Hashable, Codable, Sendable {
  /// Minor units in the days `(asOf − 2 · window, asOf − window]`, held within 64 bits.
  public let before: Int64
  /// Minor units in the days `(asOf − window, asOf]`.
  public let now: Int64

  /// A year, so that the same seasons are compared.
  public static let year = 365

  /// Nil unless there is enough to compare: at least `leastDays` different purchase days in the stretch before, which
  /// together came to more than zero. A customer who began in the midst of that stretch spent less in it, so a fall may
  /// be missed but none is made up. O(n); no value traps.
  public init?(
    _ purchases: [(day: Int, amount: Int64)], asOf today: Int, window: Int = year, leastDays: Int = 3
  ) {
    var before = Int128(0)
    var now = Int128(0)
    var daysBefore: Set<Int> = []
    for (day, amount) in purchases where day <= today {
      let age = today.days(since: day)
      if age < window {
        now += Int128(amount)
      } else if age - window < window {
        before += Int128(amount)
        daysBefore.insert(day)
      }
    }
    guard before > 0, daysBefore.count >= leastDays else { return nil }
    self.before = Int64(clamping: before)
    self.now = Int64(clamping: now)
  }

  /// The share by which spending fell: 1 when nothing is left of it, 0 when it held, below 0 when it rose.
  public var fall: Double { 1 - Double(max(now, 0)) / Double(before) }
}
