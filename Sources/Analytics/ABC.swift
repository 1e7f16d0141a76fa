/// How much a customer matters to the turnover: A the vital few, C the useful many.
public enum ValueClass: String, CaseIterable, Hashable, Codable, Sendable {
  case a = "A"
  case b = "B"
  case c = "C"
}

/// ABC classification (Pareto analysis) of customers by a value.
///
/// Customers are put in descending order of value; `share_k = Σ_{i≤k} v_i / Σ v`. A customer is A while the
/// share *before* it is below the first cut, B while it is below the second, else C. Because the share before
/// counts, the customer who carries the sum across a cut still belongs to the better class, and the greatest
/// is A (unless the first cut is 0).
///
/// - Zero and negative values are C. `Σ v` is the sum of the *positive* values: with net returns in it, the
///   shares would rise above 1 and fall again, and could have no meaning at all when returns outweigh sales.
/// - Equal values keep the order of the input, so the result is the same on every run. A cut may fall between
///   them.
/// - Sums and comparisons with the cuts are exact (128-bit integers); only the reported shares are rounded.
///
/// Source: handbook §12.1; H. F. Dickie, "ABC inventory analysis shoots for dollars, not pennies", 1951.
public struct ABC: Equatable, Sendable {
  /// One customer's place in the order.
  public struct Standing: Equatable, Sendable {
    public let valueClass: ValueClass
    /// 1 for the greatest value; every customer has its own.
    public let rank: Int
    /// Share of the positive total held by all customers ranked before, 0…1; 1 for zero and negative values.
    public let shareBefore: Double
    /// `shareBefore` with the customer's own value added, 0…1.
    public let cumulativeShare: Double
  }

  /// One per value, in the order of the input.
  public let standings: [Standing]
  public let summary: Summary

  /// Classifies `values`: money in minor units, or quantity in thousandths. O(n log n); no value traps.
  public init(values: [Int64], cuts: Cuts = .standard) {
    let order = values.ranking
    let total = values.reduce(Int128(0)) { $0 + Int128(max($1, 0)) }
    var standings = [Standing](repeating: .unranked, count: values.count)
    var before = Int128(0)
    // Zero and negative values come last, when all of the total is before them: no cut is above that.
    for (position, index) in order.enumerated() {
      let after = before + Int128(max(values[index], 0))
      standings[index] = Standing(
        valueClass: cuts.valueClass(before: before, total: total), rank: position + 1,
        shareBefore: .share(before, of: total), cumulativeShare: .share(after, of: total))
      before = after
    }
    self.standings = standings
    let concentration = Concentration(descending: order.map { values[$0] })
    summary = Summary(values: values, standings: standings, concentration: concentration)
  }
}

extension ABC.Standing {
  fileprivate static let unranked = Self(valueClass: .c, rank: 0, shareBefore: 1, cumulativeShare: 1)
}

extension ABC {
  /// Where A ends and where B ends, as shares of the total, kept to one millionth.
  public struct Cuts: Hashable, Sendable {
    private let millionthsA: Int
    private let millionthsB: Int

    /// 0.80 and 0.95.
    public static let standard = Cuts(millionthsA: 800_000, millionthsB: 950_000)

    public var a: Double { Double(millionthsA) / 1_000_000 }
    public var b: Double { Double(millionthsB) / 1_000_000 }

    /// Nil unless `0 ≤ a ≤ b ≤ 1`.
    public init?(a: Double, b: Double) {
      guard 0 <= a, a <= b, b <= 1 else { return nil }
      self.init(millionthsA: Int(a * 1_000_000 + 0.5), millionthsB: Int(b * 1_000_000 + 0.5))
    }

    private init(millionthsA: Int, millionthsB: Int) {
      self.millionthsA = millionthsA
      self.millionthsB = millionthsB
    }

    /// Multiplied out instead of divided: a share of exactly 0.80 must not be rounded below the cut.
    fileprivate func valueClass(before: Int128, total: Int128) -> ValueClass {
      let share = before * 1_000_000
      if share < total * Int128(millionthsA) { return .a }
      return share < total * Int128(millionthsB) ? .b : .c
    }
  }
}
