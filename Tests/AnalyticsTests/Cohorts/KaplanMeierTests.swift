import Analytics
import Foundation
import Testing

/// Remission in weeks of 42 children with leukemia, 21 on 6-MP and 21 on placebo: E. J. Freireich et al., Blood 21
/// (1963) 699–716. Estimates as tabled by D. G. Kleinbaum and M. Klein, *Survival Analysis*, ch. 2.
struct KaplanMeierTests {
  private let treated = KaplanMeier(
    durations: [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35],
    observed: [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0].map { $0 == 1 })
  private let placebo = KaplanMeier(
    durations: [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23],
    observed: Array(repeating: true, count: 21))

  @Test func remissionOn6MP() {
    #expect(treated.steps.map(\.time) == [6, 7, 10, 13, 16, 22, 23])
    #expect(treated.steps.map(\.atRisk) == [21, 17, 15, 12, 11, 7, 6])
    #expect(treated.steps.map(\.events) == [3, 1, 1, 1, 1, 1, 1])
    let published = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    for (step, value) in zip(treated.steps, published) { #expect(abs(step.survival - value) < 0.00051) }
    #expect(treated.median == 23)
    #expect(treated.count == 21)
    #expect(treated.longest == 35)
  }

  @Test func bandOf6MP() throws {
    // Worked out by a separate program.
    let lower = [0.6197, 0.5631, 0.5032, 0.4316, 0.3675, 0.2678, 0.1881]
    let upper = [0.9516, 0.9228, 0.8894, 0.8491, 0.8049, 0.7468, 0.6801]
    for (place, step) in treated.steps.enumerated() {
      let band = try #require(step.band)
      #expect(abs(band.lowerBound - lower[place]) < 0.00006)
      #expect(abs(band.upperBound - upper[place]) < 0.00006)
    }
  }

  @Test func remissionOnPlacebo() {
    let shares = [19.0, 17, 16, 14, 12, 8, 6, 4, 3, 2, 1, 0].map { $0 / 21 }
    for (step, share) in zip(placebo.steps, shares) { #expect(abs(step.survival - share) < 1e-12) }
    #expect(placebo.steps.map(\.time) == [1, 2, 3, 4, 5, 8, 11, 12, 15, 17, 22, 23])
    #expect(placebo.median == 8)
    #expect(placebo.steps.last?.survival == 0)
    #expect(placebo.steps.last?.band == nil)
  }

  @Test func readingTheCurve() {
    #expect(treated.survival(at: 5) == 1)
    #expect(treated.survival(at: 6) == treated.steps[0].survival)
    #expect(treated.survival(at: 9) == treated.steps[1].survival)
    #expect(treated.survival(at: 35) == treated.steps[6].survival)
    #expect(treated.survival(at: 36) == nil)
  }

  @Test func nobodyNothingSeenAndUnequalLengths() {
    #expect(KaplanMeier(durations: [], observed: []).survival(at: 0) == nil)
    #expect(KaplanMeier(durations: [], observed: []).median == nil)
    let unseen = KaplanMeier(durations: [4, 9], observed: [false, false])
    #expect(unseen.steps.isEmpty)
    #expect(unseen.survival(at: 9) == 1)
    #expect(KaplanMeier(durations: [1, 2, 3], observed: [true]).count == 1)
    #expect(KaplanMeier(durations: [.min, .max], observed: [true, true]).median == .min)
  }

  @Test func exactHalfIsTheMedian() {
    // 3/4 · 2/3, and 5/6 · 4/5 · 3/4.
    #expect(KaplanMeier(durations: [1, 2, 3, 4], observed: [true, true, true, true]).median == 2)
    #expect(KaplanMeier(durations: [1, 2, 3, 9, 9, 9], observed: [true, true, true, false, false, false]).median == 3)
  }

  @Test func everySmallCaseFollowsTheDefinition() throws {
    // Each number tells a time of 0 to 2 and whether it was seen.
    for people in everyArray(of: 0...5, upTo: 5) {
      let durations = people.map { Int($0 / 2) }
      let observed = people.map { $0 % 2 == 1 }
      let curve = KaplanMeier(durations: durations, observed: observed)
      for time in 0...2 {
        let expected = plainSurvival(durations, observed, time)
        guard time <= durations.max() ?? -1 else {
          #expect(curve.survival(at: time) == nil)
          continue
        }
        let survival = try #require(curve.survival(at: time))
        #expect(abs(survival - expected) < 1e-12, "\(people)")
      }
      for step in curve.steps {
        #expect(step.band.map { $0.contains(step.survival) } ?? (step.survival == 0), "\(people)")
      }
    }
  }

  /// Efron's redistribution to the right: each starts with a weight of 1/n, and whoever is censored hands theirs on in
  /// equal parts to all who are followed longer. Survival is the weight not yet used up by events.
  private func plainSurvival(_ durations: [Int], _ observed: [Bool], _ time: Int) -> Double {
    var weight = durations.map { _ in 1 / Double(durations.count) }
    for moment in 0...time {
      let later = durations.indices.filter { durations[$0] > moment }
      for place in durations.indices where durations[place] == moment && !observed[place] && !later.isEmpty {
        for heir in later { weight[heir] += weight[place] / Double(later.count) }
        weight[place] = 0
      }
    }
    return 1 - durations.indices.reduce(0) { $0 + (durations[$1] <= time && observed[$1] ? weight[$1] : 0) }
  }
}
