import Analytics
import Store
import Web

/// How far the forecasts in use held: what was foreseen of the whole firm, beside what happened. It is found when the
/// models are fitted, and kept with them.
struct ForecastTrust: Codable, Equatable, Sendable {
  let verdict: Verdict
  let sentence: Word
  /// The times that were foreseen, the latest first; none where the firm is too young.
  let cuts: [Cut]
  /// Customers by the tenth of their own forecast in which their purchases fell, in the latest of these times.
  let tenths: [Int]
  let leaving: LeavingTrust?
  /// Why it is not known how well leaving is foretold.
  let noLeaving: Word?
  /// How often is bought in each month beside the mean of the year, January first; nil where no month stands out.
  let season: [Double]?

  enum Verdict: String, Codable, Sendable {
    case good, weak, untried
  }

  /// One time that was foreseen, with what was known at its beginning.
  struct Cut: Codable, Equatable, Sendable {
    /// The last day that was known, and the last that was asked for.
    let until: Day
    let end: Day
    let customers: Int
    /// Purchases.
    let happened: Int
    let verdict: Verdict
    let sentence: Word
    let forecasts: [Forecast]

    var inUse: Forecast? { forecasts.first(where: \.isInUse) }
  }

  /// What one model foresaw of that time.
  struct Forecast: Codable, Equatable, Sendable {
    let kind: PurchaseModelKind
    let model: Word
    let isInUse: Bool
    /// Purchases, and their share of those that happened; nil where none did.
    let foreseen: Double
    let share: Double?
    /// Purchases a customer.
    let meanAbsoluteError: Double
    /// Shares of customers whose purchases lay within the ranges of 95 % and 80 %.
    let held95: Double
    let held80: Double

    var isBaseline: Bool { PurchaseModelKind.baselines.contains(kind) }
  }
}

extension ForecastTrust {
  init(_ fit: LifetimeFit, in tx: Transaction) throws {
    let kind = fit.choice.fit.kind
    let tried = (fit.choice.backtest?.cuts ?? []).filter { $0.score(of: kind) != nil }
    cuts = tried.map { Cut($0, inUse: kind) }
    tenths = tried.first?.score(of: kind)?.tenths ?? []
    let held = cuts.count { $0.verdict == .good }
    verdict = cuts.isEmpty ? .untried : held == cuts.count ? .good : .weak
    sentence =
      cuts.isEmpty
      ? fit.choice.backtest == nil ? TrustWords.tooYoung : TrustWords.notTried
      : TrustWords.held(held, of: cuts.count)
    leaving = fit.model.leaving.map(LeavingTrust.init)
    noLeaving = leaving == nil ? try LeavingTrust.missing(fit, in: tx) : nil
    season = fit.model.season.isFlat ? nil : fit.model.season.factors
  }
}

extension ForecastTrust.Cut {
  fileprivate init(_ cut: Backtest.Cut, inUse: PurchaseModelKind) {
    until = Day(number: cut.until)
    end = Day(number: cut.end)
    customers = cut.customers
    happened = cut.actual
    forecasts = cut.scores.map { ForecastTrust.Forecast($0, of: cut.actual, isInUse: $0.kind == inUse) }
    let used = forecasts.first(where: \.isInUse)
    let (total, range) = (used?.totalHeld ?? false, used?.rangeHeld ?? false)
    verdict = total && range ? .good : .weak
    sentence = used.map { TrustWords.cut($0, happened: cut.actual) } ?? TrustWords.notTried
  }
}

extension ForecastTrust.Forecast {
  fileprivate init(_ score: Backtest.Score, of actual: Int, isInUse: Bool) {
    kind = score.kind
    model = LifetimeWords.model(score.kind)
    self.isInUse = isInUse
    foreseen = score.accuracy.expectedTotal
    share = actual > 0 ? foreseen / Double(actual) : nil
    meanAbsoluteError = score.accuracy.meanAbsoluteError
    (held95, held80) = (score.held95, score.held80)
  }

  /// Whether the total was within a tenth of what happened, as it is shown: rounded to a thousandth.
  var totalHeld: Bool {
    guard let share else { return foreseen < 0.5 }
    return share.isFinite && (900...1100).contains((share * 1000).rounded())
  }

  /// Whether the ranges of 95 % held at least 93 % of the customers.
  var rangeHeld: Bool { (held95 * 1000).rounded() >= 930 }
}
