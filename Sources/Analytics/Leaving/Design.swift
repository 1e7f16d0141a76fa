/// What outcomes are to be told from: rows of numbers, each with as many columns.
struct Design {
  let columns: Int
  /// Row by row.
  private(set) var values: [Double] = []

  init(columns: Int) { self.columns = columns }

  mutating func append(_ row: [Double]) { values += row }

  /// Brings every column but the first, which is constant, to mean 0 and variance 1; one that is the same everywhere to
  /// 0. O(values).
  mutating func standardize() -> Standardization {
    let scaling = Standardization(self)
    var column = 0
    for place in values.indices {
      values[place] = (values[place] - scaling.means[column]) * scaling.factors[column]
      column = column + 1 == columns ? 0 : column + 1
    }
    return scaling
  }
}

/// How columns were brought to mean 0 and variance 1.
struct Standardization {
  fileprivate private(set) var means: [Double]
  /// One over the standard deviation; 0 where that is 0.
  fileprivate private(set) var factors: [Double]

  fileprivate init(_ design: Design) {
    let columns = design.columns
    let count = Double(max(design.values.count / columns, 1))
    means = [Double](repeating: 0, count: columns)
    factors = means
    for place in design.values.indices { means[place % columns] += design.values[place] }
    for column in means.indices { means[column] /= count }
    for place in design.values.indices {
      let difference = design.values[place] - means[place % columns]
      factors[place % columns] += difference * difference
    }
    for column in means.indices {
      let deviation = (factors[column] / count).squareRoot()
      factors[column] = deviation > 1e-9 ? 1 / deviation : 0
    }
    (means[0], factors[0]) = (0, 1)
  }

  /// Weights of the columns as they were, from those of the columns as they are.
  func original(_ weights: [Double]) -> [Double] {
    var original = zip(weights, factors).map { $0 * $1 }
    for column in original.indices.dropFirst() { original[0] -= original[column] * means[column] }
    return original
  }
}
