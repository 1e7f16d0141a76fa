import Foundation

/// How many have not yet had the event (a second order, a cancellation) after each length of time, when some are still
/// being waited for: the product-limit estimate with its confidence band.
///
/// `S(t) = Π_{t_i ≤ t} (1 − d_i / n_i)`, with `d_i` events at time `t_i` among `n_i` still at risk; who is censored at
/// `t_i` counts as at risk there.
///
/// The 95 % band is pointwise: Greenwood's variance `V = Σ d_i / (n_i (n_i − d_i))` on the scale of log(−log S), so
/// that it stays within 0…1: `S ^ exp(± 1.96 √V / log S)`.
///
/// Source: E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations", JASA 53 (1958);
/// M. Greenwood, 1926; J. D. Kalbfleisch, R. L. Prentice, *The Statistical Analysis of Failure Time Data*, 1980.
public struct KaplanMeier: Equatable, Sendable {
  /// A time with events; the curve is flat until the next.
  public struct Step: Equatable, Sendable {
    public let time: Int
    /// Those neither censored nor with an event before `time`.
    public let atRisk: Int
    public let events: Int
    /// Share without an event up to and including `time`, 0…1.
    public let survival: Double
    /// 95 % confidence for `survival`; nil where it is 0, about which the band says nothing.
    public let band: ClosedRange<Double>?
  }

  /// By time; the curve is 1 before the first.
  public let steps: [Step]
  /// All who were followed, with an event or without.
  public let count: Int
  /// The longest time anybody was followed; nothing is known beyond. Nil when nobody was.
  public let longest: Int?

  /// Estimates the curve: `durations` in any unit of whole time, `observed` whether they ended with the event rather
  /// than by our ceasing to look. If one array is longer, its rest is not used. O(n log n); no value traps.
  public init(durations: [Int], observed: [Bool]) {
    let followed = zip(durations, observed).sorted { $0.0 < $1.0 }
    var rest = followed[...]
    var survival = 1.0
    var variance = 0.0
    var steps: [Step] = []
    while let time = rest.first?.0 {
      let ending = rest.prefix { $0.0 == time }
      let events = ending.count { $0.1 }
      if events > 0 {
        let atRisk = Double(rest.count), surviving = Double(rest.count - events)
        survival *= surviving / atRisk
        variance += Double(events) / (atRisk * surviving)
        let band = Self.band(survival, variance)
        steps.append(Step(time: time, atRisk: rest.count, events: events, survival: survival, band: band))
      }
      rest = rest.dropFirst(ending.count)
    }
    self.steps = steps
    count = followed.count
    longest = followed.last?.0
  }

  /// The share without an event up to and including `time`, 0…1; nil beyond `longest`. O(steps).
  public func survival(at time: Int) -> Double? {
    guard let longest, time <= longest else { return nil }
    return steps.last { $0.time <= time }?.survival ?? 1
  }

  /// The first time by which at least half have had the event; nil while fewer have.
  public var median: Int? {
    // 3/4 · 2/3 must count as a half, however its factors were rounded.
    steps.first { $0.survival <= 0.5 + 1e-9 }?.time
  }

  private static func band(_ survival: Double, _ variance: Double) -> ClosedRange<Double>? {
    guard 0 < survival, survival < 1 else { return nil }
    let reach = 1.959963984540054 * variance.squareRoot() / -log(survival)
    return pow(survival, exp(reach))...pow(survival, exp(-reach))
  }
}
