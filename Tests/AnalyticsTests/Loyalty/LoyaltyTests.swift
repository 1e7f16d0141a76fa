import Analytics
import Testing

struct LoyaltyTests {
  @Test(arguments: [
    ("AAAAAA", BrandPattern.undivided), ("AAABAAACAADAAAAAAAAA", .undivided), ("AAAAB", .undivided),
    ("ABABAB", .divided), ("AABAAB", .divided), ("ABABABABAC", .divided),
    ("AAABBB", .unstable), ("AAAAAAAAAAAAAAABBB", .unstable), ("AAACBBB", .unstable),
    ("ABCABC", .none), ("ABCDEF", .none), ("AAABCD", .none),
  ])
  func brownsPatterns(of purchases: String, are pattern: BrandPattern) {
    #expect(BrandPattern(purchases.unicodeScalars.map { Int64($0.value) }) == pattern)
  }

  @Test func whoCameBackToTheFirstBrandHasNotLeftIt() {
    #expect(BrandPattern([1, 1, 1, 2, 2, 2, 1, 1, 1]) == .divided)
    #expect(BrandPattern([1, 1, 1, 1]) == nil)
    #expect(BrandPattern([]) == nil)
  }

  @Test func thePatternDoesNotDependOnTheNamesOfTheBrands() {
    for brands in everyArray(of: 0...2, upTo: 7) {
      #expect(BrandPattern(brands) == BrandPattern(brands.map { 2 - $0 }), "\(brands)")
    }
  }

  @Test func theBestEvidenceDecides() {
    let shift: [Int64] = [1, 1, 1, 2, 2, 2]
    #expect(Loyalty(brands: BrandPattern(shift), share: 0.9)?.evidence == .brands(.unstable))
    #expect(Loyalty(brands: BrandPattern(shift))?.type == .brandSwitcher)
    #expect(Loyalty(brands: BrandPattern([1, 2, 1, 2, 1]))?.type == .brandSwitcher)
    #expect(Loyalty(brands: BrandPattern([1, 1, 1, 1, 1]))?.type == .loyal)
    #expect(Loyalty(brands: BrandPattern([1, 2, 3, 1, 2, 3]))?.type == .noBrandLoyalty)
    #expect(Loyalty(brands: BrandPattern([1, 1]), share: 0.5)?.evidence == .share(0.5))
    #expect(
      [0.5, 0.49, 0.25, 0.24, 0].map { Loyalty(share: $0)?.type } == [
        .loyal, .brandSwitcher, .brandSwitcher, .noBrandLoyalty, .noBrandLoyalty,
      ])
    #expect(Loyalty() == nil)
    #expect(Loyalty(share: .nan) == nil)
  }

  @Test func rhythmAloneTellsWhereNothingElseIsKnown() throws {
    #expect(try loyalty(days: [0, 10, 20, 30], asOf: 35)?.type == .loyal)
    #expect(try loyalty(days: [0, 10, 20, 30], asOf: 90)?.type == .brandSwitcher)
    // Gaps 1, 1, 1, 97: bursts and a pause.
    #expect(try loyalty(days: [0, 1, 2, 3, 100], asOf: 101)?.type == .noBrandLoyalty)
    #expect(try loyalty(days: [0, 10, 20], asOf: 25) == nil)
  }

  private func loyalty(days: [Int], asOf today: Int) throws -> Loyalty? {
    let gaps = try #require(PurchaseGaps(purchaseDays: days, asOf: today))
    return try Loyalty(gaps: gaps, rhythm: Rhythm(gaps, among: #require(RhythmPopulation([gaps]))))
  }

  @Test func shareOfCustomer() {
    #expect(Loyalty.share(ours: 25, ofNeed: 100) == 0.25)
    #expect(Loyalty.share(ours: 120, ofNeed: 100) == 1)
    #expect(Loyalty.share(ours: -1, ofNeed: 100) == 0)
    #expect(Loyalty.share(ours: 1, ofNeed: 0) == nil)
  }

  @Test func earlyAreThoseBeforeWhomFewerThanSixteenPercentBought() {
    // A hundred buyers, one a day: the first 16. The second product on three days only: 10, 10 and 80.
    let daily = (1...100).map { (customer: Int64($0), day: $0) }
    let crowded = (1...100).map { (customer: Int64($0), day: $0 <= 10 ? 1 : $0 <= 20 ? 2 : 3) }
    let adopters = EarlyAdopters(launches: [daily.reversed(), crowded])
    #expect((1...100).filter { adopters.records[$0]?.early == 2 } == Array(1...16))
    #expect((1...100).filter { adopters.records[$0]?.early == 1 } == Array(17...20))
    #expect((1...100).filter { adopters.isEarlyAdopter($0) } == Array(1...16))
    #expect(!adopters.isEarlyAdopter(101))
    #expect(adopters.records[101] == nil)
  }

  @Test func oftenLateIsNoEarlyAdopter() {
    func launch(first: Int64) -> [(customer: Int64, day: Int)] { [(first, 1), (3 - first, 2)] }
    let record = EarlyAdopters(launches: [1, 1, 2, 2, 2].map(launch)).records
    #expect(record[1]?.bought == 5 && record[1]?.early == 2 && record[1]?.isEarlyAdopter == false)
    #expect(record[2]?.isEarlyAdopter == true)
    #expect(EarlyAdopters(launches: []).records.isEmpty)
  }

  @Test func stagesOfARelation() {
    #expect(RelationStage(hasIntent: false, occasions: 0, referrals: 0) == .friend)
    #expect(RelationStage(hasIntent: true, occasions: 0, referrals: 0) == .prospect)
    #expect(RelationStage(hasIntent: false, occasions: 1, referrals: 0) == .bought)
    #expect(RelationStage(hasIntent: true, occasions: 2, referrals: 0) == .repurchased)
    #expect(RelationStage(hasIntent: false, occasions: 0, referrals: 1) == .referrer)
    #expect(RelationStage(hasIntent: false, occasions: -1, referrals: -1) == .friend)
  }
}
