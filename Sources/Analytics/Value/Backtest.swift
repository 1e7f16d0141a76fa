import Foundation

/// Forecasts judged by what they foresaw: made with what was known at the end of several days, and asked for the time after
/// each ("rolling origin").
///
/// The days are the same for a quarter of a year, so that a choice made by them does not change overnight.
/// Source: L. J. Tashman, "Out-of-sample tests of forecasting accuracy", International Journal of Forecasting 16 (2000).
public struct Backtest: Codable, Equatable, Sendable {
  /// The latest first.
  public let cuts: [Cut]

  /// What was foreseen at the end of one day.
  public struct Cut: Codable, Equatable, Sendable {
    /// Day numbers: the last that was known, and the last that was asked for.
    public let until: Int
    public let end: Int
    public let customers: Int
    /// Purchases that happened.
    public let actual: Int
    /// By kind; those that could be fitted.
    public let scores: [Score]

    public func score(of kind: PurchaseModelKind) -> Score? { scores.first { $0.kind == kind } }
  }

  /// How well one forecast did.
  public struct Score: Codable, Equatable, Sendable {
    public let kind: PurchaseModelKind
    /// Bayesian information criterion of the fit; nil for a baseline.
    public let bic: Double?
    /// Whether a parameter ran to the end of its range.
    public let isOnBoundary: Bool
    public let accuracy: ForecastAccuracy
    /// By how much its mean absolute error is above that of the best, and the standard error of that difference: both are
    /// asked the same.
    public let behind: Double
    public let noise: Double
    /// Shares of customers whose purchases lay in the ranges of 95 % and of 80 %, 0…1.
    public let held95: Double
    public let held80: Double
    /// Customers by the tenth of its distribution in which their purchases fell: as many in each when it holds. Of the
    /// probability of a count one part, drawn at random, lies below.
    ///
    /// Source: C. Czado, T. Gneiting, L. Held, "Predictive model assessment for count data", Biometrics 65 (2009).
    public let tenths: [Int]
  }

  /// - Parameters:
  ///   - purchases: of a sample of customers.
  ///   - last: the last day that counts.
  ///   - longest: at most so many days are foreseen at a time.
  /// - Returns: nil where less than 12 weeks of history remain before the first day, or nobody had bought by then.
  public init?(
    _ purchases: PurchaseRows, until last: Int, longest: Int = 182,
    kinds: [PurchaseModelKind] = PurchaseModelKind.likelihoodModels + PurchaseModelKind.baselines
  ) {
    guard let first = purchases.days.min().map(Int.init), let plan = Plan(first: first, last: last, longest) else {
      return nil
    }
    cuts = plan.days.compactMap { Cut(purchases, until: $0, span: plan.span, kinds) }
    if cuts.isEmpty { return nil }
  }

  /// Which days, and how far.
  private struct Plan {
    let days: [Int]
    let span: Int

    private static let (most, least) = (3, 28)

    /// A quarter of the history is foreseen, in whole steps; the steps lie on fixed days.
    init?(first: Int, last: Int, _ longest: Int) {
      let history = last - first
      let step = history >= 364 ? 91 : Self.least
      span = min(max(history / 4 / step, 1) * step, longest)
      let end = last / step * step
      let span = span
      days = (0..<Self.most).map { end - span - $0 * max(step, span / 2 / step * step) }.filter { $0 - first >= 84 }
      if days.isEmpty { return nil }
    }
  }
}

/// Purchases of customers numbered from 0: a row each, in columns of equal length.
public struct PurchaseRows: Sendable {
  public let count: Int
  public let customers: [Int32]
  /// Day numbers.
  public let days: [Int32]
  /// Minor units.
  public let amounts: [Int64]

  public init(count: Int, customers: [Int32], days: [Int32], amounts: [Int64]) {
    (self.count, self.customers, self.days, self.amounts) = (count, customers, days, amounts)
  }

