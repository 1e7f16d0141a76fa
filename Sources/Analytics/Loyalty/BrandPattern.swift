/// How the brands follow each other in a customer's purchases of one category.
///
/// Brown's four patterns, told apart by these rules, the first that fits (the limits are ours):
///
/// 1. unstable, AAABBB: two brands were each bought three times running or more, and the one bought so last is not the
///    one bought so first: a settled habit was left for another.
/// 2. undivided, AAAAAA: one brand has at least four fifths of the purchases.
/// 3. divided, ABABAB: two brands have at least four fifths together.
/// 4. none, ABCABC: anything else.
///
/// Source: G. H. Brown, "Brand loyalty — fact or fiction?", Advertising Age 23 (1952); three purchases running as the
/// mark of loyalty: W. T. Tucker, "The development of brand loyalty", Journal of Marketing Research 1 (1964).
public enum BrandPattern: String, CaseIterable, Hashable, Codable, Sendable {
  case undivided, divided, unstable, none

  /// With fewer purchases nothing can be told.
  public static let leastPurchases = 5

  /// `brands`: the brand (or product) of each purchase of a category, oldest first. Nil for fewer than
  /// `leastPurchases`. O(n log n).
  public init?(_ brands: [Int64]) {
    guard brands.count >= Self.leastPurchases else { return nil }
    let counts = Dictionary(brands.map { ($0, 1) }, uniquingKeysWith: +).values.sorted(by: >)
    let settled = Self.settled(brands)
    if settled.first != settled.last {
      self = .unstable
    } else if 5 * counts[0] >= 4 * brands.count {
      self = .undivided
    } else if 5 * counts.prefix(2).reduce(0, +) >= 4 * brands.count {
      self = .divided
    } else {
      self = .none
    }
  }

  /// The brands bought three times running or more, in order of time.
  private static func settled(_ brands: [Int64]) -> [Int64] {
    brands.indices.dropFirst(2).map { brands[$0 - 2...$0] }
      .filter { run in run.allSatisfy { $0 == run.first } }.compactMap(\.first)
  }
}
