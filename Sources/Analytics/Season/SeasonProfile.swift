/// How much more or less than usual is bought on a day of each calendar month.
///
/// Learned from whole months by ``SeasonFit``, or given by hand where a firm knows its trade better than two years of
/// orders tell. Twelve factors; over a mean year of 365.2425 days their mean is 1, so that seasonal time (see
/// ``operationalDay(_:)``) keeps pace with the calendar.
///
/// Chinese New Year moves between 21 January and 20 February, so that what is bought before it falls into either month.
/// Where January and February change places from year to year, they share one factor, and ``poolsNewYear`` says so; the
/// holiday itself is not forecast.
public struct SeasonProfile: Codable, Equatable, Sendable {
  /// January first; each above 0.
  public let factors: [Double]
  /// Whether January and February share one factor, as they differ too much from year to year.
  public let poolsNewYear: Bool

  /// No season.
  public static let flat = SeasonProfile(trusted: [Double](repeating: 1, count: 12), poolsNewYear: false)

  /// Whole months without which a season cannot be told from a trend.
  public static let leastMonths = 24

  /// By hand: rates of the twelve months relative to each other, January first, in any unit. Nil unless there are
  /// twelve finite numbers above 0.
  public init?(factors: [Double]) {
    guard factors.count == 12, factors.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    let greatest = factors.max() ?? 1
    let scaled = Self.meanOne(factors.map { $0 / greatest })
    guard scaled.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    self.init(trusted: scaled, poolsNewYear: false)
  }

  /// From purchases by month. Nil below 24 months; flat where the months differ no more than noise makes them.
  /// O(months), some hundred rounds.
  public init?(_ history: MonthlyHistory) {
    self.init(history.purchases)
  }

  init?(_ series: MonthlySeries) {
    guard series.values.count >= Self.leastMonths else { return nil }
    var fit = SeasonFit(series, poolsNewYear: false)
    if fit.newYearMoves { fit = SeasonFit(series, poolsNewYear: true) }
    self.init(trusted: Self.meanOne(fit.shrunken), poolsNewYear: fit.poolsNewYear)
  }

  public var isFlat: Bool { factors.allSatisfy { $0 == factors[0] } }

  public subscript(month: CalendarMonth) -> Double { factors[month.month - 1] }

  private init(trusted factors: [Double], poolsNewYear: Bool) {
    self.factors = factors
    self.poolsNewYear = poolsNewYear
  }

  static func meanOne(_ factors: [Double]) -> [Double] {
    let sum = zip(factors, monthDays).reduce(0) { $0 + $1.0 * $1.1 }
    return factors.map { $0 * 365.2425 / sum }
  }

  /// Of the mean year.
  private static let monthDays = [31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

extension SeasonProfile {
  /// Seasonal time, in which a firm with a season buys evenly: the factors of all days after day 0 (1970-01-01) up to
  /// and with this one, added up; negative before. It rises by 1 a day on average, faster in the high season.
  ///
  /// Purchase models fitted to these in place of days see rates without a season. Days beyond the years 1 to 9999 are
  /// held at their ends. O(1).
  ///
  /// Source: operational time of a Poisson process with a varying rate, W. Feller, "An Introduction to Probability
  /// Theory and Its Applications" I, 3rd ed. (1968), XVII.
  public func operationalDay(_ day: Int) -> Double {
    let held = min(max(day, -719_162), 2_932_895)
    return sum(before: held + 1) - sum(before: 1)
  }

  /// Mean factor of the days after `from` up to and with `to`, as forecasts count them from an as-of date; the factor
  /// of the day `to` where that leaves none. O(1).
  public func weight(fromDay from: Int, toDay to: Int) -> Double {
    let (from, to) = (min(max(from, -719_162), 2_932_895), min(max(to, -719_162), 2_932_895))
    guard from < to else { return self[CalendarMonth(containing: to)] }
    return (operationalDay(to) - operationalDay(from)) / Double(to - from)
  }

  /// Weeks of seasonal time after a day up to and with another one.
  public func weeks(fromDay from: Int, toDay to: Int) -> Double {
    isFlat ? Double(to - from) / 7 : (operationalDay(to) - operationalDay(from)) / 7
  }

  /// Days after a day until so many weeks of seasonal time have passed.
  public func days(fromDay from: Int, weeks: Double) -> Double {
    guard !isFlat, weeks.isFinite, weeks < 100_000 else { return weeks * 7 }
    // A year brings as much as a year of the calendar; what is left lies within the next.
    var (low, high) = (0, Int(weeks * 7) + 800)
    while high - low > 1 {
      let middle = (low + high) / 2
      if self.weeks(fromDay: from, toDay: from + middle) >= weeks { high = middle } else { low = middle }
    }
    let (before, after) = (self.weeks(fromDay: from, toDay: from + low), self.weeks(fromDay: from, toDay: from + high))
    return Double(low) + (after > before ? min(max((weeks - before) / (after - before), 0), 1) : 1)
  }

  /// Of all days from 1970-01-01 to the day before this one; negative for days before 1970.
  private func sum(before day: Int) -> Double {
    let month = CalendarMonth(containing: day)
    let years = month.year - 1970
    let january = month.advanced(by: 1 - month.month)
    let leapDays = january.firstDay - 365 * years
    var sum = Double(years) * commonYear + Double(leapDays) * factors[1]
    for earlier in 0..<(month.month - 1) { sum += factors[earlier] * Double(january.advanced(by: earlier).days) }
    return sum + Double(day - month.firstDay) * factors[month.month - 1]
  }

  private var commonYear: Double {
    zip(factors, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

extension SeasonProfile {
  /// - Throws: `DecodingError` where the factors are none: what was stored may come from elsewhere.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let factors = try container.decode([Double].self, forKey: .factors)
    guard SeasonProfile(factors: factors) != nil else {
      throw DecodingError.dataCorruptedError(forKey: .factors, in: container, debugDescription: "not twelve factors")
    }
    self.init(trusted: factors, poolsNewYear: try container.decode(Bool.self, forKey: .poolsNewYear))
  }
}
