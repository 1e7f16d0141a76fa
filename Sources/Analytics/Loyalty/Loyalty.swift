/// A customer's attitude to what we sell.
public enum LoyaltyType: String, CaseIterable, Hashable, Codable, Sendable {
  /// 忠诚客户
  case loyal
  /// 品牌转移客户: left a brand for another, or shares between two.
  case brandSwitcher = "brand-switcher"
  /// 无品牌忠诚客户
  case noBrandLoyalty = "no-brand-loyalty"
}

/// The loyalty type of a customer, by the best evidence there is, and that evidence.
///
/// A firm rarely sees the purchases made elsewhere, so the rule takes the first of these that is known:
///
/// 1. The brands of the purchases in a category, where we sell several: see `BrandPattern`. Undivided is loyal, divided
///    and unstable a brand switcher, none no brand loyalty.
/// 2. The share of customer: at least half is loyal, at least a quarter a brand switcher (we are one of a few), below
///    that no brand loyalty.
/// 3. The rhythm of purchases with us, from four purchase days on. Irregular (variation of the gaps above 1, that
///    of purchases at random moments) is no brand loyalty. Regular is loyal, unless overdue with a lateness of at
///    least 0.95: who bought regularly and stopped may well have gone over to another.
///
/// The limits are our choice.
///
/// Source: handbook §3 (three types by attitude to the product); share of purchases as a measure of loyalty:
/// R. M. Cunningham, "Brand loyalty — what, where, how much?", Harvard Business Review 34 (1956).
public struct Loyalty: Hashable, Codable, Sendable {
  /// What a type was told from.
  public enum Evidence: Hashable, Codable, Sendable {
    case brands(BrandPattern)
    /// Share of customer, 0…1.
    case share(Double)
    /// Coefficient of variation of the gaps, and lateness, 0…1.
    case rhythm(variation: Double, lateness: Double)
  }

  public let type: LoyaltyType
  public let evidence: Evidence

  /// Nil when too little is known. `share` as by `share(ours:ofNeed:)`.
  public init?(
    brands: BrandPattern? = nil, share: Double? = nil, gaps: PurchaseGaps? = nil, rhythm: Rhythm? = nil
  ) {
    if let brands {
      self.init(.brands(brands))
    } else if let share, share >= 0 {
      self.init(.share(share))
    } else if let gaps, let rhythm, gaps.lengths.count >= 3, let variation = gaps.variation {
      self.init(.rhythm(variation: variation, lateness: rhythm.lateness))
    } else {
      return nil
    }
  }

  private init(_ evidence: Evidence) {
    self.evidence = evidence
    type =
      switch evidence {
      case .brands(.undivided): .loyal
      case .brands(.divided), .brands(.unstable): .brandSwitcher
      case .brands(.none): .noBrandLoyalty
      case .share(let share): share >= 0.5 ? .loyal : share >= 0.25 ? .brandSwitcher : .noBrandLoyalty
      case .rhythm(let variation, _) where variation > 1: .noBrandLoyalty
      case .rhythm(_, let lateness): lateness >= 0.95 ? .brandSwitcher : .loyal
      }
  }
}

extension Loyalty {
  /// 顾客份额, share of customer: what is bought from us out of all that the customer needs of the kind, 0…1; both in minor
  /// units over the same period. Nil when the need is not known to be above zero; 1 where it was given too low.
  public static func share(ours: Int64, ofNeed need: Int64) -> Double? {
    guard need > 0 else { return nil }
    return min(Double(max(ours, 0)) / Double(need), 1)
  }
}
