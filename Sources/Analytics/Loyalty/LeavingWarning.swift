/// An early warning that a customer is leaving, and why.
///
/// Each signal by itself speaks for a level:
///
/// | signal | watch | leaving | left |
/// | --- | --- | --- | --- |
/// | overdue by own rhythm | lateness ≥ 0.80 | ≥ 0.95 | |
/// | spending, year on year | fell by ≥ 30 % | ≥ 60 % | |
/// | P(alive) | fell by ≥ 0.20 | < 0.50 | < 0.10 |
/// | complaints | any | | |
///
/// The customer's level is the highest that any signal speaks for; two signals for watch make leaving. What is not known
/// of a customer gives no signal. The limits are our choice and can be set by `Rule`.
///
/// Only P(alive) says that a customer has left: silence never proves it. Of CDNOW's customers with four purchase days or
/// more who were silent for five usual gaps or longer at the end of September 1997, half bought again within nine months
/// (30 of 62), against five in six of those who were not late (139 of 167).
///
/// Source: handbook §6.
public struct LeavingWarning: Hashable, Codable, Sendable {
  public enum Level: String, CaseIterable, Hashable, Codable, Comparable, Sendable {
    case none, watch, leaving, left

    public static func < (a: Self, b: Self) -> Bool { a.place < b.place }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What speaks for leaving, with the values that explain it.
  public enum Signal: Hashable, Codable, Sendable {
    case overdue(Rhythm)
    case spending(SpendChange)
    /// P(alive), 0…1, now and at an earlier date where known.
    case alive(before: Double?, now: Double)
    /// Complaints that are open or of late.
    case complaints(Int)
  }

  public let level: Level
  /// Those that speak for watch or more, in the order given.
  public let signals: [Signal]

  /// Weighs all that is known of a customer: every signal there are values for, alarming or not.
  public init(_ known: [Signal], rule: Rule = Rule()) {
    let levels = known.map { rule.level(of: $0) }
    let alarms = zip(known, levels).filter { $1 > .none }
    let highest = levels.max() ?? .none
    level = highest == .watch && alarms.count >= 2 ? .leaving : highest
    signals = alarms.map(\.0)
  }
}
