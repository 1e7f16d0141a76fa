import Store
import Web

extension LifetimeWords {
  static let marginRate = Word("毛利率", "Margin rate")
  static let purchaseDays = Word("购买天数", "Days with a purchase")
  static let firstPurchase = Word("首次购买", "First purchase")
  static let note = Word("注意", "Mind")
  static let rhythm = Word("购买节奏与活跃概率", "Purchases and P(alive)")

  static let futureText = Word(
    "今后三年预计的毛利，按每年 10% 折现。区间只表示参数的不确定，不表示偶然。",
    "The margin expected in the next three years, discounted at 10 % a year. The interval is what the parameters leave open, not chance."
  )
  static let futureFormula = Word(
    "Σ 各季度预计次数 × 每次金额 × 毛利率 ÷ 折现", "Σ purchases each quarter × spend × margin rate ÷ discount")
  static let aliveText = Word(
    "客户现在仍会再买的概率。越是常买的客户，长时间不来就越说明问题；每次购买之后回升。",
    "The probability that the customer will still buy. Long silence says more of somebody who used to come often; each purchase lifts it."
  )
  static let nextText = Word(
    "如果仍是客户，一半的可能在这一天之前再次购买。", "If still a customer, the next purchase comes before this day in half of all cases.")

  /// Which model, fitted when on what.
  static func fitted(_ model: Word, _ day: Day, _ customers: Int) -> Word {
    let count = Figures.grouped(Int64(customers))
    return Word(
      "模型 \(model.zh)，\(day) 用 \(count) 位客户拟合",
      "\(model.en), fitted on \(day) to \(Word.counted(customers, "customer"))")
  }
}
