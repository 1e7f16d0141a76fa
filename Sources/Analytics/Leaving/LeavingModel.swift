/// The probability that a customer makes no purchase in the next days, learned from the firm's own earlier quarters
/// and judged by the last of them.
///
/// A quarter, which is as long as the days to come, ends on the as-of day, another where that one begins, and so on, at
/// most eight. Of the start of each it is known what could be said of every customer then (`LeavingFeatures`), and of
/// its end who bought nothing in it: a logistic regression learns the one from the other. What it would have foretold
/// of the last quarter, learned when that quarter began, is the judgement. Forecasts of the last four, each learned
/// when its quarter began, give the recalibration; the regression that is used has learned from all quarters.
public struct LeavingModel: Codable, Equatable, Sendable {
  /// How the last quarter was foreseen, with what was known when it began.
  public let judgement: LeavingJudgement
  private let fit: LeavingFit
  private let recalibration: Recalibration

  /// Probability of no purchase in the next days by a purchase model: of a customer, as known at the end of a day. The
  /// judgement is honest if the model was fitted to what was known by then.
  public typealias PurchaseModelProbability = (_ history: PurchaseHistory, _ asOf: Int) -> Double?

  /// The firm is too young or too small to learn from.
  public enum TooLittle: Error, Hashable, Codable, CustomStringConvertible {
    /// Days since the first purchase.
    case history(days: Int, needed: Int)
    /// Customers without a purchase in a quarter, or with one, whichever are fewer; over the quarters before the last.
    case outcomes(fewer: Int, needed: Int)

    public var description: String {
      switch self {
      case .history(let days, let needed): "There are orders of \(days) days; \(needed) are needed."
      case .outcomes(let fewer, let needed):
        "Only \(fewer) times did a customer buy in one of the earlier quarters, or not buy; \(needed) are needed."
      }
    }
  }

  /// Learns and judges. Of more than 30,000 customers every so many-th is looked at. O(customers · quarters · 23²).
  ///
  /// - Parameters:
  ///   - customers: Purchases after the as-of day are not looked at.
  ///   - days: N, to come; 1…3,650.
  ///   - historyBefore: Days of orders needed before the earliest quarter that is learned from.
  /// - Throws: `TooLittle` unless there are two quarters after so much history, and fifty customers each who bought and
  ///   did not in those before the last.
  public init(
    _ customers: [PurchaseDays], asOf today: Int, days: Int = 90, historyBefore: Int = LeavingModel.historyBefore,
    purchaseModel: PurchaseModelProbability? = nil
  ) throws(TooLittle) {
    let days = min(max(days, 1), 3650)
    let today = min(today, Int.max - days)
    let quarters = try Self.quarters(customers, asOf: today, days: days, historyBefore: historyBefore)
    let step = (customers.count + Self.mostCustomers - 1) / Self.mostCustomers
    let known = stride(from: 0, to: customers.count, by: step).map { customers[$0].until(today) }
    func fit(before last: Int) -> LeavingFit {
      LeavingFit(
        known, asOf: today - last * days, days: days, quarters: quarters - last, purchaseModel: purchaseModel)
    }
    let earlier = (1...min(Self.recalibrating + 1, quarters - 1)).map(fit)
    let fewer = min(earlier[0].silent, earlier[0].buying)
    guard fewer >= Self.leastOutcomes else { throw .outcomes(fewer: fewer, needed: Self.leastOutcomes) }
    let forecasts = earlier.map { $0.foretold(known, purchaseModel: purchaseModel) }
    self.fit = fit(before: 0)
    recalibration = Recalibration(forecasts.prefix(Self.recalibrating).flatMap(\.self))
    judgement = LeavingJudgement(
      forecasts[0], recalibration: Recalibration(forecasts.dropFirst().flatMap(\.self)), asOf: earlier[0].asOf,
      days: days)
  }

  /// The day up to which all is known.
  public var asOf: Int { fit.asOf }
  /// N, to come.
  public var days: Int { fit.days }

  /// Probability of no purchase in the next days, 0…1; nil for whoever had not bought by the day asked for, which is the
  /// last of what was learned unless said otherwise. Purchases after it are not looked at. O(purchases).
  /// - Parameter purchaseModel: Probability of the same by the purchase model, if the model was learned with one.
  public func probability(of customer: PurchaseDays, asOf day: Int? = nil, purchaseModel: Double? = nil) -> Double? {
    fit.logOdds(of: customer, asOf: day ?? asOf, purchaseModel: purchaseModel).map(recalibration.probability)
  }

  /// Days of orders before the earliest quarter, unless said otherwise: a year, so that its season is known.
  public static let historyBefore = 364
  /// Customers each who bought and did not in the quarters before the last: fewer teach nothing.
  public static let leastOutcomes = 50

  /// Days since the first purchase without which nothing is learned of so many days to come.
  public static func historyNeeded(toForesee days: Int) -> Int { historyBefore + 2 * days }

  private static let mostCustomers = 30_000
  private static let mostQuarters = 8
  /// Quarters whose forecasts give the recalibration.
  private static let recalibrating = 4

  private static func quarters(
    _ customers: [PurchaseDays], asOf today: Int, days: Int, historyBefore: Int
  ) throws(TooLittle) -> Int {
    let history = customers.compactMap(\.days.first).min().map { today.days(since: $0) } ?? 0
    let before = min(max(historyBefore, 0), 36_500)
    guard history >= before + 2 * days else { throw .history(days: max(history, 0), needed: before + 2 * days) }
    return min((history - before) / days, mostQuarters)
  }
}
