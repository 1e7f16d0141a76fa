import Foundation
import Testing

@testable import Analytics

/// Simulated firms of 3,000 customers, three years, and the 90 days after them that no model has seen.
struct LeavingWorldsTests {
  /// Better than every simple rule, and as good as a purchase model, which knows how these worlds are made.
  @Test(arguments: Self.worlds)
  func ranksBetterThanRules(_ world: SimulatedFirm.World) throws {
    let trial = try #require(Self.trials[world])
    #expect(trial.auc > max(trial.recency, trial.ownRhythm, trial.frequency))
    #expect(trial.auc > trial.purchaseModelAUC - 0.005)
    #expect(trial.auc > trial.ownRhythm + 0.02)
  }

  /// Where most have left soon, days since the last purchase are nearly all there is to know: there the true parameters
  /// themselves are ahead by .03 at most in `bg` and by .015 in `paretoFast`.
  @Test(arguments: [SimulatedFirm.World.nbd, .paretoSlow, .season])
  func farBetterWhereItCanBe(_ world: SimulatedFirm.World) throws {
    let trial = try #require(Self.trials[world])
    #expect(trial.auc > trial.recency + 0.03)
    #expect(trial.auc > trial.ownRhythm + 0.03)
  }

  /// Some 48 bands with customers, each within its own interval of 99 %: half a miss is to be expected, three or more
  /// in one case of a hundred.
  @Test func probabilitiesHold() {
    let bands = Self.trials.values.flatMap(\.bands).filter { $0.customers > 0 }
    #expect(bands.count >= 45)
    #expect(bands.count { !$0.holds } <= 2, "\(bands.filter { !$0.holds })")
  }

  /// What the model says of itself is about what comes.
  @Test(arguments: Self.worlds)
  func theJudgementIsHonest(_ world: SimulatedFirm.World) throws {
    let trial = try #require(Self.trials[world])
    let judged = try #require(trial.model.judgement.auc)
    #expect(abs(judged - trial.auc) < 0.04)
    #expect(trial.model.judgement.brier < trial.model.judgement.brierOfShare)
  }

  static let worlds: [SimulatedFirm.World] = [.nbd, .bg, .paretoFast, .paretoSlow, .season]

  private static let trials = Dictionary(
    uniqueKeysWithValues: worlds.compactMap { world in
      let firm = SimulatedFirm(world, customers: 3_000, seed: 1)
      return (try? LeavingTrial(firm.purchaseDays, asOf: SimulatedFirm.days - 1)).map { (world, $0) }
    })
}
