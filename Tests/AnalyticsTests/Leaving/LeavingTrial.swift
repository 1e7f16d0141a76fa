@testable import Analytics

/// Forecasts of the days after the last one that the model knew, and what happened then.
struct LeavingTrial {
  let model: LeavingModel
  /// By the model; the judgement of its forecasts, no quarter of which it has seen.
  let auc: Double
  let bands: [ProbabilityBand]
  /// Of a purchase model's probability, fitted to the same past.
  let purchaseModelAUC: Double
  let recency: Double
  let ownRhythm: Double
  let frequency: Double

  /// - Parameter ahead: days of silence that are foretold; the model's N where nil.
  init(_ customers: [PurchaseDays], asOf today: Int, historyBefore: Int = 364, ahead: Int? = nil) throws {
    let model = try LeavingModel(customers, asOf: today, historyBefore: historyBefore)
    let known = customers.filter { $0.days.contains { $0 <= today } }
    let until = today + (ahead ?? model.days)
    let silent = known.map { customer in !customer.days.contains { today < $0 && $0 <= until } }
    let features = known.compactMap { LeavingFeatures($0, asOf: today, days: model.days) }
    let gap = FirmHabits(features, toCome: 0).gap
    let histories = known.compactMap { PurchaseHistory(purchaseDays: $0.days, asOf: today) }
    let purchaseModel = try PurchaseFit(.mbgNBD, to: histories).model
    func auc(_ scores: [Double]) -> Double { areaUnderCurve(scores, happened: silent) ?? .nan }
    let probabilities = known.compactMap { model.probability(of: $0) }
    self.model = model
    self.auc = auc(probabilities)
    bands = ProbabilityBand.ten(probabilities, happened: silent)
    purchaseModelAUC = auc(histories.map { purchaseModel.noPurchase($0, weeks: Double(until - today) / 7) })
    recency = auc(features.map(\.recency))
    ownRhythm = auc(features.map { $0.recency / ($0.ownGap ?? gap) })
    frequency = auc(features.map { -Double($0.frequency) })
  }
}
