/// A line that a customer crossed from one day to the next.
public enum Crossing: Hashable, Sendable {
  /// P(alive) fell below the line, or rose to it or above.
  case alive(line: Double, from: Double, to: Double)
  case valueClass(from: ValueClass, to: ValueClass)
  case warning(from: LeavingWarning.Level, to: LeavingWarning.Level)
}

/// A customer's scores on one day; nil what was not scored.
public struct DailyScores: Hashable, Sendable {
  /// P(alive), 0…1.
  public let alive: Double?
  public let valueClass: ValueClass?
  public let warning: LeavingWarning.Level?

  public init(alive: Double? = nil, valueClass: ValueClass? = nil, warning: LeavingWarning.Level? = nil) {
    self.alive = alive
    self.valueClass = valueClass
    self.warning = warning
  }

  /// Lines of P(alive) worth a look when crossed.
  public static let aliveLines = [0.8, 0.5, 0.2]

  /// What was crossed between this day and a later one, in the order of `Crossing`. Nothing is crossed from or to where
  /// there was no score: the new and the gone are what `ClassChanges` tells.
  public func crossings(to later: DailyScores, aliveLines: [Double] = aliveLines) -> [Crossing] {
    var found: [Crossing] = []
    if let from = alive, let to = later.alive {
      found += aliveLines.filter { from < $0 && to >= $0 || from >= $0 && to < $0 }.map {
        .alive(line: $0, from: from, to: to)
      }
    }
    if let from = valueClass, let to = later.valueClass, from != to { found.append(.valueClass(from: from, to: to)) }
    if let from = warning, let to = later.warning, from != to { found.append(.warning(from: from, to: to)) }
    return found
  }
}

extension DailyScores {
  /// Who crossed which line between two days, in the order of `after`; who crossed none is absent. An id given twice in
  /// `before` counts with its last scores. O(n).
  public static func crossings(
    before: [(id: Int64, scores: DailyScores)], after: [(id: Int64, scores: DailyScores)],
    aliveLines: [Double] = aliveLines
  ) -> [(id: Int64, crossings: [Crossing])] {
    let old = Dictionary(before.map { ($0.id, $0.scores) }) { $1 }
    return after.compactMap { id, scores in
      let crossed = old[id]?.crossings(to: scores, aliveLines: aliveLines) ?? []
      return crossed.isEmpty ? nil : (id, crossed)
    }
  }
}
