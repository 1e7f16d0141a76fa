/// What the purchase models need to know of one customer: repeat purchases, when the last was, how long we look back.
///
/// Times are weeks since the customer's first purchase. Same-day purchases are one occasion.
/// Source: P. S. Fader, B. G. S. Hardie, K. L. Lee, "Counting your customers the easy way", Marketing Science 24
/// (2005), where the three are x, t_x and T.
public struct PurchaseHistory: Hashable, Sendable {
  /// Purchase occasions after the first, x ≥ 0.
  public let frequency: Int
  /// Weeks from the first purchase to the last, t_x; 0 if there was but one.
  public let recency: Double
  /// Weeks from the first purchase to the as-of date, T ≥ t_x.
  public let age: Double
  /// Purchase occasions of late, the first one too, in a span that whoever asks agrees on. Only the forecast that
  /// everybody buys as often again looks at them; for the models they are 0.
  public let recent: Int

  /// Somebody who buys for the first time on the as-of date.
  public static let new = PurchaseHistory(trustedFrequency: 0, recency: 0, age: 0)

  /// Nil unless `0 ≤ recency ≤ age`, both finite, with a recency above 0 exactly when there are repeat purchases.
  public init?(frequency: Int, recency: Double, age: Double, recent: Int = 0) {
    guard 0...Self.mostPurchases ~= frequency, 0...(frequency + 1) ~= recent, 0 <= recency, recency <= age,
      age <= Self.mostWeeks,
      (recency > 0) == (frequency > 0)
    else { return nil }
    self.init(trustedFrequency: frequency, recency: recency, age: age, recent: recent)
  }

  /// From totals as a database keeps them: days on which the customer bought, the first and the last of them, and the
  /// as-of date, as day numbers. Nil if the last lies after the as-of date (totals cannot be cut off in the past) or
  /// the numbers contradict each other.
  ///
  /// - Parameter season: times are told in its time, in which a firm with a season buys evenly.
  public init?(
    purchaseDays: Int, firstDay: Int, lastDay: Int, asOf: Int, recent: Int = 0, season: SeasonProfile = .flat
  ) {
    let (recency, recencyOverflow) = lastDay.subtractingReportingOverflow(firstDay)
    let (age, ageOverflow) = asOf.subtractingReportingOverflow(firstDay)
    guard purchaseDays > 0, !recencyOverflow, !ageOverflow, purchaseDays - 1 <= recency else { return nil }
    let weeks =
      season.isFlat
      ? (recency: Double(recency) / 7, age: Double(age) / 7)
      : (recency: season.weeks(fromDay: firstDay, toDay: lastDay), age: season.weeks(fromDay: firstDay, toDay: asOf))
    self.init(frequency: purchaseDays - 1, recency: weeks.recency, age: weeks.age, recent: recent)
  }

  /// As it was known at the end of day `asOf`, from all days with purchases in any order. Nil if there were none yet.
  /// O(n log n).
  public init?(purchaseDays: [Int], asOf: Int) {
    let days = Set(purchaseDays.filter { $0 <= asOf })
    guard let first = days.min(), let last = days.max() else { return nil }
    self.init(purchaseDays: days.count, firstDay: first, lastDay: last, asOf: asOf)
  }

  /// The three in one word, for whoever counts equal ones.
  var word: UInt64 {
    let times = recency.bitPattern &* 0x9E37_79B9_7F4A_7C15 &+ age.bitPattern
    return times &* 0xBF58_476D_1CE4_E5B9 &+ UInt64(truncatingIfNeeded: frequency)
  }

  /// More than a purchase every second for ten years, and beyond the age of the firm: typing errors, not customers.
  private static let mostPurchases = 1_000_000
  private static let mostWeeks = 1_000_000.0

  private init(trustedFrequency frequency: Int, recency: Double, age: Double, recent: Int = 0) {
    self.frequency = frequency
    self.recency = recency
    self.age = age
    self.recent = recent
  }

  /// Without what happened of late.
  var whole: PurchaseHistory { PurchaseHistory(trustedFrequency: frequency, recency: recency, age: age) }
}

/// What still matters of a history once the customer is known to be active.
struct Seniority: Hashable {
  let frequency: Int
  let age: Double
  let recent: Int

  init(_ history: PurchaseHistory) { (frequency, age, recent) = (history.frequency, history.age, history.recent) }
}

/// Customers with equal histories counted together, so that work is done once for all of them.
struct HistoryGroups {
  /// Each history once, in order of first appearance, with its number of customers.
  let groups: [(history: PurchaseHistory, count: Double)]
  let customers: Int
  /// Customers by frequency.
  private(set) var frequencies: [Int: Double] = [:]

  /// O(n).
  init(_ histories: [PurchaseHistory]) {
    var known = Numbering<PurchaseHistory>(ofAtMost: histories.count)
    var counts: [Double] = []
    for history in histories.lazy.map(\.whole) {
      let number = known.number(of: history, hash: history.word)
      if number == counts.count { counts.append(1) } else { counts[number] += 1 }
    }
    self.init(zip(known.things, counts).map { (history: $0, count: $1) })
  }

  private init(_ groups: [(history: PurchaseHistory, count: Double)]) {
    self.groups = groups
    customers = Int(groups.reduce(0) { $0 + $1.count })
    for (history, count) in groups { frequencies[history.frequency, default: 0] += count }
  }

  /// Groups at even steps, about `size` of them; nil if there are not twice as many.
  func thinned(to size: Int) -> HistoryGroups? {
    let step = groups.count / size
    guard step > 1 else { return nil }
    return HistoryGroups(stride(from: 0, to: groups.count, by: step).map { groups[$0] })
  }

  var repeaters: Int { customers - Int(frequencies[0] ?? 0) }
}
