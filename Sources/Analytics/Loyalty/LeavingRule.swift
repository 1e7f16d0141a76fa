extension LeavingWarning {
  /// The limits of the table at `LeavingWarning`; each signal alone, see there for their combination.
  public struct Rule: Hashable, Codable, Sendable {
    /// Lateness, 0…1.
    public var lateWatch = 0.80
    public var lateLeaving = 0.95

    /// Share by which spending fell, 0…1.
    public var fallWatch = 0.30
    public var fallLeaving = 0.60

    /// By how much P(alive) fell.
    public var aliveFallWatch = 0.20
    /// P(alive) below which more have left than stayed.
    public var aliveLeaving = 0.50
    public var aliveLeft = 0.10

    public init() {}

    /// What a signal by itself speaks for. A value that is no number speaks for nothing.
    public func level(of signal: Signal) -> Level {
      switch signal {
      case .overdue(let rhythm):
        rhythm.lateness >= lateLeaving ? .leaving : rhythm.lateness >= lateWatch ? .watch : .none
      case .spending(let change):
        change.fall >= fallLeaving ? .leaving : change.fall >= fallWatch ? .watch : .none
      case .alive(let before, let now): level(alive: now, before: before)
      case .complaints(let count): count > 0 ? .watch : .none
      }
    }

    private func level(alive now: Double, before: Double?) -> Level {
      if now < aliveLeft { return .left }
      if now < aliveLeaving { return .leaving }
      return (before ?? now) - now >= aliveFallWatch ? .watch : .none
    }
  }
}
