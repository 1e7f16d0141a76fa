import Analytics
import Store
import Web

enum OutlookWords {
  static let tab = Word("展望", "Outlook")
  static let title = Word("今后十二个月", "The next twelve months")
  static let sales = Word("净销售额", "Net sales")
  static let purchases = Word("购买次数", "Purchases")
  static let month = Word("月份", "Month")
  static let actual = Word("实际", "Actual")
  static let expected = Word("预计", "Expected")
  static let lower80 = Word("80% 下限", "80 % from")
  static let upper80 = Word("80% 上限", "80 % to")
  static let lower95 = Word("95% 下限", "95 % from")
  static let upper95 = Word("95% 上限", "95 % to")
  static let within80 = Word("80%", "80 %")
  static let within95 = Word("95%", "95 %")
  static let range80 = Word("80% 区间", "80 % range")
  static let range95 = Word("95% 区间", "95 % range")
  static let allTwelve = Word("十二个月合计", "All twelve months")
  static let trust = Word("能信多少", "How far to trust it")
  static let method = Word("方法", "Method")
  static let forecasts = Word("试过的月数", "Months tried")
  static let off = Word("每月平均相差", "Off by, a month")
  static let offShare = Word("占实际", "Of the actual")
  static let used = Word("采用", "in use")

  static let explained = Word(
    "实际值有 80% 或 95% 的可能落在区间内。购买是既非退货、也未整单退回的订单；净销售额已扣除退货，散客也计入。合计的区间不是各月区间之和。",
    "What happens will lie within the ranges with 80 % or 95 %. A purchase is an order that is neither a return nor wholly returned; net sales are after returns; walk-in customers count too. The range of the sum is not the sum of the months' ranges."
  )
  static let noSales = Word(
    "退货不比销售少，净销售额没有可预计的。", "As much was given back as was sold, so there are no net sales to expect.")
  static let seasonUnknown = Word(
    "还看不出季节：要有 24 个整月，才能分清旺季和增长。",
    "No season can be told yet: it takes 24 whole months to tell a season from growth.")
  static let noSeason = Word("没有明显的淡旺季：各月之间的差别不超过偶然。", "No season: the months differ no more than by chance.")
  static let shortHistory = Word(
    "订单不满 12 个整月：如果有淡旺季，实际值会常常落在这些区间之外。",
    "There are fewer than 12 whole months: if the firm has a season, what happens will often lie outside these ranges.")
  static let newYear = Word(
    "春节有时在一月、有时在二月，所以这两个月合在一起看。",
    "Chinese New Year falls in January or in February, so these two are told together.")

  static func upTo(_ day: Day, months: Int) -> Word {
    Word("依据截至 \(day) 的 \(months) 个整月。", "From \(Word.counted(months, "whole month")) up to \(day).")
  }

  /// - Parameter growth: over the last twelve months; nil where there are not as many.
  static func says(_ growth: Double?) -> Word {
    guard let growth else { return Word("逐月的预计和区间", "Expected by month, with the ranges") }
    let share = Figures.percent(abs(growth))
    return growth < 0
      ? Word("预计比过去十二个月少 \(share)", "\(share) less expected than in the last twelve months")
      : Word("预计比过去十二个月多 \(share)", "\(share) more expected than in the last twelve months")
  }

  static func problem(_ problem: SalesOutlook.Problem) -> Word {
    switch problem {
    case .tooFewMonths(let count):
      Word(
        "有订单的整月只有 \(count) 个；至少要 \(SalesOutlook.leastMonths) 个，才能预计以后的月份。",
        "There \(count == 1 ? "is" : "are") only \(Word.counted(count, "whole month")) with orders; it takes \(SalesOutlook.leastMonths) to tell what is to come."
      )
    case .nothingBought:
      Word("最近几个月没有人买过东西，没有可预计的。", "Nothing was bought in the last months, so there is nothing to expect.")
    }
  }

