import Foundation

/// Where a log-likelihood is greatest, parameters being positive.
struct Maximum {
  var parameters: SIMD4<Double>
  var value: Double
  /// Inverse of the observed information by the logarithms of the parameters; rows of a parameter on the boundary 0.
  let covariance: [[Double]]
  let iterations: Int
  /// Indices of parameters that ran to the end of their range.
  let onBoundary: [Int]

  /// Logarithms of parameters stay within ±11.5, so parameters between 1e-5 and 1e5.
  static let bound = 11.5
  static let mostIterations = 200

  /// One within the range of the parameters before one at its end, the higher before the lower.
  func isBetter(than other: Maximum) -> Bool {
    (onBoundary.isEmpty ? 1 : 0, value) > (other.onBoundary.isEmpty ? 1 : 0, other.value)
  }

  /// Newton's method in the logarithms of the first `count` parameters, damped as by Levenberg and Marquardt until each
  /// step climbs. Ends when the gain still to be expected of a step that is hardly damped, half the Newton decrement, is
  /// below 1e-9; or below 1e-5 where rounding lets no such step climb, as on a plateau far out.
  ///
  /// - Throws: `FitError.notConverged` after 200 steps, or where no step climbs at all.
  init(
    from start: SIMD4<Double>, parameters count: Int, of function: (SIMD4<Double>) -> Jet
  ) throws(FitError) {
    var point = LogPoint(start, count, function)
    var damping = 1e-3
    for iteration in 1...Self.mostIterations where damping < 1e12 {
      if let gain = point.step(damping: 1e-3)?.gain, gain < (damping > 1 ? 1e-5 : 1e-9) {
        self.init(at: point, iterations: iteration)
        return
      }
      if let step = point.step(damping: damping) {
        let next = LogPoint(point, moved: step.direction, function)
        if next.jet.value.isFinite, next.jet.value > point.jet.value {
          point = next
          damping = max(damping / 30, 1e-15)
          continue
        }
      }
      damping = max(damping * 10, 1e-6)
    }
    throw .notConverged(iterations: Self.mostIterations)
  }

  private init(at point: LogPoint, iterations: Int) {
    parameters = point.parameters
    value = point.jet.value
    covariance = point.covariance
    self.iterations = iterations
    onBoundary = (0..<point.count).filter { abs(point.logs[$0]) >= Self.bound }
  }
}

/// A point on the way there, with value and derivatives by the logarithms.
private struct LogPoint {
  let logs: SIMD4<Double>
  let parameters: SIMD4<Double>
  let count: Int
  private(set) var jet: Jet

  init(_ parameters: SIMD4<Double>, _ count: Int, _ function: (SIMD4<Double>) -> Jet) {
    var logs = SIMD4<Double>.zero
    var parameters = parameters
    for index in 0..<count {
      logs[index] = min(max(log(parameters[index]), -Maximum.bound), Maximum.bound)
      parameters[index] = exp(logs[index])
    }
    self.logs = logs
    self.parameters = parameters
    self.count = count
    jet = function(parameters)
    jet.hessian.columns.0 *= parameters * parameters[0]
    jet.hessian.columns.1 *= parameters * parameters[1]
    jet.hessian.columns.2 *= parameters * parameters[2]
    jet.hessian.columns.3 *= parameters * parameters[3]
    jet.gradient *= parameters
    jet.hessian.columns.0[0] += jet.gradient[0]
    jet.hessian.columns.1[1] += jet.gradient[1]
    jet.hessian.columns.2[2] += jet.gradient[2]
    jet.hessian.columns.3[3] += jet.gradient[3]
  }

  init(_ point: LogPoint, moved direction: [Double], _ function: (SIMD4<Double>) -> Jet) {
    var parameters = point.parameters
    for index in 0..<point.count { parameters[index] = exp(point.logs[index] + direction[index]) }
    self.init(parameters, point.count, function)
  }

  /// Parameters that can still move uphill.
  private var free: [Int] {
    (0..<count).filter { abs(logs[$0]) < Maximum.bound || logs[$0] * jet.gradient[$0] < 0 }
  }

  /// Solves `(−H + damping · |diag H|) direction = gradient`; nil where the matrix is not positive definite. No
  /// parameter changes by more than the factor e².
  func step(damping: Double) -> (direction: [Double], gain: Double)? {
    let free = free
    let matrix = free.map { row in
      free.map { column in
        let entry = -jet.hessian[row, column]
        return row == column ? entry + damping * max(abs(entry), 1e-6) : entry
      }
    }
    guard let factor = Cholesky(matrix) else { return nil }
    let solution = factor.solve(free.map { jet.gradient[$0] })
    let greatest = solution.map(abs).max() ?? 0
    let scale = greatest > 2 ? 2 / greatest : 1
    var direction = [Double](repeating: 0, count: count)
    var gain = 0.0
    for (index, change) in zip(free, solution) {
      direction[index] = change * scale
      gain += change * jet.gradient[index] / 2
    }
    return (direction, gain)
  }

  /// Inverse of −H over the free parameters; damped as little as it takes where that is not positive definite.
  var covariance: [[Double]] {
    let inner = (0..<count).filter { abs(logs[$0]) < Maximum.bound }
    var covariance = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for damping in [0, 1e-9, 1e-6, 1e-3, 1] {
      let matrix = inner.map { row in
        inner.map { -jet.hessian[row, $0] + (row == $0 ? damping * max(abs(jet.hessian[row, row]), 1e-6) : 0) }
      }
      guard let factor = Cholesky(matrix) else { continue }
      for (position, column) in inner.enumerated() {
        let solution = factor.solve(inner.indices.map { $0 == position ? 1 : 0 })
        for (row, value) in zip(inner, solution) { covariance[row][column] = value }
      }
      break
    }
    return covariance
  }
}

/// `L Lᵀ` of a small positive definite matrix.
struct Cholesky {
  private(set) var lower: [[Double]]

  init?(_ matrix: [[Double]]) {
    lower = matrix
    for column in matrix.indices {
      for row in column..<matrix.count {
        let sum = (0..<column).reduce(matrix[row][column]) { $0 - lower[row][$1] * lower[column][$1] }
        if row == column {
          guard sum > 1e-14 * abs(matrix[row][row]), sum.isFinite else { return nil }
          lower[row][row] = sum.squareRoot()
        } else {
          lower[row][column] = sum / lower[column][column]
        }
      }
    }
  }

  func solve(_ right: [Double]) -> [Double] {
    var solution = right
    for row in right.indices {
      for column in 0..<row { solution[row] -= lower[row][column] * solution[column] }
      solution[row] /= lower[row][row]
    }
    for row in right.indices.reversed() {
      for below in (row + 1)..<max(right.count, row + 1) { solution[row] -= lower[below][row] * solution[below] }
      solution[row] /= lower[row][row]
    }
    return solution
  }
}
