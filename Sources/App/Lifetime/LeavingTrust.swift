import Analytics
import Store
import Web

/// How well it was foretold who would buy nothing in the last days, by what was known when they began.
struct LeavingTrust: Codable, Equatable, Sendable {
  /// It was foretold at the end of the one day, and is known at the end of the other.
  let until: Day
  let end: Day
  let days: Int
  let customers: Int
  /// Those who bought nothing.
  let silent: Int
  /// The model first, then what one would go by without it.
  let rankings: [Ranking]
  let bands: [Band]
  /// Share of the silent in the tenth with the greatest probabilities, over that among all; nil where all did the same.
  let lift: Double?
  let sentences: [Word]

  /// How often somebody who bought nothing was ranked above somebody who bought, 0…1; nil where all did the same.
  struct Ranking: Codable, Equatable, Sendable {
    let by: Word
    let right: Double?
  }

  /// Those who were given about the same probability.
  struct Band: Codable, Equatable, Sendable {
    /// Ends of the band; the upper one is not in it, except 1.
    let lower: Double
    let upper: Double
    let customers: Int
    /// Mean of the probabilities; nil of nobody.
    let foretold: Double?
    /// Those who bought nothing, and their share; nil of nobody.
    let happened: Int
    let share: Double?
    /// Where the true share lies with 99 % confidence; nil of nobody.
    let atLeast: Double?
    let atMost: Double?
    /// Whether what was foretold lies there.
    let holds: Bool
  }
}

extension LeavingTrust {
  init(_ model: LeavingModel) {
    let judged = model.judgement
    until = Day(number: judged.asOf)
    days = model.days
    end = until.adding(days: model.days)
    (customers, silent) = (judged.customers, judged.silent)
    rankings =
      [
        Ranking(by: TrustWords.ourProbability, right: judged.auc),
        Ranking(by: TrustWords.byRecency, right: judged.rules.recency),
        Ranking(by: TrustWords.byRhythm, right: judged.rules.ownRhythm),
        Ranking(by: TrustWords.byFrequency, right: judged.rules.frequency),
      ]
      + (judged.purchaseModelAUC.map { [Ranking(by: TrustWords.byPurchaseModel, right: $0)] } ?? [])
    bands = judged.bands.map(Band.init)
    lift = judged.lift
    let share = Double(judged.silent) / Double(max(judged.customers, 1))
    sentences = [
      TrustWords.bandsHeld(bands), TrustWords.ranked(rankings),
      judged.lift.map { TrustWords.lifted($0, of: share) },
    ].compactMap(\.self)
  }

  /// Why nothing was learned of leaving.
  static func missing(_ fit: LifetimeFit, in tx: Transaction) throws -> Word {
    if fit.customers > PurchaseSample.most { return TrustWords.tooMany(fit.customers) }
    let first = try tx.value(
      "SELECT min(first_on) FROM customer_total WHERE first_on <> '' AND \(Totals.areSomebodys)", as: Day.self)
    let days = first.map { max(fit.asOf.number - $0.number, 0) } ?? 0
    let needed = LeavingModel.historyNeeded(toForesee: fit.model.quietDays)
    return days < needed ? TrustWords.tooShort(days, needed: needed) : TrustWords.tooFew
  }
}

extension LeavingTrust.Band {
  fileprivate init(_ band: ProbabilityBand) {
    let isEmpty = band.customers == 0
    self.init(
      lower: band.lower, upper: band.upper, customers: band.customers, foretold: band.meanPredicted,
      happened: band.happened, share: band.share, atLeast: isEmpty ? nil : band.interval.lowerBound,
      atMost: isEmpty ? nil : band.interval.upperBound, holds: band.holds)
  }
}
