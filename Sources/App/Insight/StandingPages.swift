import Analytics
import Store
import Web

/// Pieces of the data card that show a customer's standing and its reasons.
enum StandingPages {
  /// The body of the value panel: class, amount, three scores, each with its why.
  static func worth(_ explanation: StandingExplanation) -> HTML {
    """
    <div class='body worth'>
      <div class='sum'>\(CustomerPieces.valueClass(explanation.valueClass, large: true))
        <dl><dt>\(StandingWords.historicAmount) \(classWhy(explanation))</dt><dd>\(explanation.amount)</dd></dl></div>
      \(explanation.segment.flatMap(RFMSegment.init).map(segment))
      <div class='scores'>
        \(score("R", StandingWords.recencyName, explanation.recency, explanation))
        \(score("F", StandingWords.frequencyName, explanation.frequency, explanation))
        \(score("M", StandingWords.monetaryName, explanation.monetary, explanation))
      </div>
    </div>
    """
  }

  private static func segment(_ segment: RFMSegment) -> HTML {
    """
    <p><span class='badge info'>\(SegmentWords.name(segment))</span> \
    <span class='muted'>\(SegmentWords.meaning(segment))</span></p>
    """
  }

  private static func asOf(_ explanation: StandingExplanation, _ count: Int) -> Word {
    WhyWords.asOf(explanation.asOf, window: nil, customers: count)
  }

  static func classWhy(_ explanation: StandingExplanation) -> HTML {
    var facts: [(name: Word, value: HTML)] = [
      (WhyWords.netAmount, "\(explanation.amount)"),
      (WhyWords.ofTotal, "\(Percent(explanation.share, places: 2))"),
    ]
    if let least = explanation.leastA { facts.append((WhyWords.leastA, "\(least)")) }
    if let least = explanation.leastB { facts.append((WhyWords.leastB, "\(least)")) }
    return Why(
      id: "why-class", title: StandingWords.title(explanation.valueClass), text: explanation.classWords,
      formula: comparison(explanation), facts: facts, asOf: asOf(explanation, explanation.customers)
    ).html
  }

  /// `¥1,284.00 ≥ ¥900.00`, against the class's least, or below that of the class above.
  private static func comparison(_ explanation: StandingExplanation) -> HTML? {
    switch explanation.valueClass {
    case "A": explanation.leastA.map { "\(explanation.amount) ≥ \($0)" }
    case "B": explanation.leastB.map { "\(explanation.amount) ≥ \($0)" }
    default: (explanation.leastB ?? explanation.leastA).map { "\(explanation.amount) ≤ \($0)" }
    }
  }

  private static func score(
    _ letter: String, _ name: Word, _ reason: StandingExplanation.ScoreReason,
    _ explanation: StandingExplanation
  ) -> HTML {
    guard reason.score > 0 else {
      return
        "<div><span class='score'>–</span><span class='name'>\(name)</span><span class='input-value'>–</span></div>"
    }
    return """
      <div><span class='score s\(reason.score)'>\(reason.score)</span><span class='name'>\(name)</span>\
      <span class='input-value'>\(value(reason))</span>\(why(letter, reason, explanation))</div>
      """
  }

  private static func value(_ reason: StandingExplanation.ScoreReason) -> HTML {
    switch reason.value.unit {
    case .day: "\(reason.value) <small>\(StandingWords.days)</small>"
    case .occasion: "\(reason.value) <small>\(StandingWords.times)</small>"
    case .money, .piece: "\(RoundFigure(reason.value))"
    }
  }

  /// The why of one score.
  static func why(
    _ letter: String, _ reason: StandingExplanation.ScoreReason, _ explanation: StandingExplanation
  ) -> HTML {
    var facts: [(name: Word, value: HTML)] = []
    if letter == "R", let last = explanation.lastOn { facts.append((WhyWords.lastPurchase, "\(last)")) }
    if !reason.cuts.isEmpty {
      facts.append((StandingWords.cuts, reason.cuts.map { "\($0)" }.joined(by: " · ")))
    }
    return Why(
      id: "why-\(letter.lowercased())", title: StandingWords.title(letter, reason.score), text: reason.words,
      formula: formula(reason), facts: facts, asOf: asOf(explanation, explanation.buyers)
    ).html
  }

  private static func formula(_ reason: StandingExplanation.ScoreReason) -> HTML? {
    guard let from = reason.from, let to = reason.to else { return nil }
    let band: HTML = from == to ? "\(from)" : "\(from) – \(to)"
    return "\(reason.value) ∈ \(band) → \(reason.score)"
  }
}
