import Analytics
import Foundation
import Testing

/// Figures for the sample as calculated with other programs from the same file at full precision; they round to those
/// of the papers.
@Suite(.enabled(if: CDNOW.isThere, Comment(rawValue: CDNOW.absence)))
struct CDNOWTests {
  @Test func calibration() throws {
    let statistics = try CDNOW.sample()
    let histories = statistics.histories.map(\.history)
    #expect(histories.count == 2357)
    #expect(histories.count { $0.frequency > 0 } == 946)
    #expect(statistics.customers.reduce(0) { $0 + Int($1.holdoutOccasions) } == 1882)
  }

  /// Fader, Hardie, Lee 2005, table 1: .243, 4.414, .793, 2.426, LL −9582.4; Batislam et al. 2007.
  @Test func betaGeometric() throws {
    let histories = try CDNOW.sample().histories.map(\.history)
    let bg = try PurchaseFit(.bgNBD, to: histories).estimate
    expect(bg.values, near: [0.242595, 4.413602, 0.792922, 2.425907], relative: 5e-5)
    #expect(abs(bg.logLikelihood + 9582.429207) < 1e-5)
    let mbg = try PurchaseFit(.mbgNBD, to: histories).estimate
    #expect(abs(mbg.logLikelihood + 9582.135716) < 1e-5)
  }

  /// Fader, Hardie, Lee 2005, table 1: .553, 10.578, .606, 11.669, LL −9595.0.
  @Test func paretoNBD() throws {
    let fit = try PurchaseFit(.paretoNBD, to: try CDNOW.sample().histories.map(\.history)).estimate
    #expect(abs(fit.logLikelihood + 9594.976179) < 1e-5)
    expect(fit.values, near: [0.553, 10.578, 0.606, 11.669], relative: 1e-3)
  }

  /// The summary of the papers.
  @Test func publishedSummary() throws {
    let histories = try CDNOW.summary()
    #expect(histories.count == 2357)
    let bg = try PurchaseFit(.bgNBD, to: histories).estimate
    expect(bg.values, near: [0.243, 4.414, 0.793, 2.426], absolute: 0.0005)
    #expect(abs(bg.logLikelihood + 9582.4) < 0.05)
    let pareto = try PurchaseFit(.paretoNBD, to: histories).estimate
    // The file is rounded to hundredths of a week, and the ridge is flat.
    expect(pareto.values, near: [0.553, 10.578, 0.606, 11.669], relative: 1e-3)
    #expect(abs(pareto.logLikelihood + 9595) < 0.05)
  }

  /// Fader, Hardie 2013 and Fader, Hardie, Lee 2005 (RFM and CLV): 6.25, 3.74, 15.44.
  @Test func spend() throws {
    let spends = try CDNOW.sample().customers.map(\.spend).map {
      SpendHistory(occasions: $0.occasions, total: $0.total / 100)
    }
    let fit = try SpendFit(to: spends).estimate
    #expect(fit.observations == 946)
    expect(fit.values, near: [6.249572, 3.744225, 15.443521], relative: 5e-5)
    #expect(abs(fit.logLikelihood + 4055.917695) < 1e-5)
    // The same in cents.
    let cents = try SpendFit(to: try CDNOW.sample().customers.map(\.spend)).estimate
    expect(cents.values, near: [6.249572, 3.744225, 1544.3521], relative: 5e-5)
    #expect(abs(cents.logLikelihood + 4055.917695 + 946 * log(100)) < 1e-5)
  }

  @Test func holdout() throws {
    let statistics = try CDNOW.sample()
    let histories = statistics.histories.map(\.history)
    let bg = HoldoutReport(statistics, model: try PurchaseFit(.bgNBD, to: histories).model)
    #expect(abs(bg.model.expectedTotal - 1653.41) < 0.01)
    #expect(bg.model.actualTotal == 1882)
    let pareto = HoldoutReport(statistics, model: try PurchaseFit(.paretoNBD, to: histories).model)
    #expect(abs(pareto.model.expectedTotal - 1665.51) < 0.01)
    for report in [bg, pareto] {
      #expect(report.model.rootMeanSquareError < report.sameRate.rootMeanSquareError)
      #expect(report.model.rootMeanSquareError < report.alwaysZero.rootMeanSquareError)
      #expect(report.byFrequency.map(\.customers).reduce(0, +) == 2357)
    }
  }

  /// Fader, Hardie, Lee 2005: both models stay within some percent of cumulative sales over 78 weeks, of which the first 39
  /// are fitted to.
  @Test func tracking() throws {
    let statistics = try CDNOW.sample()
    let fit = try PurchaseFit(.bgNBD, to: statistics.histories.map(\.history))
    let tracking = Tracking(statistics, model: fit.model)
    let end = try #require(tracking.weeks.last)
    #expect(end.number == 78)
    #expect(abs(end.cumulativeExpected / Double(end.cumulativeActual) - 1) < 0.06)

  }

  @Test func master() throws {
    let statistics = try CDNOW.master()
    let histories = statistics.histories.map(\.history)
    #expect(histories.count == 23_570)
    let bg = try PurchaseFit(.bgNBD, to: histories).estimate
    expect(bg.values, near: [0.251624, 4.788943, 0.723434, 2.161089], relative: 5e-5)
    #expect(abs(bg.logLikelihood + 95_368.4439) < 1e-4)
    let pareto = try PurchaseFit(.paretoNBD, to: histories).estimate
    #expect(abs(pareto.logLikelihood + 95_415.1186) < 1e-4)
  }

  @Test func choice() throws {
    let choice = try ModelChoice(for: try CDNOW.sample().histories.map(\.history))
    #expect(choice.fit.kind == .mbgNBD)
    #expect(choice.candidates.compactMap(\.fit).count == 4)

  }
}
