import Foundation

/// The forecasts that take no thought: everybody buys as often again as of late, or goes on at the rate of all their
/// past. Whoever did not buy at all still may: `r` purchases are added to what was counted, as others in that place made.
///
/// A baseline for the models to beat; used itself where it foresees better. P(alive) is 1: it does not know of leaving.
struct SameAgain: LikelihoodModel {
  /// r.
  let rateShape: Double
  /// Weeks that count as of late; nil for all the time since the first purchase.
  let window: Double?
  var rateScale: Double { window ?? 0 }

  /// - Parameter parameters: r, and the window in weeks; 0 for all of the past.
  init(_ parameters: SIMD4<Double>) {
    rateShape = parameters[0]
    window = parameters[1] > 0 ? parameters[1] : nil
  }

  func pAlive(_ history: PurchaseHistory) -> Double { 1 }

  /// Purchases counted, and in how many weeks; a customer of a day has had no time to buy again.
  private func counted(_ history: PurchaseHistory) -> (purchases: Double, weeks: Double) {
    guard let window else { return (Double(history.frequency), max(history.age, Self.shortest)) }
    return (Double(history.recent), window)
  }

  private static let shortest = 4.0

  private func future(_ history: PurchaseHistory, _ weeks: Double) -> NegativeBinomial {
    let counted = counted(history)
    return NegativeBinomial(shape: rateShape + counted.purchases, time: weeks.asHorizon / counted.weeks)
  }

  func expectedPurchasesIfAlive(_ history: PurchaseHistory, weeks: Double) -> Double { future(history, weeks).mean }

  func noPurchaseIfAlive(_ history: PurchaseHistory, weeks: Double) -> Double {
    let future = future(history, weeks)
    return exp(-future.shape * log1p(future.time))
  }

  func futurePurchasesIfAlive(_ history: PurchaseHistory, weeks: Double) -> CountDistribution {
    CountDistribution(future(history, weeks))
  }

  // It has no likelihood: what it adds is counted, not fitted.
  func frequencyTerm(_ frequency: Int) -> Jet { Jet() }
  func timing(_ history: PurchaseHistory) -> (all: Jet, alive: Jet) { (Jet(), Jet()) }
}
