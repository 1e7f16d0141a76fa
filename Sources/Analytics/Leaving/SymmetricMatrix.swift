/// A symmetric matrix, of which the upper half counts.
struct SymmetricMatrix {
  let size: Int
  /// Row by row.
  var values: [Double]

  init(size: Int) {
    self.size = size
    values = [Double](repeating: 0, count: size * size)
  }

  subscript(row: Int, column: Int) -> Double {
    get { values[row * size + column] }
    set { values[row * size + column] = newValue }
  }

  /// The x of `A x = b`, A being positive definite, by Cholesky's decomposition `A = UᵀU`. O(size³).
  func solved(for right: [Double]) -> [Double] {
    var u = self
    var x = right
    for row in 0..<size {
      for above in 0..<row {
        for column in row..<size { u[row, column] -= u[above, row] * u[above, column] }
        x[row] -= u[above, row] * x[above]
      }
      // Rounding may leave less than nothing of a tiny pivot.
      let pivot = max(u[row, row], 1e-12).squareRoot()
      u[row, row] = pivot
      for column in (row + 1)..<size { u[row, column] /= pivot }
      x[row] /= pivot
    }
    for row in (0..<size).reversed() {
      for column in (row + 1)..<size { x[row] -= u[row, column] * x[column] }
      x[row] /= u[row, row]
    }
    return x
  }
}
