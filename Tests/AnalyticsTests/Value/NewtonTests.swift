import Foundation
import Testing

@testable import Analytics

struct NewtonTests {
  /// `−(ln θ − 1)² / 2`: greatest at e, with information 1.
  @Test func findsTheMaximum() throws {
    let maximum = try Maximum(from: [1, 0, 0, 0], parameters: 1) { parameters in
      let (theta, distance) = (parameters[0], log(parameters[0]) - 1)
      var jet = Jet(value: -distance * distance / 2, gradient: [-distance / theta, 0, 0, 0])
      jet.hessian.columns.0[0] = (distance - 1) / (theta * theta)
      return jet
    }
    expect([maximum.parameters[0], maximum.covariance[0][0]], near: [exp(1), 1], relative: 1e-4)
    #expect(maximum.onBoundary.isEmpty)
  }

  /// `ln θ` has no maximum.
  @Test func tellsOfTheBoundary() throws {
    let maximum = try Maximum(from: [1, 0, 0, 0], parameters: 1) { parameters in
      var jet = Jet(value: log(parameters[0]), gradient: [1 / parameters[0], 0, 0, 0])
      jet.hessian.columns.0[0] = -1 / (parameters[0] * parameters[0])
      return jet
    }
    #expect(maximum.onBoundary == [0])
  }

  /// A slope that is not that of the function: no step ever climbs.
  @Test func saysThatItDidNotConverge() {
    #expect(throws: FitError.self) {
      try Maximum(from: [1, 0, 0, 0], parameters: 1) { parameters in
        var jet = Jet(gradient: [1 / parameters[0], 0, 0, 0])
        jet.hessian.columns.0[0] = -2 / (parameters[0] * parameters[0])
        return jet
      }
    }
  }
}
