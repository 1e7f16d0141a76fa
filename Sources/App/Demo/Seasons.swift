import Store

/// How busy the firm is day by day: weeks, the two feasts by the moon, the tea harvest, and its own growth.
struct Seasons: Sendable {
  /// Gifts go out before the feasts; shops and kitchens buy all year; people buy on weekends.
  enum Rhythm: Sendable { case gifts, steady, personal }

  let first: Day
  /// The sum of the weights of all days before each; one more than there are days.
  private let sums: [Double]

  init(_ rhythm: Rhythm, from first: Day, through last: Day) {
    self.first = first
    let count = max(last.days(since: first), 0) + 1
    var sum = 0.0
    sums =
      [0]
      + (0..<count).map { offset in
        sum += Self.weight(first.adding(days: offset), rhythm) * (1 + 0.4 * Double(offset) / Double(count))
        return sum
      }
  }

  var count: Int { sums.count - 1 }

  /// How much of all business falls on these days, counted from the first.
  func share(_ days: Range<Int>) -> Double {
    (sums[days.upperBound] - sums[days.lowerBound]) / (sums.last ?? 1)
  }

  /// The day a fraction of the business of these days is done at.
  func day(at fraction: Double, of days: Range<Int>) -> Int {
    let wanted = sums[days.lowerBound] + fraction * (sums[days.upperBound] - sums[days.lowerBound])
    var (low, high) = (days.lowerBound, days.upperBound - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle + 1] > wanted { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private static func weight(_ day: Day, _ rhythm: Rhythm) -> Double {
    week(day, rhythm) * feast(day, springFestivals, rhythm, closedAfter: 8)
      * feast(day, moonFestivals, rhythm, closedAfter: 2) * harvest(day, rhythm)
  }

  private static func week(_ day: Day, _ rhythm: Rhythm) -> Double {
    let isWeekend = day.weekday >= 6
    return switch rhythm {
    case .gifts: isWeekend ? 0.15 : 1
    case .steady: isWeekend ? 0.6 : 1.1
    case .personal: isWeekend ? 1.4 : 0.9
    }
  }

  private static func feast(_ day: Day, _ feasts: [Day], _ rhythm: Rhythm, closedAfter: Int) -> Double {
    guard let feast = feasts.first(where: { $0.adding(days: closedAfter) > day }) else { return 1 }
    let before = feast.days(since: day)
    let most: Double =
      switch rhythm {
      case .gifts: 5
      case .steady: 1.6
      case .personal: 2.4
      }
    switch before {
    case ...0: return 0.1
    case 1...3: return 0.7
    case 4...25: return most
    case 26...40: return 1 + (most - 1) * Double(40 - before) / 15
    default: return 1
    }
  }

  /// New tea comes from the end of March; nobody drinks hot tea in July.
  private static func harvest(_ day: Day, _ rhythm: Rhythm) -> Double {
    switch (day.month, day.day) {
    case (3, 20...), (4, _): rhythm == .gifts ? 1.3 : 1.8
    case (7, _), (8, ...15): 0.8
    case (11, 1...12): rhythm == .personal ? 1.6 : 1
    default: 1
    }
  }

  private static let springFestivals = days([
    "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17",
    "2027-02-06",
    "2028-01-26", "2029-02-13", "2030-02-03", "2031-01-23", "2032-02-11", "2033-01-31", "2034-02-19",
    "2035-02-08",
  ])
  private static let moonFestivals = days([
    "2020-10-01", "2021-09-21", "2022-09-10", "2023-09-29", "2024-09-17", "2025-10-06", "2026-09-25",
    "2027-09-15",
    "2028-10-03", "2029-09-22", "2030-09-12", "2031-10-01", "2032-09-19", "2033-09-08", "2034-09-27",
    "2035-09-16",
  ])
  private static func days(_ texts: [String]) -> [Day] { texts.compactMap { Day($0) } }
}
