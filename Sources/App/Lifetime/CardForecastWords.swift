import Store
import Web

extension LifetimeWords {
  static let marginRate = Word("毛利率", "Margin rate")
  static let purchaseDays = Word("购买天数", "Days with a purchase")
  static let firstPurchase = Word("首次购买", "First purchase")
  static let note = Word("注意", "Mind")
  static let purchaseRhythm = Word("购买节奏", "Purchases")
  static let rhythm = Word("购买节奏与活跃概率", "Purchases and P(alive)")

  static let historicText = Word(
    "截至这一天所有订单和退货的金额减去成本；只是加总，不用模型。没有写成本的订单按全部金额计。",
    "What all orders and returns up to this day brought, less what they cost: a sum, without a model. Orders that tell no cost count in full."
  )
  static let historicFormula = Word("Σ (金额 − 成本)", "Σ (amount − cost)")
  static let loyaltyByBrands = Word(
    "看品牌：在有多个品牌的类别中取买得最多的一类，看最近 100 张订单里各品牌的先后，五次购买起才能判断。先连续三次以上买一个、后来连续三次以上买另一个，为品牌转移客户；否则一个品牌占到八成为忠诚客户，两个品牌合占八成为品牌转移客户，其余为无品牌忠诚客户。",
    "By brands, in the category bought most often of those in which several are sold, over the last 100 orders, from five purchases on. Whoever bought one brand three times running or more and later another one so is “brand switcher”; else one brand with four fifths of the purchases is “loyal”, two with four fifths together “brand switcher”, and anything else “no brand loyalty”."
  )
  static let loyaltyByRhythm = Word(
    "看节奏，四个购买日起才能判断：间隔的变异系数超过 1 为无品牌忠诚客户，否则为忠诚客户；但这次间隔已比 95% 的间隔都长的，为品牌转移客户。所比的间隔除了自己的，还有两个按全体客户计。",
    "By the rhythm, from four days with a purchase on: “no brand loyalty” where gaps vary by more than 1, else “loyal”, but “brand switcher” once the present gap is longer than 95% of gaps. Compared are the customer's own gaps and two more like everybody's."
  )
  static let variation = Word("间隔的变异系数", "Variation of the gaps")
  static let lateness = Word("比这次短的间隔", "Gaps shorter than the present one")
  static func purchases(of brand: String, _ count: Int) -> Word {
    Word("\(brand) \(count) 次", "\(brand) \(count)×")
  }
  static func counted(upTo day: Day) -> Word { Word("按截至 \(day) 的订单", "From orders up to \(day)") }

  static let futureText = Word(
    "今后三年预计的毛利，按每年 10% 折现。给出的是平均数；实际会落在区间之内，100 位客户中约有 95 位如此。",
    "The margin of the next three years, discounted at 10 % a year: the average for such customers. What really comes lies in the range for about 95 customers of 100."
  )
  static let futureFormula = Word(
    "Σ 各季度预计次数 × 每次金额 × 毛利率 ÷ 折现", "Σ purchases each quarter × spend × margin rate ÷ discount")
  static let aliveText = Word(
    "客户现在仍会再买的概率。越是常买的客户，长时间不来就越说明问题；每次购买之后回升。",
    "The probability that the customer will still buy. Long silence says more of somebody who used to come often; each purchase lifts it."
  )
  static let nextText = Word(
    "一半的可能在这一天之前再次购买；100 位这样的客户中，约有 95 位的下次购买落在区间之内。",
    "In half of all cases the next purchase comes before this day. For about 95 such customers of 100 it lies in the range."
  )
  static let never = Word("可能不再买", "perhaps never")

  static func day(_ day: Day?) -> Word { day.map { Word(same: "\($0)") } ?? never }

  /// Which model, fitted when on what.
  static func fitted(_ model: Word, _ day: Day, _ customers: Int) -> Word {
    let count = Figures.grouped(Int64(customers))
    return Word(
      "模型 \(model.zh)，\(day) 用 \(count) 位客户拟合",
      "\(model.en), fitted on \(day) to \(Word.counted(customers, "customer"))")
  }
}

extension BrandHabit {
  /// The brands with their numbers of purchases.
  var sentence: Word {
    let parts = shares.map { LifetimeWords.purchases(of: $0.brand, $0.purchases) }
    return Word(parts.map(\.zh).joined(separator: "、"), parts.map(\.en).joined(separator: ", "))
  }
}
