import Analytics
import Store
import Web

enum TrustWords {
  static let title = Word("预计与实际", "Foreseen and happened")
  static let basis = Word("预测依据", "What the forecast rests on")
  static let time = Word("检验的时段", "Time foreseen")
  static let foreseen = Word("预计", "Foreseen")
  static let happened = Word("实际", "Happened")
  static let share = Word("预计占实际", "Of what happened")
  static let error = Word("每客户误差（次）", "Off by, a customer")
  static let sameCount = Word("和上一期一样多", "As often as before")
  static let sameRate = Word("按过去的频率", "At the same rate")
  static let within95 = Word("在 95% 区间内", "Within the 95 % range")
  static let within80 = Word("在 80% 区间内", "Within the 80 % range")
  static let interval80 = Word("80% 区间", "80 % interval")
  static let wholeCounts = Word(
    "购买次数是整数，区间也只能取整数，所以准的区间里通常会有比 95%、80% 多一些的客户。",
    "Purchases are whole numbers, and so are the ends of a range: one that holds has somewhat more than 95 % or 80 % of the customers in it."
  )
  static let allForecasts = Word("各种预测方法，最近一次检验", "All forecasts, the latest time")
  static let inUse = Word("采用", "in use")

  static func verdict(_ verdict: ForecastTrust.Verdict) -> Word {
    switch verdict {
    case .good: Word("守住了", "Held")
    case .weak: Word("没有守住", "Did not hold")
    case .untried: Word("还没有检验", "Not tried yet")
    }
  }

  static let tooYoung = Word(
    "还没有用过去检验：历史太短（需要 12 周的订单，之后还要有一段可以对照的时间），或者买过两次的客户太少。",
    "Not tried on the past: too short a history (12 weeks of orders are needed, and some time after them to compare with), or too few customers who bought again."
  )
  static let notTried = Word(
    "现在采用的预测没有用过去检验过，请谨慎使用。", "The forecast in use has not been tried on the past; use it with care.")
  static let ofTheFirm = Word(
    "以下是全公司的检验结果；所选客户的检验在“预测依据”里。",
    "What follows was found for the whole firm; how it did for the chosen customers stands in what the forecast rests on."
  )
  static let ofSample = Word(
    "检验用的是抽样客户，次数不是全公司的合计。", "It was tried on a sample of the customers: the counts are not those of the firm.")

  /// Of so many times that were foreseen, how many held.
  static func held(_ held: Int, of all: Int) -> Word {
    let rule = Word(
      "预计的总数与实际相差不超过 10%，且至少 93% 的客户落在 95% 区间内",
      "the total came within 10 % of what happened, and at least 93 % of the customers lay within their 95 % range")
    let tried = Word("用过去检验 \(all) 次", "Tried \(times(all)) on the past")
    if held == all { return Word("\(tried.zh)，都守住了：\(rule.zh)。", "\(tried.en), the forecast held: \(rule.en).") }
    if held == 0 {
      return Word("\(tried.zh)，一次也没有守住：要求是\(rule.zh)。", "\(tried.en), it never held. To hold means that \(rule.en).")
    }
    return Word(
      "\(tried.zh)，守住了 \(held) 次：\(rule.zh)。",
      "\(tried.en), it held \(times(held)): \(rule.en). The other times it did not.")
  }

  private static func times(_ count: Int) -> String { count == 1 ? "once" : count == 2 ? "twice" : "\(count) times" }

  /// What was foreseen of one time, and what is to be said against it.
  static func cut(_ forecast: ForecastTrust.Forecast, happened: Int) -> Word {
    let (foreseen, actual) = (Figures.decimal(forecast.foreseen, places: 0), Figures.grouped(Int64(happened)))
    let (total, range) = (total(forecast), Figures.percent(forecast.held95))
    let enough = forecast.rangeHeld ? Word("", "") : Word("，不到 93%", ", less than 93 %")
    return Word(
      "预计 \(foreseen) 次，实际 \(actual) 次，\(total.zh)；\(range) 的客户落在 95% 区间内\(enough.zh)。",
      "\(foreseen) purchases foreseen, \(actual) happened: \(total.en); \(range) of the customers lay within their 95 % range\(enough.en)."
    )
  }

  private static func total(_ forecast: ForecastTrust.Forecast) -> Word {
    guard let share = forecast.share else { return Word("没有人购买", "nobody bought") }
    let off = Figures.percent(abs(share - 1))
    let side = share < 1 ? Word("预计偏少 \(off)", "\(off) too few") : Word("预计偏多 \(off)", "\(off) too many")
    return forecast.totalHeld ? side : Word("\(side.zh)，超过 10%", "\(side.en), more than 10 %")
  }

  /// By how much the forecast was off for a customer, beside those that take no thought.
  static func errors(_ forecast: ForecastTrust.Forecast, beside baselines: [ForecastTrust.Forecast]) -> Word {
    func figure(_ forecast: ForecastTrust.Forecast) -> String { Figures.decimal(forecast.meanAbsoluteError, places: 2) }
    let others = baselines.filter { !$0.isInUse }
    return Word(
      "最近一次，每个客户平均差 \(figure(forecast)) 次"
        + others.map { "；\($0.model.zh)差 \(figure($0)) 次" }.joined() + "。",
      "The latest time it was off by \(figure(forecast)) purchases a customer"
        + others.map { "; \($0.model.en) by \(figure($0))" }.joined() + ".")
  }
}

extension TrustWords {
  static let tenths = Word("每个客户的实际落在自己预测的哪一段", "Where each fell in their own forecast")
  static let tenth = Word("预测的十分之一", "Tenth of the forecast")
  static let tenthsAxis = Word("比预计少 ← 十等份 → 比预计多", "fewer than foreseen ← tenths → more")
  static let even = Word("平均", "even")

  static func tenthsSay(_ tenths: [Int]) -> Word {
    let all = Double(max(tenths.reduce(0, +), 1))
    func share(_ count: Int?) -> String { Figures.percent(Double(count ?? 0) / all) }
    let (least, most) = (share(tenths.min()), share(tenths.max()))
    return Word(
      "区间准的话每份各有 10% 的客户；实际在 \(least) 到 \(most) 之间",
      "A tenth of the customers belongs in each; there are \(least) to \(most)")
  }

  static let seasonTitle = Word("季节", "Season")
  static let month = Word("月份", "Month")
  static let besideMean = Word("相当于全年平均的", "Of the year's mean")

  static func monthName(_ number: Int) -> Word {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return Word("\(number) 月", names.indices.contains(number - 1) ? names[number - 1] : "\(number)")
  }

  static func season(_ factors: [Double]) -> Word {
    let months = factors.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
    guard let low = months.first, let high = months.last else { return Word("", "") }
    let (most, least) = (Figures.percent(high.element, places: 0), Figures.percent(low.element, places: 0))
    let (best, worst) = (monthName(high.offset + 1), monthName(low.offset + 1))
    return Word(
      "\(best.zh)买得最勤，是全年平均的 \(most)；\(worst.zh)最少，\(least)",
      "Most is bought in \(best.en), \(most) of the year's mean; least in \(worst.en), \(least)")
  }
}
