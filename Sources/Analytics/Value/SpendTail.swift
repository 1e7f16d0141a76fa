import Foundation

/// How likely an active customer spends more than an amount in time to come: purchases as distributed, each Gamma(p, ν),
/// with ν of this customer Gamma(s, c).
///
/// The sum of k purchases in units of c is Beta prime distributed, so that `P(V > v) = Σ_k P(K = k) (1 − I_u(pk, s))` with
/// `u = v / (v + c)`. Kept at some places, even in ln(v / c), which every customer of that frequency and age shares;
/// between them the log-odds are straight. Off by less than one part in a hundred of an amount.
/// Source: P. S. Fader, B. G. S. Hardie, "The Gamma-Gamma model of monetary value", 2013; N. L. Johnson, S. Kotz,
/// N. Balakrishnan, "Continuous univariate distributions" 2 (1995), 27.
struct SpendTail {
  /// P(any purchase | active).
  private let any: Double
  /// ln(v / c) of the first place, and from one to the next.
  private let start: Double
  private let step: Double
  /// P(V > v | active) / P(any).
  private let tail: [Double]
  /// E[V²] / c² of an active customer; within the places, since of a heavy tail there may be none.
  let square: Double

  private static let places = 60

  /// - Parameter logVariance: of what the parameters leave open of a purchase's mean.
  init(_ counts: CountDistribution, perPurchase p: Double, shape s: Double, logVariance: Double) {
    any = counts.survival.first ?? 0
    let groups = counts.grouped
    guard any > 0, let most = groups.last?.count else {
      (start, step, tail, square) = (0, 1, [], 0)
      return
    }
    let spread = 1 / p + 1 / s
    let low = log(p / s) - 4 * min(spread.squareRoot(), 3) - 0.5
    let high = log(p * most / s) + 5 * min(spread.squareRoot(), 2.5) + 0.3
    let step = (high - low) / Double(Self.places - 1)
    let all = groups.reduce(0) { $0 + $1.weight }
    func exceeded(_ log: Double) -> Double {
      let u = 1 / (1 + exp(-log))
      return groups.reduce(0) { $0 + $1.weight * (1 - betaIncomplete(u, p * $1.count, s)) } / all
    }
    let known = (0..<Self.places).map { exceeded(low + Double($0) * step) }
    tail = Self.blurred(known, by: logVariance.squareRoot() / step)
    (start, self.step) = (low, step)
    square =
      any
      * zip(tail, tail.dropFirst()).enumerated().reduce(exp(2 * low)) { sum, next in
        // ∫ 2 v P(V > v) dv between two places.
        let from = exp(2 * (low + Double(next.offset) * step))
        return sum + (from * exp(2 * step) - from) * (next.element.0 + next.element.1) / 2
      }
  }

  /// As if the amount were off by a factor, lognormal: at its mean and √3 deviations to both sides, which is exact to the
  /// fifth moment.
  private static func blurred(_ tail: [Double], by places: Double) -> [Double] {
    guard places > 0.01 else { return tail }
    let far = min(3.0.squareRoot() * places, 12)
    return tail.indices.map { place in
      let (left, right) = (value(tail, Double(place) - far), value(tail, Double(place) + far))
      return (4 * tail[place] + left + right) / 6
    }
  }

  private static func value(_ tail: [Double], _ place: Double) -> Double {
    let below = min(max(Int(place.rounded(.down)), 0), tail.count - 2)
    let part = min(max(place - Double(below), 0), 1)
    return tail[below] * (1 - part) + tail[below + 1] * part
  }

  /// The amount in units of c that is not exceeded with probability `q` by a customer active with probability `alive`.
  func quantile(_ q: Double, alive: Double) -> Double {
    let most = alive * any > 0 ? (1 - q) / (alive * any) : 1
    guard most < 1, let first = tail.first else { return 0 }
    if first <= most { return exp(start) }
    var (low, high) = (0, tail.count - 1)
    if tail[high] > most { return exp(start + Double(high) * step) }
    while high - low > 1 {
      let middle = (low + high) / 2
      if tail[middle] > most { low = middle } else { high = middle }
    }
    func logOdds(_ p: Double) -> Double { log(max(p, 1e-12) / max(1 - p, 1e-12)) }
    let (above, below, wanted) = (logOdds(tail[low]), logOdds(tail[high]), logOdds(most))
    let part = above > below ? (above - wanted) / (above - below) : 0
    return exp(start + (Double(low) + part) * step)
  }
}

extension CountDistribution {
  /// Counts above 0 with their probabilities, those of many put together in about a dozen groups.
  fileprivate var grouped: [(count: Double, weight: Double)] {
    let unit = Double(unit)
    let exact = survival.indices.map { place in
      (
        count: Double(place + 1) * unit,
        weight: survival[place] - (place + 1 < survival.count ? survival[place + 1] : 0)
      )
    }
    guard exact.count > 14 else { return exact.filter { $0.weight > 0 } }
    let all = survival[0]
    var groups: [(count: Double, weight: Double)] = []
    var (sum, weight, passed) = (0.0, 0.0, 0.0)
    // The ends of the ranges lie in the tails: groups are smaller there.
    let limits = [0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.96, 0.985, 0.995, 1].map { $0 * all }
    for (count, part) in exact {
      (sum, weight, passed) = (sum + count * part, weight + part, passed + part)
      if weight > 0, passed >= limits[min(groups.count, limits.count - 1)] {
        groups.append((sum / weight, weight))
        (sum, weight) = (0, 0)
      }
    }
    if weight > 0 { groups.append((sum / weight, weight)) }
    return groups
  }
}