  static func method(_ method: OutlookMethod, hasSeason: Bool) -> Word {
    switch method {
    case .trend(_, let damping):
      switch (damping > 0, hasSeason) {
      case (true, true): Word("近期水平、趋势和季节", "Recent level, trend and season")
      case (true, false): Word("近期水平和趋势", "Recent level and trend")
      case (false, true): Word("近期水平和季节", "Recent level and season")
      case (false, false): Word("近期水平", "Recent level")
      }
    case .sameMonthLastYear: Word("与去年同月一样", "Same month last year")
    case .recentMean: Word("与近三个月的平均一样", "Mean of the last three months")
    case .purchaseModel: Word("购买模型", "Purchase model")
    }
  }
}

extension OutlookWords {
  /// Which method is in use, and how its errors compare with those of the others tried on as many months.
  static func reason(_ judged: OutlookPage.Judged) -> Word? {
    guard let used = judged.trials.first(where: \.isUsed), used.forecasts > 0 else { return nil }
    let others = judged.trials.filter {
      !$0.isUsed && $0.forecasts == used.forecasts && $0.meanAbsoluteError > 0
    }
    let compared = others.map { other in
      let share = used.meanAbsoluteError / other.meanAbsoluteError - 1
      let percent = Figures.percent(abs(share))
      return share <= 0
        ? Word("比“\(other.method.zh)”小 \(percent)", "\(percent) smaller than by “\(other.method.en)”")
        : Word(
          "比“\(other.method.zh)”大 \(percent)（可能只是偶然）",
          "\(percent) greater than by “\(other.method.en)”, which may be chance")
    }
    let tried = Word(
      "采用“\(used.method.zh)”：在过去 \(judged.cuts) 个月末各预计一次",
      "“\(used.method.en)” is in use: tried at the ends of \(Word.counted(judged.cuts, "earlier month"))")
    guard !compared.isEmpty else { return Word(tried.zh + "。", tried.en + ".") }
    return Word(
      "\(tried.zh)，误差\(compared.map(\.zh).joined(separator: "，"))。",
      "\(tried.en), its errors were \(compared.map(\.en).joined(separator: ", and ")).")
  }

  static func held(_ judged: OutlookPage.Judged) -> Word? {
    guard let held80 = judged.held80, let held95 = judged.held95 else { return nil }
    let (eighty, ninetyFive) = (Figures.percent(held80, places: 0), Figures.percent(held95, places: 0))
    return Word(
      "当时给出的 95% 区间包含了 \(ninetyFive) 的实际值，80% 区间包含了 \(eighty)。",
      "Of what happened, \(ninetyFive) lay within the 95 % ranges told then, \(eighty) within the 80 % ranges.")
  }

  /// The months furthest above and below the usual.
  /// - Parameter factors: of the twelve months, not all alike.
  static func season(_ factors: [Double]) -> Word {
    let shown = 3
    let months = factors.enumerated().sorted { $0.element > $1.element }.map {
      (number: $0.offset + 1, factor: $0.element)
    }
    let high = months.filter { $0.factor > 1 }.prefix(shown)
    let low = months.filter { $0.factor < 1 }.suffix(shown).reversed()
    func named(_ months: some Sequence<(number: Int, factor: Double)>) -> Word {
      let names = months.map { month in
        let change = (month.factor > 1 ? "+" : "−") + Figures.percent(abs(month.factor - 1), places: 0)
        return Word("\(month.number) 月（\(change)）", "\(englishMonths[month.number - 1]) (\(change))")
      }
      return Word(names.map(\.zh).joined(separator: "、"), names.map(\.en).joined(separator: ", "))
    }
    let (most, least) = (named(high), named(low))
    return Word(
      "旺季：\(most.zh)；淡季：\(least.zh)。与平常每天的购买相比。",
      "High season: \(most.en); low season: \(least.en). Purchases a day, against the usual.")
  }

  private static let englishMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  static func older(_ older: OutlookPage.OlderCustomers) -> Word {
    let count = Figures.grouped(Int64(older.count))
    return Word(
      "约 \(count) 个客户在第一张订单（\(older.firstDay)）之前就已是客户，他们最早的一次购买并非首购。从 \(older.settledFrom) 起，首购才大多是真正的首购。",
      "About \(Word.counted(older.count, "customer")) had bought before the first order here (\(older.firstDay)), so that the first purchase on record is not their first. From \(older.settledFrom) on, most first purchases really are."
    )
  }
}
