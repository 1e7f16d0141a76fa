/// The days between a customer's purchases, and since the last of them.
public struct PurchaseGaps: Equatable, Sendable {
  /// Lengths in days, ascending, each at least 1: purchases of one day are one. One fewer than purchase days.
  public let lengths: [Int]
  /// Days since the last purchase, at least 0: the gap that is still open.
  public let present: Int

  /// Nil without a purchase by the as-of day; later ones are left out. In any order. O(n log n); no value traps.
  public init?(purchaseDays: [Int], asOf today: Int) {
    let days = Set(purchaseDays).filter { $0 <= today }.sorted()
    guard let last = days.last else { return nil }
    lengths = zip(days, days.dropFirst()).map { $1.days(since: $0) }.sorted()
    present = today.days(since: last)
  }

  /// Days; nil without a second purchase.
  public var mean: Double? {
    lengths.isEmpty ? nil : lengths.reduce(0) { $0 + Double($1) } / Double(lengths.count)
  }

  /// Days, the mean of the middle two where their number is even; nil without a second purchase.
  public var median: Double? {
    guard !lengths.isEmpty else { return nil }
    let middle = lengths.count / 2
    return lengths.count.isMultiple(of: 2)
      ? (Double(lengths[middle - 1]) + Double(lengths[middle])) / 2 : Double(lengths[middle])
  }

  /// Coefficient of variation: the standard deviation (of a sample) over the mean. 0 is clockwork, 1 is what purchases at
  /// random moments show, more is bursts and pauses. Nil with fewer than two gaps.
  ///
  /// Source: random moments make exponential gaps, whose deviation is their mean; A. S. C. Ehrenberg, "The pattern of
  /// consumer purchases", Applied Statistics 8 (1959).
  public var variation: Double? {
    guard lengths.count >= 2, let mean else { return nil }
    let squares = lengths.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return (squares / Double(lengths.count - 1)).squareRoot() / mean
  }
}
