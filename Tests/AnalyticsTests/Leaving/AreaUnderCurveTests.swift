import Analytics
import Testing

struct AreaUnderCurveTests {
  @Test func byHand() {
    #expect(areaUnderCurve([1, 2, 3, 4], happened: [false, false, true, true]) == 1)
    #expect(areaUnderCurve([4, 3, 2, 1], happened: [false, false, true, true]) == 0)
    // Of four pairs three are in order.
    #expect(areaUnderCurve([0.1, 0.4, 0.35, 0.8], happened: [false, false, true, true]) == 0.75)
  }

  @Test func tiesCountHalf() {
    #expect(areaUnderCurve([5, 5, 5], happened: [true, false, true]) == 0.5)
    // (2, 1): one; (2, 2): half; (3, 1), (3, 2): one each.
    #expect(areaUnderCurve([2, 1, 3, 2], happened: [true, false, true, false]) == 3.5 / 4)
  }

  /// Against the definition, pair by pair.
  @Test func allSmallArrays() {
    for values in everyArray(of: 0...5, upTo: 5) {
      // Three scores, each with and without the event.
      let scores = values.map { Double($0 / 2) }
      let happened = values.map { $0 % 2 == 1 }
      let events = zip(scores, happened).filter(\.1).map(\.0)
      let others = zip(scores, happened).filter { !$0.1 }.map(\.0)
      let won = events.flatMap { event in others.map { event > $0 ? 1 : event == $0 ? 0.5 : 0 } }
      let expected = won.isEmpty ? nil : won.reduce(0, +) / Double(won.count)
      #expect(areaUnderCurve(scores, happened: happened) == expected, "\(values)")
    }
  }

  @Test func nothingToTellApart() {
    #expect(areaUnderCurve([], happened: []) == nil)
    #expect(areaUnderCurve([1, 2], happened: [true, true]) == nil)
    #expect(areaUnderCurve([1, 2], happened: [false, false]) == nil)
    #expect(areaUnderCurve([.nan, 2, 1], happened: [false, true, true]) == nil)
    #expect(areaUnderCurve([.nan, 2, .infinity, 7], happened: [false, false, true]) == 1)
  }
}
