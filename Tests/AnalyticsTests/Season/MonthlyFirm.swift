import Foundation

@testable import Analytics

/// A firm's months as generated: a level that may grow and drift, scatter, and a season.
struct MonthlyFirm {
  var level = 200.0
  /// Of the logarithm, a month.
  var growth = 0.0
  /// Standard deviations of the logarithm: of each month by itself, and of a month's lasting change.
  var scatter = 0.05
  var drift = 0.0
  /// Relative to 1, the highest and lowest month.
  var swing = 0.0

  /// From March 2020.
  func months(_ count: Int, seed: UInt64) -> [MonthTotal] {
    var random = SplitMix(state: seed)
    var logLevel = log(level)
    let start = CalendarMonth(containing: 18_322)
    return (0..<count).map { index in
      let month = start.advanced(by: index)
      logLevel += drift * random.normal()
      let rate = exp(logLevel + growth * Double(index) + scatter * random.normal())
      let purchases = random.poisson(rate * Double(month.days) / 30 * season(month.month))
      let basket = 10_000 * exp(0.3 * random.normal() / max(purchases, 1).squareRoot())
      return MonthTotal(month: month, purchases: Int(purchases), sales: Int64(purchases * basket))
    }
  }

  func season(_ month: Int) -> Double { 1 + swing * sin(2 * .pi * Double(month) / 12) }
}

extension SplitMix {
  mutating func poisson(_ mean: Double) -> Double {
    if mean > 200 { return max(0, (mean + mean.squareRoot() * normal()).rounded()) }
    var (count, sum) = (0.0, exponential())
    while sum < mean {
      count += 1
      sum += exponential()
    }
    return count
  }
}

extension SimulatedFirm {
  /// Its whole months as if day 0 were 2020-01-01.
  func months(repeatsOnly: Bool = false) -> [MonthTotal] {
    let origin = 18_262
    let end = CalendarMonth(containing: origin + Self.days)
    return customers.flatMap { $0.dropFirst(repeatsOnly ? 1 : 0) }.compactMap { purchase in
      let month = CalendarMonth(containing: origin + purchase.day)
      return month < end ? MonthTotal(month: month, purchases: 1, sales: purchase.amount) : nil
    }
  }
}
