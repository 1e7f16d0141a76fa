import Analytics
import Store

/// What everybody was worth on a day: P(alive), purchases and margin to come, margin so far, class. Made by one fit; kept
/// for some days, so that one can be compared with the next.
struct ValueSheet: Equatable, Sendable {
  struct Entry: Equatable, Sendable {
    let id: Int64
    /// P(alive), 0…1; 1 where orders do not show who leaves.
    let alive: Float
    /// P(no purchase) in the days that the model looks ahead for it, and the warning that follows.
    let quiet: Float
    let level: LeavingWarning.Level
    /// Expected within the standard horizon.
    let purchases: Float
    /// Margin so far, and margin to come within the standard horizon, discounted; minor units.
    let historic: Int64
    let future: Int64
    /// Standard deviation of the margin to come, minor units: of what will happen.
    let futureDeviation: Float
    /// By the amount so far.
    let valueClass: ValueClass

    var value: Int64 { historic.clampedPlus(future) }
  }

  let day: Day
  let fit: LifetimeFit.ID
  /// Ids rise.
  let entries: [Entry]
}

extension ValueSheet {
  /// - Parameter days: on which each customer bought, where the model asks for them.
  init(
    _ buyers: [Buyer], _ days: [Int64: PurchaseDays], asOf day: Day, fit: LifetimeFit.ID, _ model: LifetimeModel
  ) {
    let classes = ABC(values: buyers.map(\.amount)).standings
    var forecaster = model.forecaster(.standard, from: day)
    let rule = LeavingWarning.Rule()
    entries = zip(buyers, classes).compactMap { buyer, standing in
      guard let history = model.history(of: buyer, asOf: day) else { return nil }
      let expected = forecaster.expectation(history, spend: buyer.spend)
      let future = model.future(of: buyer, expected)
      let outlook = model.outlook(of: buyer, history, days[buyer.id], asOf: day)
      return Entry(
        id: buyer.id, alive: Float(outlook.alive ?? 1), quiet: Float(outlook.noPurchase), level: rule.level(outlook),
        purchases: Float(expected.purchases), historic: buyer.margin,
        future: future.value, futureDeviation: Float(future.variance.squareRoot()), valueClass: standing.valueClass)
    }
    self.day = day
    self.fit = fit
  }

  /// Those among ids, which rise.
  func only(_ ids: [Int64]) -> ValueSheet {
    var rest = ids[...]
    let kept = entries.filter { entry in
      while let first = rest.first, first < entry.id { rest.removeFirst() }
      return rest.first == entry.id
    }
    return ValueSheet(day: day, fit: fit, entries: kept)
  }
}

/// How likely a customer is to be one still, in four steps.
enum AliveBand: String, Codable, CaseIterable, Sendable {
  case veryLow = "very_low"
  case low, medium, high

  /// P(alive) from which on it holds.
  var least: Double {
    switch self {
    case .veryLow: 0
    case .low: 0.2
    case .medium: 0.5
    case .high: 0.8
    }
  }

  init(_ alive: Float) {
    let alive = Double(alive)
    self = Self.allCases.last { alive >= $0.least } ?? .veryLow
  }
}

extension ValueSheet.Entry {
  var band: AliveBand { AliveBand(alive) }
}
