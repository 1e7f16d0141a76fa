import Analytics
import Store
import Web

enum LifetimeWords {
  static let pAlive = Word("活跃概率", "P(alive)")
  static let purchasesToCome = Word("预计购买次数", "Purchases to come")
  static let spend = Word("预计每次金额", "Spend each time")
  static let historic = Word("历史价值", "Value so far")
  static let future = Word("未来价值", "Value to come")
  static let lifetime = Word("客户生命周期价值", "Lifetime value")
  static let interval = Word("95% 区间", "95 % interval")
  static let sinceLast = Word("距上次（天）", "Days since")
  static let nextPurchase = Word("预计下次购买", "Next purchase")

  static let parameter = Word("参数", "Parameter")
  static let estimate = Word("估计值", "Estimate")
  static let standardError = Word("标准误", "Standard error")
  static let thisModel = Word("本模型", "This model")
  static let sameRate = Word("按过去的频率", "Same rate as before")
  static let alwaysZero = Word("都不再买", "Nobody buys again")
  static let expected = Word("预计", "Expected")
  static let actual = Word("实际", "Actual")
  static let correlation = Word("相关系数", "Correlation")

  static let modelProblem = Word(
    "模型是 auto、nbd、bgnbd、mbgnbd 或 paretonbd", "The model is auto, nbd, bgnbd, mbgnbd or paretonbd")
  static let calibrationProblem = Word("校准日要早于截止日期", "The calibration must end before the last day")
  static let horizonProblem = Word(
    "预测期是 1 到 5200 周，折现率是 0 到 1", "The horizon is 1 to 5200 weeks, the discount rate 0 to 1")

  static func horizonIs(weeks: Int, discount: Double) -> Word {
    let rate = Figures.percent(discount)
    return Word("预测 \(weeks) 周，年折现率 \(rate)", "\(Word.counted(weeks, "week")) ahead, discounted at \(rate) a year")
  }

  static func judged(_ until: Day, _ end: Day, _ customers: Int) -> Word {
    let count = Figures.grouped(Int64(customers))
    return Word(
      "用截至 \(until) 的数据拟合，以之后到 \(end) 的购买检验，客户 \(count) 位",
      "Fitted to the time until \(until), judged by purchases until \(end), \(Word.counted(customers, "customer"))")
  }

  /// What is not known of somebody who has not bought.
  static func error(_ error: FitError) -> Word {
    switch error {
    case .noCustomers: Word("还没有客户买过东西，无从估计。", "Nobody has bought anything yet: there is nothing to learn from.")
    case .tooFewCustomers(let count):
      Word(
        "只有 \(count) 位客户买过东西；至少 30 位才能估计以后会买多少。",
        "Only \(Word.counted(count, "customer")) bought anything; at least 30 are needed to tell what is to come.")
    case .nothingToFit: Word("这种预测是数出来的，没有参数可拟合。", "This forecast is counted, not fitted.")
    case .noRepeatPurchases:
      Word("没有客户买过第二次，无法估计购买频率。", "No customer has bought a second time, so purchase rates cannot be estimated.")
    case .noSpend:
      Word("没有客户再次购买且金额为正，无法估计每次金额。", "No repeat purchase has a positive amount, so spend cannot be estimated.")
    case .noChurn: Word("没有合同终止或续约，无法估计留存。", "No contract ended or none renewed, so retention cannot be estimated.")
    case .notConverged(let iterations):
      Word(
        "计算了 \(iterations) 步仍未收敛，没有得到可靠的参数。",
        "No maximum of the likelihood was found in \(Word.counted(iterations, "step")).")
    }
  }

