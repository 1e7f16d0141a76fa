import Analytics
import Testing

struct CrossingTests {
  @Test func everyLineBetweenIsCrossed() {
    let fell = DailyScores(alive: 0.9).crossings(to: DailyScores(alive: 0.3))
    #expect(fell == [.alive(line: 0.8, from: 0.9, to: 0.3), .alive(line: 0.5, from: 0.9, to: 0.3)])
    let rose = DailyScores(alive: 0.3).crossings(to: DailyScores(alive: 0.5))
    #expect(rose == [.alive(line: 0.5, from: 0.3, to: 0.5)])
    // Who stands on the line is above it.
    #expect(DailyScores(alive: 0.9).crossings(to: DailyScores(alive: 0.8)).isEmpty)
    #expect(DailyScores(alive: 0.9).crossings(to: DailyScores(alive: 0.1), aliveLines: []).isEmpty)
  }

  @Test func classesAndWarnings() {
    let before = DailyScores(alive: 0.9, valueClass: .a, warning: LeavingWarning.Level.none)
    let after = DailyScores(alive: 0.9, valueClass: .b, warning: .watch)
    #expect(before.crossings(to: after) == [.valueClass(from: .a, to: .b), .warning(from: .none, to: .watch)])
    #expect(before.crossings(to: before).isEmpty)
  }

  @Test func withoutAScoreNothingIsCrossed() {
    let scored = DailyScores(alive: 0.9, valueClass: .a, warning: .left)
    #expect(DailyScores().crossings(to: scored).isEmpty)
    #expect(scored.crossings(to: DailyScores(alive: .nan)).isEmpty)
    #expect(DailyScores(alive: .nan).crossings(to: scored).isEmpty)
  }

  @Test func whoCrossed() {
    let crossed = DailyScores.crossings(
      before: [(1, DailyScores(alive: 0.9)), (2, DailyScores(alive: 0.9)), (4, DailyScores(alive: 0.1))],
      after: [(3, DailyScores(alive: 0.1)), (2, DailyScores(alive: 0.7)), (1, DailyScores(alive: 0.9))])
    #expect(crossed.map(\.id) == [2])
    #expect(crossed.first?.crossings == [.alive(line: 0.8, from: 0.9, to: 0.7)])
  }
}