  /// The firm's season as its whole months until a day tell it; flat where they don't.
  public func season(until day: Int) -> SeasonProfile {
    guard let first = days.min().map(Int.init) else { return .flat }
    let (start, end) = (CalendarMonth(containing: first - 1).advanced(by: 1), CalendarMonth(containing: day + 1))
    let months = end.months(since: start)
    guard months >= SeasonProfile.leastMonths else { return .flat }
    var totals = [(purchases: Int, sales: Int64)](repeating: (0, 0), count: months)
    for (day, amount) in zip(days, amounts) {
      let place = CalendarMonth(containing: Int(day)).months(since: start)
      guard totals.indices.contains(place) else { continue }
      totals[place].purchases += 1
      totals[place].sales = Int64(clamping: Int128(totals[place].sales) + Int128(amount))
    }
    let history = MonthlyHistory(
      totals.enumerated().map { MonthTotal(month: start.advanced(by: $0), purchases: $1.purchases, sales: $1.sales) })
    return SeasonProfile(history) ?? .flat
  }

  /// - Parameter end: later purchases are left out.
  public func statistics(until day: Int, end: Int) -> PurchaseStatistics? {
    try? PurchaseStatistics(
      customerCount: count, customers: customers, days: days, amounts: amounts, calibrationEnd: day, holdoutEnd: end)
  }
}

extension Backtest.Cut {
  fileprivate init?(_ purchases: PurchaseRows, until: Int, span: Int, _ kinds: [PurchaseModelKind]) {
    guard let seen = purchases.statistics(until: until, end: until + span), !seen.histories.isEmpty,
      let earlier = purchases.statistics(until: until - span, end: until)
    else { return nil }
    let histories = seen.histories.map(\.history)
    let actual = seen.histories.map { Int(seen.customers[$0.customer].holdoutOccasions) }
    let season = purchases.season(until: until)
    let seasonal = season.isFlat ? histories : seen.histories(in: season).map(\.history)
    let groups = HistoryGroups(seasonal)
    self.until = until
    end = until + span
    customers = histories.count
    self.actual = actual.reduce(0, +)
    let tried: [Trial] = kinds.compactMap { kind in
      if PurchaseModelKind.baselines.contains(kind) {
        return Trial(PurchaseFit(baseline: kind, from: earlier), histories, actual, weeks: Double(span) / 7)
      }
      guard let fit = try? PurchaseFit(kind, to: groups) else { return nil }
      return Trial(fit, seasonal, actual, weeks: season.weeks(fromDay: until, toDay: until + span))
    }
    guard let best = tried.min(by: { $0.accuracy.meanAbsoluteError < $1.accuracy.meanAbsoluteError }) else {
      return nil
    }
    scores = tried.map { $0.score(beside: best) }
  }
}

/// One forecast of everybody's purchases, beside what they did.
private struct Trial {
  let fit: PurchaseFit
  let accuracy: ForecastAccuracy
  private let errors: [Double]
  private var (in95, in80) = (0, 0)
  private var tenths = [Int](repeating: 0, count: 10)

  init(_ fit: PurchaseFit, _ histories: [PurchaseHistory], _ actual: [Int], weeks: Double) {
    let model = fit.model
    var known: [Seniority: CountDistribution] = [:]
    var expected: [Double] = []
    self.fit = fit
    for (place, (history, actual)) in zip(histories, actual).enumerated() {
      let seniority = Seniority(fit.kind == .sameCount ? history : history.whole)
      let counts = known[seniority] ?? model.futurePurchasesIfAlive(history, weeks: weeks)
      known[seniority] = counts
      let alive = model.pAlive(history)
      expected.append(alive * counts.mean)
      if CountDistribution.interval(0.95, counts.survival, alive: alive).contains(actual) { in95 += 1 }
      if CountDistribution.interval(0.80, counts.survival, alive: alive).contains(actual) { in80 += 1 }
      let below = actual > 0 ? 1 - alive * counts.atLeast(actual) : 0
      let part = 1 - alive * counts.atLeast(actual + 1) - below
      tenths[min(Int(10 * (below + part * Self.evenly(place))), 9)] += 1
    }
    accuracy = ForecastAccuracy(expected: expected, actual: actual)
    errors = zip(expected, actual).map { abs($0 - Double($1)) }
  }

