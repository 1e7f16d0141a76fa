import Testing

@testable import Analytics

@Suite struct NumberingTests {
  /// Whatever the hashes, also where all are the same.
  @Test(arguments: [{ UInt64($0) }, { _ in 7 }, { UInt64($0) << 40 }] as [@Sendable (Int) -> UInt64])
  func numbersInOrderOfFirstAppearance(_ hash: @Sendable (Int) -> UInt64) {
    let things = [4, 4, 9, 0, 4, 9, 1, 2, 3, 5]
    var numbering = Numbering<Int>(ofAtMost: 8)
    #expect(things.map { numbering.number(of: $0, hash: hash($0)) } == [0, 0, 1, 2, 0, 1, 3, 4, 5, 6])
    #expect(numbering.things == [4, 9, 0, 1, 2, 3, 5])
    #expect(numbering.number(of: 8, hash: hash(8)) == 7 && numbering.number(of: 4, hash: hash(4)) == 0)
  }

  @Test func nothingHasNoNumbers() {
    #expect(Numbering<Int>(ofAtMost: 0).things.isEmpty)
    #expect(HistoryGroups([]).customers == 0)
  }
}
