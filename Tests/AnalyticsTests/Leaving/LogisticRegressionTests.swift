import Foundation
import Testing

@testable import Analytics

struct LogisticRegressionTests {
  @Test func slopeAndCurvatureAgreeWithDifferences() {
    let problem = problem(rows: 60)
    let weights = [0.3, -0.8, 0.5]
    let place = problem.place(at: weights)
    let step = 1e-5
    for column in weights.indices {
      var (above, below) = (weights, weights)
      above[column] += step
      below[column] -= step
      let (after, before) = (problem.place(at: above), problem.place(at: below))
      expect([place.gradient[column]], near: [(after.value - before.value) / (2 * step)], relative: 1e-6)
      for other in column..<3 {
        let difference = (after.gradient[other] - before.gradient[other]) / (2 * step)
        expect([place.curvature[column, other]], near: [-difference], relative: 1e-6)
      }
    }
  }

  @Test func theSlopeIsNothingAtTheMaximum() {
    let problem = problem(rows: 60)
    let gradient = problem.place(at: LogisticRegression(problem).weights).gradient
    expect(gradient, near: [0, 0, 0], absolute: 0.01)
  }

  /// Of a constant alone it is the log-odds of the share.
  @Test func theConstant() {
    let outcomes = (0..<40).map { $0 % 4 == 0 }
    let problem = LogisticProblem(design: design(outcomes.map { _ in [1] }), outcomes: outcomes, precisions: [1e-9])
    expect(LogisticRegression(problem).weights, near: [log(1 / 3.0)], relative: 1e-3)
    let shifted = LogisticProblem(
      design: problem.design, outcomes: outcomes, offsets: outcomes.map { _ in 2 }, precisions: [1e-9])
    expect(LogisticRegression(shifted).weights, near: [log(1 / 3.0) - 2], relative: 1e-3)
  }

  /// With a prior as heavy as the data it stays half-way: `Σ(y − p) = w`.
  @Test func thePriorHolds() {
    let problem = LogisticProblem(
      design: design([[1], [1], [1]]), outcomes: [true, true, true], precisions: [1])
    let weight = LogisticRegression(problem).weights[0]
    expect([3 * (1 - weight.asProbability)], near: [weight], absolute: 1e-3)
  }

  @Test func finiteWhereOutcomesAreToldApartWithoutFail() {
    let rows = (0..<50).map { [1, Double($0) - 24.5, Double($0) - 24.5] }
    for outcomes in [rows.map { $0[1] > 0 }, rows.map { _ in true }, rows.map { _ in false }] {
      let weights = LogisticRegression(
        LogisticProblem(design: design(rows), outcomes: outcomes, precisions: [0.01, 1, 1])
      ).weights
      #expect(weights.allSatisfy { abs($0) < 100 }, "\(weights)")
      let right = zip(rows, outcomes).count { ($0[0] * weights[0] + $0[1] * (weights[1] + weights[2]) > 0) == $1 }
      #expect(right == 50)
    }
    let nothing = LogisticRegression(LogisticProblem(design: Design(columns: 2), outcomes: [], precisions: [1, 1]))
    #expect(nothing.weights == [0, 0])
  }

  /// Many rows are begun with some of them; where it ends is the same.
  @Test func manyRows() {
    let problem = problem(rows: 20_000)
    #expect(problem.thinned(to: 16_000) != nil)
    let weights = LogisticRegression(problem).weights
    expect(problem.place(at: weights).gradient, near: [0, 0, 0], absolute: 0.5)
    expect(weights, near: [-0.4, 1, -0.7], absolute: 0.1)
  }

  @Test func linearEquations() {
    var matrix = SymmetricMatrix(size: 3)
    for (place, value) in [(0, 4.0), (1, 2), (2, 1), (4, 5), (5, 3), (8, 6)] { matrix.values[place] = value }
    // (4 2 1; 2 5 3; 1 3 6) · (1, −2, 3).
    expect(matrix.solved(for: [3, 1, 13]), near: [1, -2, 3], absolute: 1e-12)
  }

  @Test func standardizedColumns() {
    var design = design([[1, 2, 7], [1, 4, 7], [1, 9, 7]])
    let scaling = design.standardize()
    #expect([0, 3, 6].map { design.values[$0] } == [1, 1, 1])
    #expect([2, 5, 8].map { design.values[$0] } == [0, 0, 0])
    let column = [1, 4, 7].map { design.values[$0] }
    expect([column.reduce(0, +), column.reduce(0) { $0 + $1 * $1 }], near: [0, 3], absolute: 1e-12)
    // Weighted sums stay what they were.
    let original = scaling.original([0.5, 2, 9])
    expect([original[0] + 4 * original[1] + 7 * original[2]], near: [0.5 + 2 * column[1]], absolute: 1e-12)
  }

  private func design(_ rows: [[Double]]) -> Design {
    var design = Design(columns: rows[0].count)
    for row in rows { design.append(row) }
    return design
  }

  /// Outcomes of log-odds −0.4 + x − 0.7 y.
  private func problem(rows count: Int) -> LogisticProblem {
    var random = SplitMix(state: 5)
    let rows = (0..<count).map { _ in [1, random.normal(), random.normal()] }
    let outcomes = rows.map { random.uniform() < (-0.4 + $0[1] - 0.7 * $0[2]).asProbability }
    return LogisticProblem(design: design(rows), outcomes: outcomes, precisions: [0.01, 1, 1])
  }
}
