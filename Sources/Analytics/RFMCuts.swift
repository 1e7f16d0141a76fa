extension RFM {
  /// What makes a score.
  public enum Cuts: Hashable, Sendable {
    /// Fifths of the customers compared with each other.
    case quantile
    /// Limits that stay the same whoever else there is, so that scores of two dates can be compared.
    case fixed(FixedCuts)

    var fixed: FixedCuts? {
      if case .fixed(let cuts) = self { return cuts }
      return nil
    }
  }

  /// Four rising limits for each dimension.
  ///
  /// Recency of at most the first limit scores 5, at most the second 4, … more than the fourth 1. Frequency
  /// and monetary of at least the fourth limit score 5, at least the third 4, … less than the first 1.
  public struct FixedCuts: Hashable, Sendable {
    /// Days.
    public let recency: [Int64]
    /// Occasions.
    public let frequency: [Int64]
    /// Minor units, or thousandths for RFA.
    public let monetary: [Int64]

    /// Nil unless each has four numbers, each greater than the one before.
    public init?(recency: [Int], frequency: [Int], monetary: [Int64]) {
      self.recency = recency.map { Int64($0) }
      self.frequency = frequency.map { Int64($0) }
      self.monetary = monetary
      guard [self.recency, self.frequency, monetary].allSatisfy(Self.areLimits) else { return nil }
    }

    /// The two ends of the number line cannot be limits: there is nothing beyond them to score 1.
    private static func areLimits(_ cuts: [Int64]) -> Bool {
      cuts.count == 4 && zip(cuts, cuts.dropFirst()).allSatisfy { $0 < $1 }
        && !cuts.contains(.min) && !cuts.contains(.max)
    }
  }
}
