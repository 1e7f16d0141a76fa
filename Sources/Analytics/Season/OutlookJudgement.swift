import Foundation

/// How outlooks made on earlier days of this firm turned out.
public struct OutlookJudgement: Codable, Equatable, Sendable {
  /// What one method foresaw.
  public struct Score: Codable, Equatable, Sendable {
    public let method: OutlookMethod
    /// Months foreseen, from all cuts together; a month foreseen at three cuts counts three times.
    public let forecasts: Int
    /// In purchases or minor units a month.
    public let meanAbsoluteError: Double
    /// Mean of |actual − predicted| / actual over the months in which there was something; nil without any.
    public let meanAbsolutePercentageError: Double?
  }

  /// Months that forecasts were made at the end of.
  public let cuts: Int
  /// The best trend, then the baselines that could be tried, on the same cuts.
  public let scores: [Score]
  /// Share of months within the 80 % and 95 % intervals that were known at the time of the forecast, from earlier
  /// errors alone, 0…1; nil while there are none to judge.
  public let held80: Double?
  public let held95: Double?

  init(_ candidates: OutlookCandidates, method: OutlookMethod, counting: Bool) {
    cuts = candidates.tried.first?.trials.count ?? 0
    scores = candidates.tried.filter { !$0.trials.isEmpty }.map { Score($0.method, $0.trials) }
    var (months, within80, within95) = (0, 0, 0)
    let trials = candidates.trials(of: method)
    for trial in trials {
      let before = trials.compactMap { $0.known < trial.known ? $0.asKnown(at: trial.known) : nil }
      guard let spread = OutlookErrors(before, counting: counting)?.ofMonths else { continue }
      for (index, (predicted, actual)) in zip(trial.predicted, trial.actual).enumerated() {
        let foreseen = spread.around(predicted, horizon: index + 1)
        months += 1
        within80 += foreseen.lower80...foreseen.upper80 ~= actual ? 1 : 0
        within95 += foreseen.lower...foreseen.upper ~= actual ? 1 : 0
      }
    }
    held80 = months > 0 ? Double(within80) / Double(months) : nil
    held95 = months > 0 ? Double(within95) / Double(months) : nil
  }
}

extension OutlookJudgement.Score {
  fileprivate init(_ method: OutlookMethod, _ trials: [OutlookTrial]) {
    let pairs = trials.flatMap { Array(zip($0.actual, $0.predicted)) }
    let positive = pairs.filter { $0.0 > 0 }
    self.method = method
    forecasts = pairs.count
    meanAbsoluteError = pairs.reduce(0) { $0 + abs($1.0 - $1.1) } / Double(max(pairs.count, 1))
    meanAbsolutePercentageError =
      positive.isEmpty ? nil : positive.reduce(0) { $0 + abs($1.0 - $1.1) / $1.0 } / Double(positive.count)
  }
}

/// The methods tried on a firm's cuts: the trend that foresaw best, and the baselines.
struct OutlookCandidates {
  let tried: [(method: OutlookMethod, trials: [OutlookTrial])]

  /// By mean absolute logarithm of the errors.
  init(_ cuts: OutlookCuts) {
    let trends = OutlookMethod.trends.map { (method: $0, trials: cuts.trials($0)) }
    let errors = trends.map { $0.trials.flatMap(\.errors).reduce(0) { $0 + abs($1) } }
    let best = trends.indices.min { errors[$0] < errors[$1] } ?? 0
    tried = [trends[best]] + OutlookMethod.baselines.map { (method: $0, trials: cuts.trials($0)) }
  }

  /// The trend, unless a baseline was better by more than noise.
  var best: OutlookMethod {
    let rivals = tried.dropFirst().compactMap { rival in
      Self.lead(of: rival.trials, over: tried[0].trials).map { (method: rival.method, lead: $0) }
    }
    let winner = rivals.filter { $0.lead > Self.noise }.max { $0.lead < $1.lead }
    return winner?.method ?? tried[0].method
  }

  func trials(of method: OutlookMethod) -> [OutlookTrial] { tried.first { $0.method == method }?.trials ?? [] }

  /// Standard errors by which a baseline must lead.
  private static let noise = 2.0

  /// By how many standard errors the first was less wrong than the second, cut by cut; nil with fewer than three cuts
  /// of both. Neighbouring cuts foresee nearly the same months, so that three count as one.
  ///
  /// Source: F. X. Diebold, R. S. Mariano, "Comparing predictive accuracy", Journal of Business & Economic Statistics
  /// 13 (1995).
  private static func lead(of first: [OutlookTrial], over second: [OutlookTrial]) -> Double? {
    let errors = Dictionary(uniqueKeysWithValues: second.map { ($0.known, $0.meanAbsoluteError) })
    let leads = first.compactMap { trial in errors[trial.known].map { $0 - trial.meanAbsoluteError } }
    guard leads.count >= 3 else { return nil }
    let count = Double(leads.count)
    let mean = leads.reduce(0, +) / count
    let variance = leads.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    guard variance > 0 else { return mean > 0 ? .infinity : 0 }
    return mean / (variance * 3 / count).squareRoot()
  }
}

extension OutlookTrial {
  fileprivate var meanAbsoluteError: Double { errors.reduce(0) { $0 + abs($1) } / Double(errors.count) }
}
