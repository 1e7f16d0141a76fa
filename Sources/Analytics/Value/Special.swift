import Foundation

/// `ln Γ(x)`, x > 0. Relative error ≤ 1e-14, near the zeros at 1 and 2 absolute.
func logGamma(_ x: Double) -> Double {
  lgamma(x)
}

/// `ψ(x) = d ln Γ(x) / dx`, x > 0. Absolute error ≤ 1e-14 · max(1, |ψ|).
///
/// Recurrence up to x ≥ 10, then the asymptotic series.
/// Source: Abramowitz & Stegun 6.3.5 and 6.3.18.
func digamma(_ x: Double) -> Double {
  var x = x
  var shift = 0.0
  while x < 10 {
    shift -= 1 / x
    x += 1
  }
  let y = 1 / (x * x)
  let series = y * (1 / 12.0 - y * (1 / 120.0 - y * (1 / 252.0 - y * (1 / 240.0 - y * (1 / 132.0 - y * 691 / 32_760)))))
  return shift + log(x) - 0.5 / x - series
}

/// `ψ′(x)`, x > 0. Relative error ≤ 1e-13. Recurrence and asymptotic series as for `digamma`.
///
/// Source: Abramowitz & Stegun 6.4.6 and 6.4.12.
func trigamma(_ x: Double) -> Double {
  var x = x
  var shift = 0.0
  while x < 10 {
    shift += 1 / (x * x)
    x += 1
  }
  let y = 1 / (x * x)
  let series = 1 / 6.0 - y * (1 / 30.0 - y * (1 / 42.0 - y * (1 / 30.0 - y * (5 / 66.0 - y * 691 / 2730))))
  return shift + 1 / x + y / 2 + y / x * series
}
