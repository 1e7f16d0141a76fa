import Analytics
import Store
import Web

extension LifetimeWords {
  static let valueTitle = Word("客户值多少", "What customers are worth")
  static let valueTab = Word("客户价值", "Customer value")
  static let cohortsTab = Word("同期群", "Cohorts")
  static let modelsTab = Word("模型质量", "Model quality")
  static let crossingsTab = Word("越线客户", "Lines crossed")

  static let stillActive = Word("仍活跃", "Still active")
  static let stillActiveNote = Word("活跃概率不低于 50%", "P(alive) of 50 % or more")
  static let historicNote = Word("至今的毛利", "Margin so far")
  static let threeYears = Word("今后三年，已折现", "Next three years, discounted")
  static let rangeOfAll = Word("95% 区间", "95 % range")
  /// A probability of what may still turn out otherwise: never quite 0 or 100 %.
  static func likely(_ probability: Double) -> String {
    probability > 0.99 ? "> 99%" : probability < 0.01 ? "< 1%" : Figures.percent(probability, places: 0)
  }
  static let quiet = Word("近期不会购买", "Won't buy soon")
  static func quiet(_ days: Int) -> Word { Word("\(days) 天内不会购买", "Won't buy in \(days) days") }
  static let leavingNotShown = Word(
    "从这些订单看不出谁已流失：没有人离开也能同样好地解释它们。所以这里不给活跃概率；下面的名单按近期不会购买的可能性和是否比平时晚来列出。",
    "These orders do not show who has left: they are explained as well if nobody ever leaves. So there is no P(alive) here; the list below goes by how likely nothing will be bought soon, and whether the next purchase is late."
  )
  static let map = Word("活跃概率 × 价值", "P(alive) × value")
  static let mapHint = Word("人数与至今毛利，点开看是谁", "Customers and margin so far; open one to see who")
  static let atRisk = Word("有价值而可能流失的客户", "Valuable and leaving")
  static let nobodyAtRisk = Word("没有 A 类客户可能流失。", "No class A customer is leaving.")
  static let distribution = Word("价值分布", "How value is spread")
  static let tenth = Word("十分位", "Tenth")
  static let tenthsAxis = Word("客户按价值从大到小，每份十分之一", "customers by value, a tenth each, the greatest first")
  static let everybody = Word("全部", "Everybody")
  static let notFitted = Word("模型还没有拟合", "The models have not been fitted yet")
  static let tooEarly = Word("还说不出以后会买多少", "Too early to tell what is to come")
  static let notFittedHint = Word(
    "导入订单后会在后台自动拟合，每晚更新；也可以现在就拟合。",
    "After orders are imported they are fitted in the background, and anew each night; or right now.")
  static let refit = Word("重新拟合", "Fit now")
  static let refitting = Word("已在后台开始拟合，稍后刷新本页。", "Fitting in the background; reload the page in a moment.")

  static func band(_ band: AliveBand) -> Word {
    switch band {
    case .veryLow: Word("很低", "Very low")
    case .low: Word("低", "Low")
    case .medium: Word("中", "Medium")
    case .high: Word("高", "High")
    }
  }

  static func bandRange(_ band: AliveBand) -> Word {
    switch band {
    case .veryLow: Word(same: "< 20%")
    case .low: Word(same: "20–50%")
    case .medium: Word(same: "50–80%")
    case .high: Word(same: "≥ 80%")
    }
  }

  static func selection(_ selection: ValueSelection) -> Word {
    if selection == .atRisk { return atRisk }
    let parts = [
      selection.valueClass.map { InsightWords.classOf($0.rawValue) },
      selection.band.map { Word("活跃概率\(band($0).zh)", "P(alive) \(band($0).en.lowercased())") },
    ].compactMap(\.self)
    guard !parts.isEmpty else { return InsightWords.customers }
    return Word(parts.map(\.zh).joined(separator: " · "), parts.map(\.en).joined(separator: " · "))
  }

  static func distributionSays(_ tenths: [ValuePage.Tenth]) -> Word {
    func value(_ sum: ValuePage.Sum) -> Double { Double(max(sum.historic.minor, 0)) + Double(max(sum.future.minor, 0)) }
    let all = tenths.reduce(0) { $0 + value($1.sum) }
    let share = Figures.percent(all > 0 ? value(tenths[0].sum) / all : 0, places: 0)
    return Word("最有价值的十分之一占全部价值的 \(share)", "The most valuable tenth holds \(share) of all value")
  }
}

extension LifetimeWords {
  static let cohortsTitle = Word("新客后来怎样了", "What became of new customers")
  static let triangle = Word("同期群", "Cohorts")
  static let together = Word("合计", "Together")
  static let shown = Word("显示", "Show")
  static let daysAfterFirst = Word("首购后天数", "days after the first purchase")
  static let backAgain = Word("已再次购买", "Bought again")
  static let lower = Word("95% 下限", "95 % lower")
  static let upper = Word("95% 上限", "95 % upper")

  static func period(_ period: CohortPeriod) -> Word {
    switch period {
    case .month: Word("月", "Month")
    case .quarter: Word("季度", "Quarter")
    }
  }

  static func triangleHint(_ period: CohortPeriod) -> Word {
    switch period {
    case .month: Word("按首购月份，横向是之后第几个月", "By month of the first purchase; columns are months after it")
    case .quarter: Word("按首购季度，横向是之后第几个季度", "By quarter of the first purchase; columns are quarters after it")
    }
  }

  static func show(_ show: CohortQuery.Show) -> Word {
    switch show {
    case .retention: Word("留存率", "Retention")
    case .orders: Word("购买次数", "Purchases")
    case .revenue: Word("销售额", "Revenue")
    case .value: Word("人均累计", "Value per customer")
    }
  }

  static func cohortsText(_ show: CohortQuery.Show) -> Word {
    switch show {
    case .retention:
      Word(
        "该群中当期有购买的客户占比；停一期再来的会重新计入。浅色边框是还没过完的一期。",
        "The share of the cohort that bought in the period; who pauses and comes back counts again. A dotted cell is not over yet."
      )
    case .orders: Word("该群当期的购买次数，同一天多单算一次。", "Purchases of the cohort in the period; several on a day count once.")
    case .revenue: Word("该群当期的销售额，退货不计。", "Revenue of the cohort in the period, without returns.")
    case .value: Word("至当期累计的销售额，除以该群全部客户。", "Revenue up to the period, divided by all customers of the cohort.")
    }
  }
}
