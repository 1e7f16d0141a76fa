import Analytics
import Testing

struct RFMSegmentTests {
  /// The areas as they are usually described: a segment, its recency scores and its frequency scores.
  private static let areas: [(RFMSegment, r: ClosedRange<Int>, f: ClosedRange<Int>)] = [
    (.champions, 5...5, 4...5), (.loyal, 3...4, 4...5), (.potentialLoyalist, 4...5, 2...3),
    (.new, 5...5, 1...1),
    (.promising, 4...4, 1...1), (.needAttention, 3...3, 3...3), (.aboutToSleep, 3...3, 1...2),
    (.atRisk, 1...2, 3...4), (.cannotLose, 1...2, 5...5), (.hibernating, 2...2, 1...2), (.lost, 1...1, 1...2),
  ]

  @Test func every125ScoresBelongToExactlyOneSegment() {
    for r in 1...5 {
      for f in 1...5 {
        let covering = Self.areas.filter { $0.r.contains(r) && $0.f.contains(f) }.map { $0.0 }
        #expect(covering == [RFMSegment(r: r, f: f)], "R \(r), F \(f)")
      }
    }
    #expect(Set(Self.areas.map { $0.0 }) == Set(RFMSegment.allCases))
  }

  @Test func theSegmentOfAScoreDoesNotDependOnMoney() {
    let people = (0..<125).map {
      RFM.Purchases(recency: -($0 % 5), frequency: $0 / 5 % 5, monetary: Int64($0 / 25))
    }
    let scores = RFM(people).scores
    #expect(Set(scores).count == 125)
    #expect(scores.allSatisfy { $0.segment == RFMSegment(r: $0.r, f: $0.f) })
  }

  @Test func scoresOutsideAreTakenAsTheNearest() {
    #expect(RFMSegment(r: 9, f: 9) == .champions)
    #expect(RFMSegment(r: .min, f: .min) == .lost)
  }

  @Test func slugsAreFitForAddresses() {
    #expect(RFMSegment.allCases.count == 11)
    for slug in RFMSegment.allCases.map(\.rawValue) {
      #expect(slug.allSatisfy { ("a"..."z").contains($0) || $0 == "-" }, "\(slug)")
    }
  }
}