  func score(beside best: Trial) -> Backtest.Score {
    let count = Double(max(errors.count, 1))
    let differences = zip(errors, best.errors).map { $0 - $1 }
    let behind = differences.reduce(0, +) / count
    let squares = differences.reduce(0) { $0 + ($1 - behind) * ($1 - behind) }
    return Backtest.Score(
      kind: fit.kind, bic: PurchaseModelKind.baselines.contains(fit.kind) ? nil : fit.estimate.bic,
      isOnBoundary: fit.estimate.isOnBoundary, accuracy: accuracy, behind: behind,
      noise: (squares / count / count).squareRoot(), held95: Double(in95) / count, held80: Double(in80) / count,
      tenths: tenths)
  }

  /// Numbers that look like chance and are the same every time, 0…1: the golden ratio's multiples.
  private static func evenly(_ place: Int) -> Double {
    let turns = Double(place) * 0.618_033_988_749_894_9
    return turns - turns.rounded(.down)
  }
}

extension Backtest {
  /// How a kind did over all days; nil where it could not be fitted on one of them.
  func standing(of kind: PurchaseModelKind) -> Standing? {
    let scores = cuts.compactMap { $0.score(of: kind) }
    guard scores.count == cuts.count else { return nil }
    let count = Double(scores.count)
    func mean(_ value: (Score) -> Double) -> Double { scores.reduce(0) { $0 + value($1) } / count }
    let expected = scores.reduce(0) { $0 + $1.accuracy.expectedTotal }
    let actual = scores.reduce(0) { $0 + $1.accuracy.actualTotal }
    return Standing(
      kind: kind, error: mean(\.accuracy.meanAbsoluteError), behind: mean(\.behind), noise: mean(\.noise),
      total: (expected + 1) / (actual + 1), held95: mean(\.held95))
  }

  /// One forecast's part in the choice.
  public struct Standing: Codable, Equatable, Sendable {
    public let kind: PurchaseModelKind
    /// Mean absolute error, purchases a customer; how much more than the best of each day, and the standard error of that.
    public let error: Double
    public let behind: Double
    public let noise: Double
    /// Purchases expected of everybody over those that happened.
    public let total: Double
    /// Share of customers whose purchases lay in their range of 95 %.
    public let held95: Double

    /// How far total and ranges are off.
    var bias: Double { abs(log(total)) + max(abs(held95 - 0.96) - 0.025, 0) * 4 }
  }
}

extension PurchaseFit {
  /// One that takes no thought, with what those who had not bought in that place did next.
  public init(baseline kind: PurchaseModelKind, from earlier: PurchaseStatistics) {
    let weeks = Double(earlier.holdoutEnd - earlier.calibrationEnd) / 7
    let whole = SameAgain([0, kind == .sameCount ? weeks : 0, 0, 0])
    var (made, room) = (0.0, 0.0)
    for (customer, history) in earlier.histories where whole.expectedPurchases(history, weeks: weeks) == 0 {
      made += Double(earlier.customers[customer].holdoutOccasions)
      room += SameAgain([1, kind == .sameCount ? weeks : 0, 0, 0]).expectedPurchases(history, weeks: weeks)
    }
    let added = max(made / max(room, 1), 1e-3)
    self.init(
      kind: kind,
      estimate: ParameterEstimate(
        names: kind.parameterNames, values: kind == .sameCount ? [added, weeks] : [added], logLikelihood: 0,
        logCovariance: kind == .sameCount ? [[0, 0], [0, 0]] : [[0]], observations: earlier.histories.count,
        iterations: 0, warnings: []))
  }
}
