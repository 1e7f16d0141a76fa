import Analytics
import Testing

struct ConcentrationTests {
  @Test func giniOfKnownCases() {
    #expect(Concentration(values: [7, 7, 7, 7]).gini == 0)
    #expect(Concentration(values: [0, 0, 0, 9]).gini == 0.75)
    #expect(Concentration(values: [1, 2, 3, 4, 5]).gini == 20.0 / 75)
    #expect(Concentration(values: [1]).gini == 0)
    #expect(Concentration(values: []).gini == nil)
    #expect(Concentration(values: [0, -4]).gini == nil)
    #expect(Concentration(values: [-4, 9]).gini == 0.5)
  }

  @Test func giniIsHalfTheRelativeMeanAbsoluteDifference() throws {
    for values in everyArray(of: -1...3, upTo: 5) where values.contains(where: { $0 > 0 }) {
      let held = values.map { max($0, 0) }
      let differences = held.reduce(0) { sum, x in sum + held.reduce(0) { $0 + abs(x - $1) } }
      let expected = Double(differences) / Double(2 * Int64(held.count) * held.reduce(0, +))
      let gini = try #require(Concentration(values: values).gini)
      #expect(abs(gini - expected) < 1e-15, "\(values)")
    }
  }

  @Test func giniIsOneMinusTwiceTheAreaUnderTheLorenzCurve() throws {
    let spread = Concentration(values: (1...150).map { $0 * $0 })
    let lorenz = spread.lorenz
    #expect(lorenz.count == 151)
    var area = 0.0
    for (from, to) in zip(lorenz, lorenz.dropFirst()) {
      area += (to.customers - from.customers) * (to.value + from.value) / 2
    }
    let gini = try #require(spread.gini)
    #expect(abs(gini - (1 - 2 * area)) < 1e-12)
  }

  @Test func curvesOfAHandWorkedCase() {
    let spread = Concentration(values: [1, 3, -2, 4])
    #expect(spread.pareto.map(\.customers) == [0, 0.25, 0.5, 0.75, 1])
    #expect(spread.pareto.map(\.value) == [0, 0.5, 0.875, 1, 1])
    #expect(spread.lorenz.map(\.customers) == [0, 0.25, 0.5, 0.75, 1])
    #expect(spread.lorenz.map(\.value) == [0, 0, 0.125, 0.5, 1])
    #expect(Concentration(values: [0]).pareto.isEmpty)
    #expect(Concentration(values: [0]).lorenz.isEmpty)
  }

  @Test(arguments: [1, 2, 198, 199, 200, 201, 397, 12_345])
  func curvesAreThinnedAndKeepBothEnds(count: Int) {
    let spread = Concentration(values: (1...Int64(count)).map { $0 % 97 + 1 })
    #expect(spread.pareto.count == min(count + 1, Concentration.mostPoints))
    #expect(spread.pareto.first == CurvePoint(customers: 0, value: 0))
    #expect(spread.pareto.last == CurvePoint(customers: 1, value: 1))
    #expect(spread.lorenz.first == CurvePoint(customers: 0, value: 0))
    #expect(spread.lorenz.last == CurvePoint(customers: 1, value: 1))
    #expect(spread.pareto.allSatisfy { $0.value >= $0.customers - 1e-12 })
    #expect(spread.lorenz.allSatisfy { $0.value <= $0.customers + 1e-12 })
    #expect(zip(spread.pareto, spread.pareto.dropFirst()).allSatisfy { $0.customers < $1.customers })
  }

  @Test func greatestValuesDoNotTrap() throws {
    let gini = try #require(Concentration(values: [.max, .max, .max, 0]).gini)
    #expect(abs(gini - 0.25) < 1e-15)
  }
}
