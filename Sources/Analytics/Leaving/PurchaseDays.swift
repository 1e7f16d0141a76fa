/// The days on which a customer bought, and for how much.
public struct PurchaseDays: Equatable, Sendable {
  /// Day numbers, rising, each once.
  public let days: [Int]
  /// What was spent on each of the days, in minor units; held at the ends of 64 bits. May be zero or less, which is no
  /// spend but still a purchase.
  public let amounts: [Int64]

  /// From one row a purchase, in any order; those of the same day are one. If one array is longer, its rest is not
  /// used. O(n) where days are rising, else O(n log n).
  public init(days: [Int], amounts: [Int64]) {
    let count = min(days.count, amounts.count)
    if days.count == amounts.count, zip(days, days.dropFirst()).allSatisfy(<) {
      self.days = days
      self.amounts = amounts
      return
    }
    var joined: (days: [Int], amounts: [Int64]) = ([], [])
    for row in (0..<count).sorted(by: { days[$0] < days[$1] }) {
      if let last = joined.days.last, last == days[row] {
        let sum = Int128(joined.amounts.removeLast()) + Int128(amounts[row])
        joined.amounts.append(Int64(clamping: sum))
      } else {
        joined.days.append(days[row])
        joined.amounts.append(amounts[row])
      }
    }
    (self.days, self.amounts) = joined
  }

  /// What was known of them at the end of a day.
  func until(_ today: Int) -> PurchaseDays {
    let seen = days.count(notAbove: today)
    return seen == days.count ? self : PurchaseDays(days: Array(days[..<seen]), amounts: Array(amounts[..<seen]))
  }
}
