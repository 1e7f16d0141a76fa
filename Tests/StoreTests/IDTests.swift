import Foundation
import Store
import Synchronization
import TestKit
import Testing

struct IDTests {
  private enum Thing {}
  private typealias ThingID = ID<Thing>

  @Test func comesBackFromItsText() throws {
    var random = SystemRandomNumberGenerator()
    for raw in [0, 1, 31, 32, .max, .max - 1]
      + (0..<10_000).map({ _ in Int64.random(in: 0...(.max), using: &random) })
    {
      let id = ThingID(raw: raw)
      #expect(id.description.utf8.count == 13)
      #expect(ThingID(id.description) == id)
      #expect(ThingID(id.description.lowercased()) == id)
    }
    #expect(ThingID(raw: 0).description == "0000000000000")
    #expect(ThingID(raw: .max).description == "7ZZZZZZZZZZZZ")
    #expect(ThingID("OiLoIl0000000") == ThingID("0110110000000"))
  }

  @Test(arguments: [
    "", "0", "000000000000", "00000000000000", "8000000000000", "ZZZZZZZZZZZZZ", "U000000000000",
    "000000000000U",
    "00000000000-0", "00000000 0000", "张00000000000", "ß00000000000", "０000000000", "@000000000000",
    "\u{0}000000000000",
    "[000000000000", "`000000000000",
  ])
  func refusesOtherTexts(_ text: String) { #expect(ThingID(text) == nil) }

  @Test func textSortsLikeTheNumber() {
    let ids = (0..<1000).map { _ in ThingID(raw: .random(in: 0...(.max))) }.sorted()
    #expect(ids.map(\.description) == ids.map(\.description).sorted())
  }

  @Test func risesInABurst() {
    let source = IDSource(node: 7)
    let ids: [ThingID] = (0..<100_000).map { _ in source.next() }
    #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func isDistinctAcrossThreadsAndNodes() {
    let sources = [IDSource(node: 1), IDSource(node: 2)]
    let all = Mutex(Set<Int64>())
    DispatchQueue.concurrentPerform(iterations: 8) { turn in
      let ids: [ThingID] = (0..<20_000).map { _ in sources[turn % 2].next() }
      all.withLock { $0.formUnion(ids.map(\.raw)) }
    }
    #expect(all.withLock { $0.count } == 160_000)
  }

  @Test func isSortedByTimeAndSurvivesAClockThatGoesBack() {
    let clock = Mutex(Instant(milliseconds: 1_800_000_000_000))
    let source = IDSource(node: 3, now: { clock.withLock { $0 } })
    let first: ThingID = source.next()
    clock.withLock { $0 = $0.adding(seconds: 1) }
    let second: ThingID = source.next()
    clock.withLock { $0 = $0.adding(seconds: -3600) }
    let third: ThingID = source.next()
    #expect(first < second && second < third)
    #expect((second.raw >> 21) - (first.raw >> 21) == 1000)
  }

  @Test func isTextInJSON() throws {
    let json = try JSONEncoder().encode([ThingID(raw: 1)])
    #expect(String(decoding: json, as: UTF8.self) == "[\"0000000000001\"]")
    #expect(try JSONDecoder().decode([ThingID].self, from: json) == [ThingID(raw: 1)])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([ThingID].self, from: Data("[\"x\"]".utf8))
    }
  }
}
