/// How far a relation has come, by what has happened: the furthest stage reached counts, whether or not the ones before
/// it were passed. A friend who has brought others without buying is a referrer.
///
/// Source: handbook §3, the classes of friends in micro-marketing (微营销).
public enum RelationStage: String, CaseIterable, Hashable, Codable, Sendable {
  /// 单纯好友: known, and nothing more.
  case friend
  /// 有意向: has shown an intent to buy.
  case prospect
  /// 已购: bought on one occasion.
  case bought
  /// 复购: bought on several.
  case repurchased
  /// 转介绍: brought somebody.
  case referrer

  /// `occasions`: days with a purchase. `referrals`: people brought.
  public init(hasIntent: Bool, occasions: Int, referrals: Int) {
    self =
      if referrals > 0 {
        .referrer
      } else if occasions > 1 {
        .repurchased
      } else if occasions == 1 {
        .bought
      } else {
        hasIntent ? .prospect : .friend
      }
  }
}
