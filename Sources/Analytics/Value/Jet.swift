import Foundation

/// A symmetric matrix of order four, by columns; models with fewer parameters leave the rest zero.
struct Symmetric {
  var columns: (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>, SIMD4<Double>) = (.zero, .zero, .zero, .zero)

  subscript(row: Int, column: Int) -> Double {
    switch column {
    case 0: columns.0[row]
    case 1: columns.1[row]
    case 2: columns.2[row]
    default: columns.3[row]
    }
  }

  /// Adds `weight · v vᵀ`.
  @inline(__always)
  mutating func addSquare(of v: SIMD4<Double>, weight: Double) {
    let scaled = v * weight
    columns.0 += scaled * v[0]
    columns.1 += scaled * v[1]
    columns.2 += scaled * v[2]
    columns.3 += scaled * v[3]
  }

  @inline(__always)
  mutating func add(_ other: Symmetric, weight: Double) {
    columns.0 += other.columns.0 * weight
    columns.1 += other.columns.1 * weight
    columns.2 += other.columns.2 * weight
    columns.3 += other.columns.3 * weight
  }
}

/// A function of up to four parameters at one point: value, gradient, second derivatives.
struct Jet {
  var value = 0.0
  var gradient = SIMD4<Double>.zero
  var hessian = Symmetric()

  @inline(__always)
  mutating func add(_ other: Jet, weight: Double) {
    value += other.value * weight
    gradient += other.gradient * weight
    hessian.add(other.hessian, weight: weight)
  }
}

extension Jet {
  /// `ln(exp(u) + exp(v))`.
  @inline(__always)
  static func logSum(_ u: Jet, _ v: Jet) -> Jet {
    let difference = v.value - u.value
    let odds = exp(-abs(difference))
    let share = difference > 0 ? 1 / (1 + odds) : odds / (1 + odds)
    let slope = v.gradient - u.gradient
    var sum = Jet(value: max(u.value, v.value) + log(1 + odds), gradient: u.gradient + slope * share)
    sum.hessian.add(u.hessian, weight: 1 - share)
    sum.hessian.add(v.hessian, weight: share)
    sum.hessian.addSquare(of: slope, weight: share * (1 - share))
    return sum
  }
}

/// `ln Σ exp(u_k)` as a jet, gathered term by term without overflow: the terms are the ways in which a customer may
/// have come to what we saw of it.
struct LogSum {
  private let reference: Double
  private var sum = Jet()

  /// `reference` about as great as the greatest term.
  init(reference: Double) {
    self.reference = reference
  }

  /// Adds `weight · exp(u)`.
  @inline(__always)
  mutating func add(_ u: Jet, weight: Double = 1) {
    let term = weight * exp(u.value - reference)
    sum.value += term
    sum.gradient += u.gradient * term
    sum.hessian.add(u.hessian, weight: term)
    sum.hessian.addSquare(of: u.gradient, weight: term)
  }

  var jet: Jet {
    var jet = Jet(value: reference + log(sum.value), gradient: sum.gradient / sum.value)
    jet.hessian.add(sum.hessian, weight: 1 / sum.value)
    jet.hessian.addSquare(of: jet.gradient, weight: -1)
    return jet
  }
}
