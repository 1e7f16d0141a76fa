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

/// The regularised incomplete beta function `I_x(a, b)`, 0…1: the distribution function of Beta(a, b). Relative error below
/// 1e-10 for a, b up to some thousands.
///
/// By the continued fraction, in the half where it converges in few steps.
/// Source: Abramowitz & Stegun 26.5.8; W. H. Press et al., "Numerical Recipes" (2007), 6.4.
func betaIncomplete(_ x: Double, _ a: Double, _ b: Double) -> Double {
  guard x > 0 else { return 0 }
  guard x < 1 else { return 1 }
  let front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x))
  return x < (a + 1) / (a + b + 2)
    ? front * betaFraction(x, a, b) / a : 1 - front * betaFraction(1 - x, b, a) / b
}

/// By the method of W. J. Lentz.
private func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  func away(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
  var c = 1.0
  var d = 1 / away(1 - (a + b) * x / (a + 1))
  var value = d
  for m in 1...2_000 {
    let m = Double(m)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    value *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    value *= d * c
    if abs(d * c - 1) < 1e-12 { break }
  }
  return value
}
