import Analytics
import Web

/// How a relation is called and explained.
enum RelationWords {
  static func stage(_ stage: RelationStage) -> Word {
    switch stage {
    case .friend: Word("单纯好友", "Acquaintance")
    case .prospect: Word("有意向", "Prospect")
    case .bought: Word("已购", "Bought once")
    case .repurchased: Word("复购", "Buys again")
    case .referrer: Word("转介绍", "Refers others")
    }
  }

  static func loyalty(_ type: LoyaltyType) -> Word {
    switch type {
    case .loyal: Word("忠诚客户", "Loyal")
    case .brandSwitcher: Word("品牌转移客户", "Brand switcher")
    case .noBrandLoyalty: Word("无品牌忠诚客户", "No brand loyalty")
    }
  }

  static let relation = Word("关系阶段", "Relation stage")
  static let loyalty = Word("忠诚类型", "Loyalty type")
  static let addReferred = Word("新建介绍来的客户", "Add a referral")
  static let stageText = Word(
    "按走到的最远一步：只是认识为单纯好友，记有需求为有意向，一个购买日为已购，两个及以上为复购，介绍来客户为转介绍。",
    "The furthest step taken: merely known is “acquaintance”, a noted demand “prospect”, one day with a purchase “bought once”, two or more “buys again”, and whoever has referred a customer “refers others”."
  )
  static let intent = Word("需求记录", "Noted demand")
  static let isNoted = Word("有", "Yes")
  static let isNotNoted = Word("没有", "No")
  static let referred = Word("介绍来的客户", "Has referred")
  static let asOfNow = Word("按现在的记录", "From the records as they are now")

  static func more(_ count: Int) -> Word { Word("还有 \(count) 位", "and \(count) more") }
}
