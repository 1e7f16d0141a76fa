import Analytics
import Testing

/// A year and a half of customers who all came in its first three months: too little by the rule, so that less history
/// is asked for here.
@Suite(.enabled(if: CDNOW.isThere, Comment(rawValue: CDNOW.absence)))
struct LeavingOfCDNOWTests {
  /// From the end of March 1998, to the end of June.
  @Test func ninetyDays() throws {
    let trial = try LeavingTrial(Self.customers(), asOf: 455, historyBefore: 90)
    #expect(trial.auc > max(trial.recency, trial.ownRhythm, trial.frequency))
    #expect(trial.auc > trial.purchaseModelAUC)
    #expect(trial.auc > trial.ownRhythm + 0.03)
    #expect(trial.bands.count { !$0.holds } == 0)
  }

  /// From the end of 1997 to the end of June, by the probability for 90 days: for those of 180 the book is too short.
  @Test func oneHundredAndEightyDays() throws {
    let trial = try LeavingTrial(Self.customers(), asOf: 365, historyBefore: 90, ahead: 180)
    #expect(trial.auc > max(trial.recency, trial.ownRhythm, trial.frequency))
    #expect(trial.auc > trial.purchaseModelAUC)
    #expect(trial.auc > trial.ownRhythm + 0.03)
  }

  @Test func tooShortByTheRule() throws {
    let customers = try Self.customers()
    #expect(throws: LeavingModel.TooLittle.history(days: 455, needed: 544)) {
      try LeavingModel(customers, asOf: 455)
    }
  }

  private static func customers() throws -> [PurchaseDays] {
    Dictionary(grouping: try CDNOW.purchases(), by: \.customer).sorted { $0.key < $1.key }.map { _, purchases in
      PurchaseDays(days: purchases.map(\.day), amounts: purchases.map(\.amount))
    }
  }
}
