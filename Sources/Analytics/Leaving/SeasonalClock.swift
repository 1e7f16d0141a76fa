/// Time as a firm's year has it: it passes faster where more is bought, so that a silence in the dead season counts for
/// less and a quarter in the high season is longer. A whole year is as long as by the calendar, and every year alike.
///
/// The level of a day of the year is the number of repeat purchases in the four weeks around it, in all years known,
/// over what even years would have put there, each year being the one around that day so that a firm's growth is no
/// season. First purchases are left out: they tell when customers are won, not when customers buy. Levels are drawn
/// towards 1 by as much as chance alone makes them differ, so that a firm without seasons gets next to the calendar.
///
/// Source of the drawing together: B. Efron, C. Morris, "Stein's estimation rule and its competitors", JASA 68 (1973).
struct SeasonalClock: Codable, Equatable, Sendable {
  /// The day after which the year of the clock begins.
  private let start: Int
  /// Days by the clock from there to the end of so many days, from 0 to one less than a year; empty for the calendar.
  private let passed: [Double]

  static let calendar = SeasonalClock(start: 0, passed: [])

  /// Whole weeks, so that weekdays fall on weekdays.
  static let year = 364
  private static let mostYears = 6
  /// Days before and after one that speak for its level.
  private static let reach = 14

  private init(start: Int, passed: [Double]) {
    self.start = start
    self.passed = passed
  }

  /// The calendar unless repeat purchases of two years are known. O(purchases of the last six years).
  init(_ customers: [PurchaseDays], asOf today: Int) {
    guard let levels = Self.levels(Self.repeats(customers, asOf: today)) else {
      self = .calendar
      return
    }
    self.init(start: today, passed: levels.runningSums.dropLast())
  }

  /// Days by the clock at the end of a day; of use as a difference.
  func time(_ day: Int) -> Double {
    let since = day.days(since: start)
    guard !passed.isEmpty else { return Double(since) }
    let (years, rest) = since.quotientAndRemainder(dividingBy: Self.year)
    let yearBegins = Double(rest < 0 ? years - 1 : years) * Double(Self.year)
    return yearBegins + passed[rest < 0 ? rest + Self.year : rest]
  }

  /// On each day up to today, from the first with any.
  private static func repeats(_ customers: [PurchaseDays], asOf today: Int) -> [Double] {
    let most = mostYears * year
    var counts = [Double](repeating: 0, count: most)
    for customer in customers {
      for day in customer.days.dropFirst().reversed() where day <= today {
        let back = today.days(since: day)
        guard back < most else { break }
        counts[most - 1 - back] += 1
      }
    }
    return Array(counts[(counts.firstIndex { $0 > 0 } ?? most)...])
  }

  /// By day of the year that begins after the last of the counts, 1 on average; nil unless all are known.
  private static func levels(_ counts: [Double]) -> [Double]? {
    guard counts.count >= 2 * year else { return nil }
    let halfYear = year / 2
    let until = counts.runningSums
    let monthOfYear = Double(2 * reach) / Double(year)
    let shift = year - counts.count % year
    var seen = [Double](repeating: 0, count: year)
    var even = seen
    for place in halfYear..<(counts.count - halfYear) {
      let day = (place + shift) % year
      seen[day] += until[place + reach] - until[place - reach]
      even[day] += (until[place + halfYear] - until[place - halfYear]) * monthOfYear
    }
    guard even.allSatisfy({ $0 > 0 }) else { return nil }
    let levels = zip(seen, even).map { $0 / $1 }
    let mean = levels.reduce(0, +) / Double(year)
    guard mean > 0 else { return nil }
    let spread = levels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(year)
    let chance = even.reduce(0) { $0 + mean / $1 } / Double(year)
    let kept = spread > chance ? 1 - chance / spread : 0
    return levels.map { 1 + kept * ($0 / mean - 1) }
  }
}

extension [Double] {
  /// Sums of the first 0, 1, 2, … values.
  fileprivate var runningSums: [Double] {
    var sums = [0.0]
    for value in self { sums.append(sums[sums.count - 1] + value) }
    return sums
  }
}