  static func warning(_ warning: FitWarning) -> Word {
    switch warning {
    case .flatRidge(let name):
      Word("数据几乎不能确定参数 \(name)；预测仍可能是好的。", "The data say little about \(name); forecasts may still be good.")
    case .boundary(let name):
      Word("参数 \(name) 走到了取值范围的尽头，更简单的模型就够了。", "\(name) ran to the end of its range; a simpler model would do.")
    case .tooFewRepeaters(let count):
      Word(
        "只有 \(count) 位客户买过第二次，可靠的拟合需要 100 位。",
        "Only \(Word.counted(count, "customer")) bought again; 100 are needed for a sound fit.")
    case .shrunkenSpend:
      Word(
        "每次金额不用模型，而是把每位客户的平均值向全体的平均值收缩。",
        "Spend each time is not modelled: each one's mean is drawn towards that of all.")
    case .noMeanSpend:
      Word("金额差别太大，没有可用的平均值。", "Spend varies so much that its mean over customers does not exist.")
    case .assumesNobodyLeaves:
      Word("数据太少，分不出谁已流失：都按仍活跃计算。", "Too few data to tell who has left: everybody counts as active.")
    case .leftOut(let customers):
      Word(
        "\(customers) 位客户的金额不为正，未参与拟合。",
        "\(Word.counted(customers, "customer")) left out, as their spend is not positive.")
    }
  }

  static func reason(_ reason: ModelChoice.Reason) -> Word {
    func foreseen(_ total: Double) -> String { Figures.percent(total, places: 0) }
    switch reason {
    case .foresawBest(let ahead, let next, let total):
      let best = Word(
        "用过去检验时它预见得最准：预计的购买次数是实际的 \(foreseen(total))",
        "Tried on the past it foresaw best: it expected \(foreseen(total)) of the purchases that happened")
      guard let next else { return Word(best.zh + "。", best.en + ".") }
      let (less, other) = (Figures.percent(ahead), model(next))
      return Word(
        "\(best.zh)，每位客户的误差比\(other.zh)小 \(less)。",
        "\(best.en), with an error per customer \(less) below that of \(other.en).")
    case .stays(let next, let total):
      let other = model(next)
      return Word(
        "沿用原来的预测：它预计的购买次数是实际的 \(foreseen(total))，\(other.zh)的优势不超过偶然。",
        "It stays in use: it expected \(foreseen(total)) of the purchases that happened, and \(other.en) did better by no more than chance."
      )
    case .leastBIC(let ahead):
      return ahead.map {
        Word(
          "历史太短，还不能用过去检验；它的 BIC 比其次的模型小 \(Figures.decimal($0, places: 1))。",
          "Too short a history to try it on the past; its BIC is \(Figures.decimal($0, places: 1)) below that of the next model."
        )
      } ?? Word("只有它能可靠地拟合。", "It is the only model that could be fitted soundly.")
    case .tooFewRepeaters(let count):
      let least = ModelChoice.leastRepeaters
      return Word(
        "只有 \(count) 位客户买过第二次（需要 \(least) 位），所以把每位客户自己的频率向平均值收缩。",
        "Only \(Word.counted(count, "customer")) bought again (\(least) are needed), so each one's own rate is drawn towards the mean."
      )
    case .noSoundFit:
      return Word(
        "没有模型能可靠地拟合这些客户，所以把每位客户自己的频率向平均值收缩。",
        "No model fits these customers soundly, so each one's own rate is drawn towards the mean.")
    }
  }

  static func model(_ kind: PurchaseModelKind) -> Word {
    switch kind {
    case .shrunkenRate: Word("收缩频率", "Shrunken rate")
    case .sameCount: Word("“和上一期买得一样多”", "“as often as before”")
    case .sameRate: Word("“按过去的频率”", "“at the same rate as before”")
    case .nbd, .bgNBD, .mbgNBD, .paretoNBD: Word(same: kind.rawValue)
    }
  }
}

extension LifetimeWords {
  static let cohort = Word("首购期", "First bought")

  static func cohortsSay(buyers: Int, repeated: Int, median: Int?) -> Word {
    let share = Figures.percent(buyers > 0 ? Double(repeated) / Double(buyers) : 0)
    let half = median.map {
      Word("；一半的人在 \($0) 天内再次购买", "; half are back within \(Word.counted($0, "day"))")
    }
    return Word(
      "\(Figures.grouped(Int64(buyers))) 位客户中 \(share) 买过第二次\(half?.zh ?? "")",
      "\(share) of \(Word.counted(buyers, "customer")) bought again\(half?.en ?? "")")
  }
}
