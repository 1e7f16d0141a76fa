import Analytics
import Testing

struct ClassChangesTests {
  private typealias Changes = ClassChanges<ValueClass>

  @Test func movedNewAndGone() {
    let changes = Changes(
      before: [(1, .a), (2, .b), (3, .c), (4, .a)], after: [(5, .c), (3, .b), (2, .b), (1, .b)])
    #expect(changes.moves.map(\.id) == [5, 3, 1, 4])
    #expect(changes.moves.map(\.from) == [nil, .c, .a, .a])
    #expect(changes.moves.map(\.to) == [.c, .b, .b, nil])
    #expect(changes.count(from: .b, to: .b) == 1)
    #expect(changes.count(from: .a, to: .b) == 1)
    #expect(changes.count(from: nil, to: .c) == 1)
    #expect(changes.count(from: .a, to: nil) == 1)
    #expect(changes.count(from: .c, to: .a) == 0)
    #expect(changes.counts.values.reduce(0, +) == 5)
  }

  @Test func nothingChanged() {
    let same: [(id: Int64, class: ValueClass)] = [(1, .a), (2, .c)]
    #expect(Changes(before: same, after: same).moves.isEmpty)
    #expect(Changes(before: [], after: []).counts.isEmpty)
  }

  @Test func anIdGivenTwiceCountsOnceWithItsLastClass() {
    let changes = Changes(before: [(1, .a), (1, .b)], after: [(1, .c), (1, .b)])
    #expect(changes.counts == [Changes.Transition(from: .b, to: .b): 1])
    #expect(changes.moves.isEmpty)
  }
}
