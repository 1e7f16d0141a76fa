import Foundation

/// A forecast made at an earlier day, and what came of it: months from the first after the cut.
struct OutlookTrial {
  /// Months known at the cut.
  let known: Int
  let predicted: [Double]
  let actual: [Double]
  private let least: Double

  /// Nil where the method cannot look that far back.
  init?(_ method: OutlookMethod, _ series: MonthlySeries, known: Int, season: SeasonProfile) {
    let count = min(Self.longest, series.values.count - known)
    guard let predicted = method.forecast(series.prefix(known), season: season, count: count) else { return nil }
    self.known = known
    self.predicted = predicted
    actual = Array(series.values[known..<(known + count)])
    least = series.least
  }

  /// Months that a trial foresees.
  static let longest = 12

  /// The part of it that had come due when so many months were known; nil for none.
  func asKnown(at months: Int) -> OutlookTrial? {
    let due = min(months - known, actual.count)
    guard due > 0 else { return nil }
    return OutlookTrial(
      known: known, predicted: Array(predicted.prefix(due)), actual: Array(actual.prefix(due)), least: least)
  }

  private init(known: Int, predicted: [Double], actual: [Double], least: Double) {
    self.known = known
    self.predicted = predicted
    self.actual = actual
    self.least = least
  }

  /// Logarithm of what happened over what was foreseen, by month.
  var errors: [Double] { zip(actual, predicted).map { logRatio($0, $1) } }

  /// The same of the sum of all months up to each.
  var sumErrors: [Double] {
    var (happened, foreseen) = (0.0, 0.0)
    return zip(actual, predicted).map {
      happened += $0
      foreseen += $1
      return logRatio(happened, foreseen)
    }
  }

  private func logRatio(_ actual: Double, _ predicted: Double) -> Double {
    log(max(actual, least) / max(predicted, least))
  }
}

/// The days on which a firm's forecasts are tried: every month in turn as if it were the last (rolling origin).
///
/// Source: L. J. Tashman, "Out-of-sample tests of forecasting accuracy", International Journal of Forecasting 16
/// (2000).
struct OutlookCuts {
  /// Months known at each cut, rising.
  let known: [Int]
  /// What was known of the season then.
  private let seasons: [SeasonProfile]
  private let series: MonthlySeries

  /// Months that must be known, and cuts that are made at most.
  private static let least = 3
  private static let most = 36

  /// - Parameter season: given by hand; nil to learn it anew from what was known at each cut.
  init(_ series: MonthlySeries, purchases: MonthlySeries, season: SeasonProfile?) {
    let count = series.values.count
    // Once there are enough cuts that knew a season, those that could not know one tell nothing of today's forecasts.
    let seasoned = SeasonProfile.leastMonths
    let first = season == nil && count >= seasoned + 6 ? seasoned : Self.least
    known = Array(max(first, count - Self.most)..<max(count, first))
    seasons = known.map { season ?? SeasonProfile(purchases.prefix($0)) ?? .flat }
    self.series = series
  }

  func trials(_ method: OutlookMethod) -> [OutlookTrial] {
    zip(known, seasons).compactMap { OutlookTrial(method, series, known: $0, season: $1) }
  }
}
