import Foundation

/// Level and season of a monthly series: `E[y_t] = days_t · level(t) · factor(month of t)`.
///
/// The level is a chain of straight lines, bent once a year, so that it follows growth and decline but not the seasons.
/// Both are found by maximum likelihood as if `y` were Poisson, by the multiplicative steps of the EM algorithm:
/// nothing becomes negative, and a month without purchases is nothing special. Where `y` scatters more than Poisson,
/// the estimate is still consistent, and the scatter is measured as quasi-likelihood does: `φ = Σ (y − μ)² / μ / ν`.
///
/// Source: A. P. Dempster, N. M. Laird, D. B. Rubin, "Maximum likelihood from incomplete data via the EM algorithm",
/// JRSS B 39 (1977); P. McCullagh, J. A. Nelder, "Generalized Linear Models", 2nd ed. (1989), 6.2.
struct SeasonFit {
  let poolsNewYear: Bool
  /// January first, as the data have them; mean 1.
  private(set) var factors = [Double](repeating: 1, count: 12)
  private let series: MonthlySeries
  private let days: [Double]
  private let months: [Int]
  /// Level at the bends, a day.
  private var knots: [Double]

  /// At least two years.
  init(_ series: MonthlySeries, poolsNewYear: Bool) {
    self.poolsNewYear = poolsNewYear
    self.series = series
    days = series.values.indices.map(series.days)
    months = series.values.indices.map { series.month($0).month - 1 }
    let mean = max(series.values.reduce(0, +) / days.reduce(0, +), .leastNormalMagnitude)
    knots = [Double](repeating: mean, count: (series.values.count + 6) / 12 + 1)
    for _ in 0..<400 {
      let before = factors
      bendLevel()
      weighMonths()
      if zip(before, factors).allSatisfy({ abs($0 - $1) < 1e-7 }) { break }
    }
  }

  /// Between which bends a month lies, and how near the second.
  private func place(_ index: Int) -> (knot: Int, share: Double) {
    let position = Double(index) / Double(series.values.count - 1) * Double(knots.count - 1)
    let knot = min(Int(position), knots.count - 2)
    return (knot, position - Double(knot))
  }

  private func level(_ index: Int) -> Double {
    let (knot, share) = place(index)
    return knots[knot] * (1 - share) + knots[knot + 1] * share
  }

  private func expected(_ index: Int) -> Double { days[index] * level(index) * factors[months[index]] }

  private mutating func bendLevel() {
    var seen = [Double](repeating: 0, count: knots.count)
    var due = seen
    for (index, value) in series.values.enumerated() {
      let (knot, share) = place(index)
      let exposure = days[index] * factors[months[index]]
      let ratio = value / max(expected(index), .leastNormalMagnitude)
      for (knot, share) in [(knot, 1 - share), (knot + 1, share)] {
        seen[knot] += share * exposure * ratio
        due[knot] += share * exposure
      }
    }
    for knot in knots.indices where due[knot] > 0 { knots[knot] *= seen[knot] / due[knot] }
  }

  private mutating func weighMonths() {
    var seen = [Double](repeating: 0, count: 12)
    var due = seen
    for (index, value) in series.values.enumerated() {
      seen[group(months[index])] += value
      due[group(months[index])] += days[index] * level(index)
    }
    factors = SeasonProfile.meanOne((0..<12).map { due[group($0)] > 0 ? seen[group($0)] / due[group($0)] : 1 })
  }

  /// Months that share a factor.
  private func group(_ month: Int) -> Int { poolsNewYear && month == 1 ? 0 : month }
}

extension SeasonFit {
  private var groups: Int { poolsNewYear ? 11 : 12 }

  /// ν: months beyond the numbers that were fitted.
  private var freedom: Double { max(Double(series.values.count - knots.count - groups + 1), 1) }

  private func residual(_ index: Int) -> Double {
    let expected = expected(index)
    return expected > 0 ? (series.values[index] - expected) / expected.squareRoot() : 0
  }

  /// φ over some of the months, with their share of ν.
  private func dispersion(_ indices: [Int]) -> Double {
    let share = freedom * Double(indices.count) / Double(series.values.count)
    return indices.reduce(0) { $0 + residual($1) * residual($1) } / share
  }

  /// Factors drawn towards 1: `1 + max(0, 1 − c / Q) (f − 1)`, with `Q = Σ (f − 1)² / v` and v the variance that
  /// noise alone gives a factor.
  ///
  /// James and Stein's estimator with c at the 95 % quantile of Q without a season, so that nineteen of twenty firms
  /// that have none are given none, and a strong season is damped by little: Wilson and Hilferty's quantile of χ², with
  /// `1 + 6/ν` for φ being estimated, within 2 % of that of F.
  ///
  /// Source: W. James, C. Stein, "Estimation with quadratic loss", Proc. 4th Berkeley Symp. 1 (1961); E. B. Wilson,
  /// M. M. Hilferty, PNAS 17 (1931).
  var shrunken: [Double] {
    var exposure = [Double](repeating: 0, count: 12)
    for index in series.values.indices { exposure[group(months[index])] += days[index] * level(index) }
    let noise = dispersion(Array(series.values.indices))
    let square = (0..<12).reduce(0) { sum, month in
      group(month) == month ? sum + (factors[month] - 1) * (factors[month] - 1) * exposure[month] : sum
    }
    let free = Double(groups - 1)
    let byChance = free * pow(1 - 2 / (9 * free) + 1.645 * (2 / (9 * free)).squareRoot(), 3) * (1 + 6 / freedom)
    let kept = square > 0 ? max(0, 1 - byChance * noise / square) : 0
    return factors.map { 1 + kept * ($0 - 1) }
  }

  /// Whether January and February change places from year to year: the difference of the two scatters with more than
  /// six times the variance of that of other months.
  var newYearMoves: Bool {
    let januaries = series.values.indices.filter { months[$0] == 0 && $0 + 1 < series.values.count }
    let others = series.values.indices.filter { months[$0] > 1 }
    guard januaries.count > 1 else { return false }
    let squares = januaries.reduce(0) { $0 + pow(residual($1) - residual($1 + 1), 2) }
    return squares / Double(januaries.count - 1) > 6 * 2 * max(dispersion(others), 1)
  }
}
