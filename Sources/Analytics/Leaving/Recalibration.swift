/// Corrects log-odds by what happened after they were foretold: `a + b · log-odds`.
///
/// A model that is judged by what it learned from looks surer than it is, and a firm's next quarter is not its last
/// one. So a and b are estimated from forecasts of quarters that the forecasting model had not seen, up to a year of
/// them so that a season is not taken for a trend. They are drawn to 0 and 1, where nothing is corrected, by normal
/// priors of a standard deviation of about .03: a year of some hundred customers moves them little, one of many
/// thousands does. Ranks do not change.
///
/// Source: J. Platt, "Probabilistic outputs for support vector machines", 1999.
struct Recalibration: Codable, Equatable, Sendable {
  /// a.
  let shift: Double
  /// b.
  let slope: Double

  private static let precision = 1000.0

  /// Nothing is corrected where nothing was foretold. O(n).
  init(_ forecasts: [LeavingForecast]) {
    var design = Design(columns: 2)
    for forecast in forecasts { design.append([1, forecast.logOdds]) }
    let correction = LogisticRegression(
      LogisticProblem(
        design: design, outcomes: forecasts.map(\.isSilent), offsets: forecasts.map(\.logOdds),
        precisions: [Self.precision, Self.precision])
    ).weights
    shift = correction[0]
    slope = 1 + correction[1]
  }

  func probability(ofLogOdds odds: Double) -> Double { (shift + slope * odds).asProbability }
}
