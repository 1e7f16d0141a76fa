/// An early warning that a customer is leaving, and why.
///
/// | level | when |
/// | --- | --- |
/// | watch | the next purchase is late, and P(no purchase in the next days) ≥ 0.50 |
/// | leaving | the same with ≥ 0.75 |
/// | left | P(alive) < 0.10, where orders show who leaves |
///
/// The reasons given with it are what else is known that speaks for leaving; they do not decide, so that a card, a list and a
/// map of very many customers agree. The limits are our choice and can be set by `Rule`.
///
/// Silence never proves that a customer has left: of CDNOW's customers with four purchase days or more who were silent for
/// five usual gaps or longer at the end of September 1997, half bought again within nine months (30 of 62), against five in
/// six of those who were not late (139 of 167).
///
/// Source: handbook §6, §12.4.
public struct LeavingWarning: Hashable, Codable, Sendable {
  public enum Level: String, CaseIterable, Hashable, Codable, Comparable, Sendable {
    case none, watch, leaving, left

    public static func < (a: Self, b: Self) -> Bool { a.place < b.place }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What speaks for leaving, with the values that explain it.
  public enum Signal: Hashable, Codable, Sendable {
    /// P(no purchase in the next days), 0…1.
    case noPurchase(Double, days: Int)
    /// Of whoever bought at least three times: others have no rhythm.
    case overdue(Rhythm)
    case spending(SpendChange)
    /// P(alive), 0…1, now and at an earlier date where known.
    case alive(before: Double?, now: Double)
    /// Complaints that are open or of late.
    case complaints(Int)
  }

  public let level: Level
  /// How likely it is, then those that say something, in the order given; none without a warning.
  public let signals: [Signal]

  /// - Parameter known: every signal there are values for, alarming or not.
  public init(_ outlook: Outlook, reasons known: [Signal] = [], rule: Rule = Rule()) {
    level = rule.level(outlook)
    signals =
      level == .none ? [] : [.noPurchase(outlook.noPurchase, days: outlook.days)] + known.filter(rule.speaks)
  }
}
