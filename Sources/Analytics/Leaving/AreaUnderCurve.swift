/// How well scores tell those to whom something happened from the others: the probability that of one of each, drawn
/// at random, the former has the greater score. 1 tells them apart without fail, 0.5 is what a coin does; equal scores
/// count half, so a rule that knows few values is not favoured.
///
/// The area under the receiver operating characteristic, from the sum of ranks. Scores that are no numbers are left
/// out; nil unless it happened to some and not to others. If one array is longer, its rest is not used. O(n log n).
///
/// Source: J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC)
/// curve", Radiology 143 (1982).
public func areaUnderCurve(_ scores: [Double], happened: [Bool]) -> Double? {
  let ranked = zip(scores, happened).filter { !$0.0.isNaN }.sorted { $0.0 < $1.0 }
  let events = ranked.count { $0.1 }
  let others = ranked.count - events
  guard events > 0, others > 0 else { return nil }
  var pairsWon = 0.0
  var othersBelow = 0
  var rest = ranked[...]
  while let score = rest.first?.0 {
    let tied = rest.prefix { $0.0 == score }
    let eventsTied = tied.count { $0.1 }
    let othersTied = tied.count - eventsTied
    pairsWon += Double(eventsTied) * (Double(othersBelow) + Double(othersTied) / 2)
    othersBelow += othersTied
    rest = rest.dropFirst(tied.count)
  }
  return pairsWon / (Double(events) * Double(others))
}
