import Foundation

extension LeavingFeatures {
  /// The numbers of which the log-odds of no purchase in the days to come are a weighted sum.
  ///
  /// Two of them come from theory. If nobody left and purchase rates λ were Gamma(r, α) among customers, then after x
  /// repeat purchases in T days no more would come in t days with probability `((α + T) / (α + T + t))^(r + x)`, whose
  /// log-odds are the first number. The second is how much a silence since t_x surprises by the same theory,
  /// `(r + x) ln((α + T) / (α + t_x))`, to which the log-odds of having left are proportional in the BG/NBD model. The
  /// others are logarithms, since purchases and days count by their ratios, with a bend where the present gap outgrows
  /// the usual one, and what theory does not know: late counts, spend, its trend, how regular the gaps are.
  ///
  /// Source of the formulas: P. S. Fader, B. G. S. Hardie, K. L. Lee, "Counting your customers the easy way", Marketing
  /// Science 24 (2005).
  ///
  /// - Parameter purchaseModel: Log-odds of no purchase by another model, 0 where there is none.
  func columns(among firm: FirmHabits, purchaseModel: Double) -> [Double] {
    let evidence = firm.rateShape + Double(frequency - 1)
    let quiet = max(evidence * log1p(firm.toCome / (firm.rateScale + age)), 1e-9)
    let surprise = evidence * log1p(recency / (firm.rateScale + (age - recency)))
    let logSurprise = log1p(surprise)
    let logRecency = log1p(recency)
    let logFrequency = log(Double(frequency))
    let late = log((1 + recency) / (1 + (ownGap ?? firm.gap)))
    let unevenness = variation.map { log(0.1 + $0) } ?? 0
    let amount = 1 + firm.amount
    return [
      1,
      -quiet - log(-expm1(-quiet)),
      surprise, logSurprise, logSurprise * logSurprise,
      logRecency, logRecency * logRecency,
      logFrequency, logFrequency * logRecency,
      frequency == 1 ? 1 : 0, frequency == 1 ? logRecency : 0,
      log1p(age),
      late, max(late, 0), late * late,
      unevenness, unevenness * late,
      log1p(Double(recent.one)), log1p(Double(recent.two)), log1p(Double(recent.four)),
      log1p(spend.ever / amount), log((amount + spend.late) / (amount + spend.early)),
      purchaseModel,
    ]
  }

  /// How many numbers that are; the first is 1 for everybody.
  static let columnCount = 23
}

extension Double {
  /// The log-odds of a probability, held within a millionth of 0 and 1.
  var logOdds: Double {
    let probability = Swift.min(Swift.max(self, 1e-6), 1 - 1e-6)
    return log(probability / (1 - probability))
  }
}
