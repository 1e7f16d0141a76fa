import Analytics
import Testing

struct ABCTests {
  @Test func theCustomerWhoCrossesACutBelongsToTheBetterClass() {
    let abc = ABC(values: [5, 70, 15, 10])
    #expect(abc.standings.map(\.valueClass) == [.c, .a, .a, .b])
    #expect(abc.standings.map(\.rank) == [4, 1, 2, 3])
    #expect(abc.standings.map(\.shareBefore) == [0.95, 0, 0.70, 0.85])
    #expect(abc.standings.map(\.cumulativeShare) == [1, 0.70, 0.85, 0.95])
  }

  @Test func aShareOfExactlyTheCutIsPastIt() {
    #expect(ABC(values: [80, 15, 5]).standings.map(\.valueClass) == [.a, .b, .c])
    #expect(ABC(values: [799, 151, 50]).standings.map(\.valueClass) == [.a, .a, .c])
  }

  @Test func cutsAreComparedExactlyWhereDoublesWouldRound() {
    let fifth: Int64 = 1_000_000_000_000_000_001
    let abc = ABC(values: [4 * fifth - 1, fifth + 1])
    #expect(abc.standings.map(\.shareBefore) == [0, 0.8])
    #expect(abc.standings.map(\.valueClass) == [.a, .a])
    #expect(ABC(values: [4 * fifth, fifth]).standings.map(\.valueClass) == [.a, .b])
  }

  @Test func equalValuesKeepTheirOrder() {
    let abc = ABC(values: [10, 10, 10, 10, 10])
    #expect(abc.standings.map(\.rank) == [1, 2, 3, 4, 5])
    #expect(abc.standings.map(\.valueClass) == [.a, .a, .a, .a, .b])
  }

  @Test func zeroAndNegativeValuesAreCAndNoPartOfTheTotal() {
    let abc = ABC(values: [-500, 100, 0])
    #expect(abc.standings.map(\.valueClass) == [.c, .a, .c])
    #expect(abc.standings.map(\.rank) == [3, 1, 2])
    #expect(abc.standings.map(\.shareBefore) == [1, 0, 1])
    #expect(abc.summary.positiveTotal == 100)
    #expect(abc.summary.netTotal == -400)
  }

  @Test func nobodyAndNobodyWithAValue() {
    #expect(ABC(values: []).standings.isEmpty)
    #expect(ABC(values: []).summary.classes.map(\.count) == [0, 0, 0])
    let abc = ABC(values: [0, -1])
    #expect(abc.standings.map(\.valueClass) == [.c, .c])
    #expect(abc.summary.concentration == Concentration(values: []))
  }

  @Test func one() {
    #expect(ABC(values: [1]).standings.map(\.valueClass) == [.a])
  }

  @Test func otherCuts() throws {
    let half = try #require(ABC.Cuts(a: 0.5, b: 0.75))
    #expect(ABC(values: [1, 1, 1, 1], cuts: half).standings.map(\.valueClass) == [.a, .a, .b, .c])
    let nothing = try #require(ABC.Cuts(a: 0, b: 0))
    #expect(ABC(values: [1], cuts: nothing).standings.map(\.valueClass) == [.c])
  }

  @Test(arguments: [
    (-0.1, 0.5), (0.9, 0.8), (0.5, 1.1), (Double.nan, 0.5), (0.5, Double.nan), (0, .infinity),
  ])
  func impossibleCutsAreRefused(a: Double, b: Double) {
    #expect(ABC.Cuts(a: a, b: b) == nil)
  }

  @Test func summaryAddsUp() {
    let classes = ABC(values: [5, 70, 15, 10, -3]).summary.classes
    #expect(classes.map(\.valueClass) == [.a, .b, .c])
    #expect(classes.map(\.count) == [2, 1, 2])
    #expect(classes.map(\.sum) == [85, 10, 2])
  }

  @Test func sumsBeyond64BitsNeitherTrapNorSpoilTheOrder() {
    let abc = ABC(values: [.max, .max, .max, .min, .min, 1])
    #expect(abc.standings.map(\.valueClass) == [.a, .a, .a, .c, .c, .c])
    #expect(abc.summary.positiveTotal == .max)
    #expect(abc.summary.classes.map(\.sum) == [.max, 0, .min])
    #expect(abc.standings[2].cumulativeShare == 1)
  }

  @Test func everySmallCaseFollowsTheDefinition() {
    for values in everyArray(of: -1...3, upTo: 5) {
      let abc = ABC(values: values)
      #expect(
        abc.standings.map(\.valueClass) == values.indices.map { plainClass(of: $0, in: values) }, "\(values)")
      #expect(abc.standings.map(\.rank).sorted() == values.indices.map { $0 + 1 }, "\(values)")
      #expect(abc.summary.netTotal == values.reduce(0, +), "\(values)")
      #expect(abc.summary.classes.reduce(0) { $0 + $1.count } == values.count, "\(values)")
    }
  }

  /// Handbook §12.1 word by word, without sorting.
  private func plainClass(of customer: Int, in values: [Int64]) -> ValueClass {
    let own = values[customer]
    if own <= 0 { return .c }
    var before: Int64 = 0
    for (other, value) in values.enumerated() where value > own || (value == own && other < customer) {
      before += value
    }
    let total = values.filter { $0 > 0 }.reduce(0, +)
    if 100 * before < 80 * total { return .a }
    return 100 * before < 95 * total ? .b : .c
  }
}
