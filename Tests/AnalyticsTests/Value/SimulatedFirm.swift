import Foundation

@testable import Analytics

/// The order book of a firm whose customers do exactly what a model says, beyond the day that a forecast is made on.
struct SimulatedFirm {
  /// How its customers buy and leave.
  enum World: String, CaseIterable {
    /// Nobody leaves.
    case nbd
    /// After a purchase they may be gone.
    case bg
    /// Any day they may be gone: half of them within a year, or within five.
    case paretoFast, paretoSlow
    /// Nobody leaves; four times as much is bought in the best month as in the worst.
    case season
    /// Half of the customers were there long before the first order on record.
    case truncated
    /// Some spend a hundred times what others do.
    case heavySpenders
    /// Of every five purchases one is given back.
    case returns
  }

  struct Purchase: Equatable {
    let day: Int
    /// Minor units.
    let amount: Int64
  }

  static let days = 3 * 364
  /// Rising by their days; customer by customer, days from 0.
  let customers: [[Purchase]]

  /// - Parameter extra: days simulated beyond ``days``, for what really happens.
  init(_ world: World, customers count: Int, seed: UInt64, extra: Int = 364) {
    var random = SplitMix(state: seed)
    customers = (0..<count).map { _ in
      let came =
        world == .truncated && random.uniform() < 0.5
        ? -random.between(0, 1_500) : random.between(0, Double(Self.days - 60))
      return random.purchases(in: world, from: came, to: Double(Self.days + extra))
    }.filter { $0.first.map { $0.day < Self.days } ?? false }
  }

  /// What was known at the end of a day: purchase days of each customer who had bought by then, and what they did in the
  /// days after.
  func seen(until day: Int, then weeks: Double) -> [(past: [Purchase], future: [Purchase])] {
    customers.compactMap { purchases in
      let past = purchases.filter { $0.day <= day }
      guard !past.isEmpty else { return nil }
      return (past, purchases.filter { $0.day > day && Double($0.day) <= Double(day) + weeks * 7 })
    }
  }
}

extension SplitMix {
  fileprivate mutating func purchases(
    in world: SimulatedFirm.World, from came: Double, to end: Double
  ) -> [SimulatedFirm.Purchase] {
    // A purchase in ten weeks, on average; some buy every week, many hardly ever.
    let rate = gamma(0.9) / (9 * 7)
    var (leaving, lifetime) = (0.0, Double.infinity)
    switch world {
    case .bg:
      let (a, b) = (gamma(0.8), gamma(4))
      leaving = a / (a + b)
    case .paretoFast: lifetime = exponential() / (gamma(1.2) / 300)
    case .paretoSlow: lifetime = exponential() / (gamma(1.2) / 1_800)
    default: break
    }
    let isHeavy = world == .heavySpenders
    let scale = gamma(isHeavy ? 1.6 : 4) / (isHeavy ? 0.6 : 3)
    var purchases: [SimulatedFirm.Purchase] = []
    var moment = came
    while moment < end, moment <= came + lifetime {
      let day = Int(moment.rounded(.down))
      if day >= 0 {
        let amount = Int64(max(1, (gamma(3) / scale * 10_000).rounded()))
        if !(world == .returns && uniform() < 0.2), purchases.last?.day != day {
          purchases.append(SimulatedFirm.Purchase(day: day, amount: amount))
        }
      }
      if uniform() < leaving { break }
      moment += exponential() / rate
      guard world == .season else { continue }
      // Thinned, by the day of the year.
      while moment < end, uniform() > (1 + 0.6 * sin(2 * .pi * moment / 364)) / 1.6 { moment += exponential() / rate }
    }
    return purchases
  }
}
