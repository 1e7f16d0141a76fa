import Analytics
import Testing

struct RFMTests {
  @Test func fiveDistinctCustomersScoreOneToFive() {
    let rfm = RFM(
      customers(recency: [40, 30, 20, 10, 0], frequency: [1, 2, 3, 4, 5], monetary: [-5, 0, 5, 10, 15]))
    #expect(rfm.scores.map(\.r) == [1, 2, 3, 4, 5])
    #expect(rfm.scores.map(\.f) == [1, 2, 3, 4, 5])
    #expect(rfm.scores.map(\.m) == [1, 2, 3, 4, 5])
  }

  @Test func tenDistinctCustomersGoTwoByTwo() {
    #expect(quantileScores(Array(1...10)) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
  }

  @Test func equalValuesShareTheScoreOfTheirMiddle() {
    // Six who bought once stand on places 1 to 6, in the middle 3.5: ⌈5 · 3 / 10⌉ = 2.
    #expect(quantileScores([1, 1, 1, 1, 1, 1, 2, 2, 3, 9]) == [2, 2, 2, 2, 2, 2, 4, 4, 5, 5])
    #expect(quantileScores([4, 4, 4]) == [3, 3, 3])
    #expect(quantileScores([4]) == [3])
    #expect(quantileScores([]) == [])
  }

  @Test func everySmallCaseFollowsTheDefinition() {
    for values in everyArray(of: -1...3, upTo: 5) {
      let scores = quantileScores(values)
      #expect(scores == values.map { plainScore(of: $0, in: values) }, "\(values)")
      let turned = RFM(values.map { .init(recency: Int(-$0), frequency: 0, monetary: 0) })
      #expect(turned.scores.map(\.r) == scores, "\(values)")
    }
  }

  /// The mid-rank looked up among the sorted values, and the fifth it lies in.
  private func plainScore(of value: Int64, in values: [Int64]) -> Int {
    let places = values.sorted().enumerated().filter { $0.element == value }.map { $0.offset + 1 }
    let midRank = Double(places.reduce(0, +)) / Double(places.count)
    let fifths = [0.2, 0.4, 0.6, 0.8].map { $0 * Double(values.count) + 1e-9 }
    return 1 + fifths.count { midRank - 0.5 > $0 }
  }

  @Test func bandsTellWhichValuesEarnedAScore() {
    let rfm = RFM(
      customers(
        recency: [3, 17, 0, 90, 41, 5], frequency: [1, 1, 1, 1, 1, 1], monetary: [1, 2, 3, 4, 5, 6]))
    #expect(rfm.scores.map(\.r) == [4, 3, 5, 1, 2, 3])
    #expect(
      rfm.recencyBands == [
        band(5, 0, 0, 1), band(4, 3, 3, 1), band(3, 5, 17, 2), band(2, 41, 41, 1), band(1, 90, 90, 1),
      ])
    #expect(rfm.frequencyBands == [band(3, 1, 1, 6)])
  }

  @Test func fixedCutsAndTheirBands() throws {
    let cuts = try #require(
      RFM.FixedCuts(recency: [30, 90, 180, 365], frequency: [2, 3, 5, 10], monetary: [0, 100, 200, 300]))
    let rfm = RFM(
      customers(
        recency: [0, 30, 31, 365, 366], frequency: [1, 2, 4, 10, 99], monetary: [-1, 0, 150, 299, 300]),
      cuts: .fixed(cuts))
    #expect(rfm.scores.map(\.r) == [5, 5, 4, 2, 1])
    #expect(rfm.scores.map(\.f) == [1, 2, 3, 5, 5])
    #expect(rfm.scores.map(\.m) == [1, 2, 3, 4, 5])
    #expect(
      rfm.recencyBands == [
        band(5, nil, 30, 2), band(4, 31, 90, 1), band(3, 91, 180, 0), band(2, 181, 365, 1),
        band(1, 366, nil, 1),
      ])
    #expect(
      rfm.frequencyBands == [
        band(5, 10, nil, 2), band(4, 5, 9, 0), band(3, 3, 4, 1), band(2, 2, 2, 1), band(1, nil, 1, 1),
      ])
  }

  @Test func cutsThatAreNotFourRisingNumbersAreRefused() {
    let good = [1, 2, 3, 4]
    #expect(RFM.FixedCuts(recency: [1, 2, 3], frequency: good, monetary: [1, 2, 3, 4]) == nil)
    #expect(RFM.FixedCuts(recency: good, frequency: [1, 2, 2, 4], monetary: [1, 2, 3, 4]) == nil)
    #expect(RFM.FixedCuts(recency: good, frequency: good, monetary: [4, 3, 2, 1]) == nil)
    #expect(RFM.FixedCuts(recency: good, frequency: good, monetary: [.min, 0, 1, 2]) == nil)
    #expect(RFM.FixedCuts(recency: [1, 2, 3, .max], frequency: good, monetary: [1, 2, 3, 4]) == nil)
    #expect(RFM.FixedCuts(recency: good, frequency: good, monetary: [1, 2, 3, 4]) != nil)
  }

  @Test func greatestAndLeastNumbersDoNotTrap() throws {
    let cuts = try #require(
      RFM.FixedCuts(recency: [1, 2, 3, 4], frequency: [1, 2, 3, 4], monetary: [1, 2, 3, 4]))
    let extremes = customers(recency: [.min, .max], frequency: [.min, .max], monetary: [.max, .max])
    #expect(RFM(extremes).scores.map(\.r) == [4, 2])
    #expect(RFM(extremes).summary.monetary == .max)
    #expect(RFM(extremes, cuts: .fixed(cuts)).scores.map(\.f) == [1, 5])
  }

  @Test func summaryAddsUpByCellAndBySegment() {
    let rfm = RFM(
      customers(recency: [40, 30, 20, 10, 0], frequency: [1, 2, 3, 4, 5], monetary: [5, 6, 7, 8, 9]))
    #expect(rfm.summary.count == 5)
    #expect(rfm.summary.monetary == 35)
    #expect(rfm.summary.grid.map(\.r) == [5, 4, 3, 2, 1].flatMap { [$0, $0, $0, $0, $0] })
    #expect(rfm.summary.grid.filter { $0.count > 0 }.map(\.monetary) == [9, 8, 7, 6, 5])
    let met = rfm.summary.segments.filter { $0.count > 0 }
    #expect(met.map(\.segment) == [.champions, .loyal, .needAttention, .hibernating, .lost])
    #expect(met.map(\.monetary) == [9, 8, 7, 6, 5])
    #expect(RFM([]).summary.grid.count == 25)
    #expect(RFM([]).summary.segments.count == 11)
  }

  private func customers(recency: [Int], frequency: [Int], monetary: [Int64]) -> [RFM.Purchases] {
    recency.indices.map { .init(recency: recency[$0], frequency: frequency[$0], monetary: monetary[$0]) }
  }

  private func quantileScores(_ values: [Int64]) -> [Int] {
    RFM(values.map { .init(recency: 0, frequency: 0, monetary: $0) }).scores.map(\.m)
  }

  private func band(_ score: Int, _ lower: Int64?, _ upper: Int64?, _ count: Int) -> Band {
    Band(score: score, lower: lower, upper: upper, count: count)
  }
}
