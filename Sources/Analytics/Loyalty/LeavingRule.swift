extension LeavingWarning {
  /// What is known of the time to come of one customer, and of the time since the last purchase.
  public struct Outlook: Hashable, Codable, Sendable {
    /// P(no purchase in the next `days`), 0…1.
    public let noPurchase: Double
    public let days: Int
    /// Days since the last purchase, and those usual between two: of the customer's own where it has bought at least three
    /// times, else of all; nil where nobody bought twice.
    public let sinceLast: Int
    public let usualGap: Double?
    /// P(alive), 0…1; nil where orders do not show who leaves.
    public let alive: Double?

    public init(noPurchase: Double, days: Int, sinceLast: Int, usualGap: Double?, alive: Double?) {
      (self.noPurchase, self.days, self.sinceLast) = (noPurchase, days, sinceLast)
      (self.usualGap, self.alive) = (usualGap, alive)
    }

    /// Whether the next purchase is later than usual. Whoever is not late is not warned of, however seldom it buys.
    public var isLate: Bool { usualGap.map { Double(sinceLast) > $0 } ?? true }
  }

  /// The limits of the table at `LeavingWarning`.
  public struct Rule: Hashable, Codable, Sendable {
    /// P(no purchase) from which on one who is late is watched, and is taken to be leaving.
    public var watch = 0.50
    public var leaving = 0.75
    /// P(alive) below which a customer has left.
    public var left = 0.10

    /// From which on a signal is worth telling: lateness, share by which spending fell, fall of P(alive).
    public var late = 0.80
    public var fall = 0.30
    public var aliveFall = 0.20

    public init() {}

    /// The level, everywhere the same: of what is likely to happen, not of signs. What is no number speaks for nothing.
    public func level(_ outlook: Outlook) -> Level {
      if let alive = outlook.alive, alive < left { return .left }
      guard outlook.isLate else { return .none }
      return outlook.noPurchase >= leaving ? .leaving : outlook.noPurchase >= watch ? .watch : .none
    }

    /// Whether a signal says something.
    func speaks(_ signal: Signal) -> Bool {
      switch signal {
      case .noPurchase: true
      case .overdue(let rhythm): rhythm.lateness >= late
      case .spending(let change): change.fall >= fall
      case .alive(let before, let now): now < 0.5 || (before ?? now) - now >= aliveFall
      case .complaints(let count): count > 0
      }
    }
  }
}
