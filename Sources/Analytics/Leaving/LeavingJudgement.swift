/// How well it was foreseen who would buy nothing in a quarter, by what was known when it began.
public struct LeavingJudgement: Codable, Equatable, Sendable {
  /// The day at the end of which it was foretold.
  public let asOf: Int
  public let customers: Int
  /// Those without a purchase in the days that followed.
  public let silent: Int
  /// How well the model told them from the others, see `areaUnderCurve`; nil where all did the same.
  public let auc: Double?
  /// The same of the purchase model; nil too where there is none.
  public let purchaseModelAUC: Double?
  /// The same of what one would go by without a model.
  public let rules: Rules
  /// Ten, by predicted probability.
  public let bands: [ProbabilityBand]
  /// The share of silent customers among the tenth with the greatest probabilities over that among all; nil where all
  /// did the same.
  public let lift: Double?
  /// Mean squared difference between probability and outcome, 0…1, the less the better.
  public let brier: Double
  /// The same if each were given the share of silent customers.
  public let brierOfShare: Double

  /// Areas under the curve.
  public struct Rules: Codable, Equatable, Sendable {
    /// The longer since the last purchase, the likelier.
    public let recency: Double?
    /// The longer since the last purchase in mean gaps of the customer, or of all before the third purchase.
    public let ownRhythm: Double?
    /// The fewer purchases, the likelier.
    public let frequency: Double?
  }

  init(_ forecasts: [LeavingForecast], recalibration: Recalibration, asOf today: Int, days: Int) {
    let happened = forecasts.map(\.isSilent)
    let probabilities = forecasts.map { recalibration.probability(ofLogOdds: $0.logOdds) }
    asOf = today
    customers = forecasts.count
    silent = happened.count { $0 }
    auc = areaUnderCurve(probabilities, happened: happened)
    purchaseModelAUC = areaUnderCurve(forecasts.map { $0.purchaseModel ?? .nan }, happened: happened)
    rules = Rules(forecasts.map(\.purchases), happened: happened, asOf: today, days: days)
    bands = ProbabilityBand.ten(probabilities, happened: happened)
    let share = Double(silent) / Double(max(customers, 1))
    brier = zip(probabilities, happened).meanSquaredDifference
    brierOfShare = share * (1 - share)
    let top = forecasts.sorted { $0.logOdds > $1.logOdds }.prefix((customers + 9) / 10)
    lift = auc.map { _ in Double(top.count(where: \.isSilent)) / Double(top.count) / share }
  }
}

extension LeavingJudgement.Rules {
  /// By the calendar, as one would look.
  fileprivate init(_ customers: [PurchaseDays], happened: [Bool], asOf today: Int, days: Int) {
    let features = customers.compactMap { LeavingFeatures($0, asOf: today, days: days) }
    let gap = FirmHabits(features, toCome: Double(days)).gap
    recency = areaUnderCurve(features.map(\.recency), happened: happened)
    ownRhythm = areaUnderCurve(features.map { $0.recency / ($0.ownGap ?? gap) }, happened: happened)
    frequency = areaUnderCurve(features.map { -Double($0.frequency) }, happened: happened)
  }
}

extension Sequence where Element == (Double, Bool) {
  fileprivate var meanSquaredDifference: Double {
    var (sum, count) = (0.0, 0.0)
    for (probability, happened) in self {
      let difference = probability - (happened ? 1 : 0)
      sum += difference * difference
      count += 1
    }
    return sum / Swift.max(count, 1)
  }
}
