/// What is known of a customer at the end of a day that speaks for or against a purchase in the days to come.
public struct LeavingFeatures: Equatable, Sendable {
  /// Days since the last purchase, ≥ 0.
  public let recency: Double
  /// Days with purchases, ≥ 1.
  public let frequency: Int
  /// Days since the first purchase, ≥ recency.
  public let age: Double
  /// Days from one purchase to the next, the mean of the customer's own; nil before the third purchase, as one gap is
  /// no rhythm.
  public let ownGap: Double?
  /// Coefficient of variation of the gaps, see `PurchaseGaps.variation`; nil before the third purchase.
  public let variation: Double?
  /// Purchase days among the last N, 2N and 4N days.
  public private(set) var recent = Recent(one: 0, two: 0, four: 0)
  /// Minor units spent in the last 4N days, in the 4N days before them, and ever. Amounts below zero are no spend.
  public private(set) var spend = Spend(late: 0, early: 0, ever: 0)

  public struct Recent: Equatable, Sendable {
    public internal(set) var one, two, four: Int
  }

  public struct Spend: Equatable, Sendable {
    public internal(set) var late, early, ever: Double
  }

  /// Nil without a purchase by the day; later ones are not looked at. O(purchases).
  /// - Parameter days: N, how many are to come.
  public init?(_ purchases: PurchaseDays, asOf today: Int, days: Int) {
    self.init(purchases, asOf: today, days: days, clock: .calendar)
  }

  /// - Parameter clock: by which all days are counted.
  init?(_ purchases: PurchaseDays, asOf today: Int, days: Int, clock: SeasonalClock) {
    frequency = purchases.days.count(notAbove: today)
    guard frequency > 0 else { return nil }
    let now = clock.time(today)
    let first = clock.time(purchases.days[0])
    var last = first
    var squaredGaps = 0.0
    for place in 0..<frequency {
      let time = clock.time(purchases.days[place])
      squaredGaps += (time - last) * (time - last)
      last = time
      let ago = (now - time) / Double(days)
      spend.add(Double(max(purchases.amounts[place], 0)), ago: ago)
      recent.add(ago: ago)
    }
    recency = now - last
    age = now - first
    let gaps = Double(frequency - 1)
    let gap = (last - first) / max(gaps, 1)
    let isRhythm = frequency >= 3 && gap > 0
    ownGap = isRhythm ? gap : nil
    variation = isRhythm ? (max(squaredGaps - gaps * gap * gap, 0) / (gaps - 1)).squareRoot() / gap : nil
  }
}

extension LeavingFeatures.Recent {
  /// - Parameter ago: in N days.
  fileprivate mutating func add(ago: Double) {
    if ago < 1 { one += 1 }
    if ago < 2 { two += 1 }
    if ago < 4 { four += 1 }
  }
}

extension LeavingFeatures.Spend {
  fileprivate mutating func add(_ amount: Double, ago: Double) {
    ever += amount
    if ago < 4 { late += amount } else if ago < 8 { early += amount }
  }
}
