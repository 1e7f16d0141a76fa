import Foundation

/// The log-odds of an outcome as a weighted sum, with normal priors on the weights: those at which the penalised
/// log-likelihood is greatest. The priors keep weights finite where a column tells the outcomes apart without fail, or
/// where all outcomes are equal.
///
/// Source: S. le Cessie, J. C. van Houwelingen, "Ridge estimators in logistic regression", Applied Statistics 41
/// (1992).
struct LogisticRegression {
  let weights: [Double]

  /// Newton's method, a step being halved until it climbs; the first steps with some of the rows where they are many.
  /// Ends when the gain to be expected of a step, half the Newton decrement, is below a millionth, or after 50 steps.
  /// O(rows · columns²) a step.
  init(_ problem: LogisticProblem) {
    self.init(problem, from: problem.precisions.map { _ in 0 })
  }

  private init(_ problem: LogisticProblem, from start: [Double]) {
    let some = problem.thinned(to: 16_000)
    var weights = some.map { LogisticRegression($0, from: start).weights } ?? start
    var place = problem.place(at: weights)
    for _ in 0..<50 {
      let step = place.curvature.solved(for: place.gradient)
      let gain = zip(step, place.gradient).reduce(0) { $0 + $1.0 * $1.1 } / 2
      guard gain > 1e-6, let next = problem.climb(from: weights, step: step, above: place.value) else { break }
      (weights, place) = next
    }
    self.weights = weights
  }
}

/// What a logistic regression is to be found for.
struct LogisticProblem {
  let design: Design
  /// Of each row.
  let outcomes: [Bool]
  /// Log-odds added to the weighted sum of each row; nil where there are none.
  var offsets: [Double]?
  /// Of the weights' normal priors around 0, the inverses of their variances, > 0.
  let precisions: [Double]
  /// Every so many-th row is looked at.
  private(set) var step = 1

  /// The penalised log-likelihood `Σ ln P(outcome) − ½ Σ pⱼ wⱼ²` at some weights w, its slope, and its curvature: the
  /// Hessian with the sign turned.
  struct Place {
    fileprivate(set) var value: Double
    fileprivate(set) var gradient: [Double]
    fileprivate(set) var curvature: SymmetricMatrix
  }

  init(design: Design, outcomes: [Bool], offsets: [Double]? = nil, precisions: [Double]) {
    self.design = design
    self.outcomes = outcomes
    self.offsets = offsets
    self.precisions = precisions
  }

  /// An eighth of the rows, at even steps; nil where there are not many more than `count`.
  func thinned(to count: Int) -> LogisticProblem? {
    guard outcomes.count / step > count else { return nil }
    var some = self
    some.step *= 8
    return some
  }

  /// O(rows · columns²).
  func place(at weights: [Double]) -> Place {
    var place = prior(at: weights)
    // Nearly all time is spent here; without checks of bounds it takes a third.
    place.gradient.withUnsafeMutableBufferPointer { gradient in
      place.curvature.values.withUnsafeMutableBufferPointer { curvature in
        design.values.withUnsafeBufferPointer { values in
          for row in stride(from: 0, to: outcomes.count, by: step) {
            let x = UnsafeBufferPointer(rebasing: values[row * design.columns..<(row + 1) * design.columns])
            var odds = offsets?[row] ?? 0
            for column in 0..<x.count { odds += weights[column] * x[column] }
            let probability = odds.asProbability
            place.value -= (outcomes[row] ? -odds : odds).softplus
            add(x, (outcomes[row] ? 1 : 0) - probability, probability * (1 - probability), to: gradient, curvature)
          }
        }
      }
    }
    return place
  }

  /// The weights after a step, or half of it, or a quarter…, and the place there; nil where no part of it climbs.
  fileprivate func climb(from weights: [Double], step: [Double], above value: Double) -> ([Double], Place)? {
    var part = 1.0
    while part > 1e-6 {
      let next = zip(weights, step).map { $0 + part * $1 }
      let place = place(at: next)
      if place.value >= value { return (next, place) }
      part /= 2
    }
    return nil
  }

  private func prior(at weights: [Double]) -> Place {
    var curvature = SymmetricMatrix(size: design.columns)
    for column in 0..<design.columns { curvature[column, column] = precisions[column] }
    return Place(
      value: -zip(precisions, weights).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / 2,
      gradient: zip(precisions, weights).map { -$0 * $1 }, curvature: curvature)
  }

  @inline(__always)
  private func add(
    _ x: UnsafeBufferPointer<Double>, _ error: Double, _ weight: Double,
    to gradient: UnsafeMutableBufferPointer<Double>, _ curvature: UnsafeMutableBufferPointer<Double>
  ) {
    var column = 0
    while column < x.count {
      gradient[column] += error * x[column]
      let factor = weight * x[column]
      let line = column * x.count
      var other = column
      while other < x.count {
        curvature[line + other] += factor * x[other]
        other += 1
      }
      column += 1
    }
  }
}

extension Double {
  /// Of log-odds, the probability: `1 / (1 + e⁻ˣ)`.
  var asProbability: Double { self >= 0 ? 1 / (1 + exp(-self)) : exp(self) / (1 + exp(self)) }

  /// `ln(1 + eˣ)`.
  fileprivate var softplus: Double { Swift.max(self, 0) + log1p(exp(-abs(self))) }
}
