import Web

enum StandingWords {
  static let historicAmount = Word("历史购买净额", "Net amount, all history")
  static let days = Word("天", "days")
  static let times = Word("次", "times")
  static let cuts = Word("5 分到 2 分的分界", "Cuts of scores 5 to 2")
  static let noPurchase = Word("还没有购买，只有退货。", "No purchase yet, only returns.")
  static let recencyName = Word("R 最近一次", "R recency")
  static let frequencyName = Word("F 购买次数", "F frequency")
  static let monetaryName = Word("M 购买金额", "M monetary")

  static func title(_ valueClass: String) -> Word { Word("为什么是 \(valueClass) 类", "Why class \(valueClass)") }
  static func title(_ letter: String, _ score: Int) -> Word {
    Word("\(letter) = \(score) 的原因", "Why \(letter) is \(score)")
  }

  static func reason(_ valueClass: String) -> Word {
    switch valueClass {
    case "A":
      Word(
        "按购买净额从大到小，合计占前 80% 的客户是 A 类，此客户在其中。",
        "In order of net amount, the customers who bring the first 80% are class A. This is one of them.")
    case "B":
      Word(
        "按购买净额从大到小，排在 A 类之后、合计到 95% 为止的客户是 B 类。",
        "In order of net amount, those after class A and up to 95% of the total are class B.")
    default:
      Word(
        "按购买净额从大到小，合计最后 5% 的客户，以及净额为零或负的客户，是 C 类。",
        "In order of net amount, those who bring the last 5%, and those with nothing or less, are class C.")
    }
  }

  /// Quantile scores compare with everybody: a fifth a score, but equal values stay together.
  static func reason(_ score: Int, _ dimension: ScoreDimension) -> Word {
    guard score > 0 else { return noPurchase }
    let place = places[min(max(score, 1), 5) - 1]
    switch dimension {
    case .recency:
      return Word(
        "距上次购买的天数，在全部买家中\(place.zh)（天数越少越好）。",
        "Days since the last purchase: \(place.en) of all buyers (fewer is better).")
    case .frequency:
      return Word("有购买的天数，在全部买家中\(place.zh)。", "Days with a purchase: \(place.en) of all buyers.")
    case .monetary:
      return Word("购买净额，在全部买家中\(place.zh)。", "Net amount: \(place.en) of all buyers.")
    }
  }

  private static let places = [
    Word("居最后五分之一", "in the last fifth"), Word("居第四个五分之一", "in the fourth fifth"),
    Word("居中间五分之一", "in the middle fifth"), Word("居第二个五分之一", "in the second fifth"),
    Word("居最好的五分之一", "in the best fifth"),
  ]
}
