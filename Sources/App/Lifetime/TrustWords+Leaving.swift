import Analytics
import Store
import Web

extension TrustWords {
  static let leavingTitle = Word("谁不会再买，预见得准吗", "Was it foreseen who would buy nothing")
  static let bandsTitle = Word("预计的概率与实际", "Probability and what happened")
  static let rankingsTitle = Word("比简单的规则准吗", "Beside simple rules")
  static let probability = Word("预计不购买的概率", "Probability of no purchase")
  static let foretold = Word("预计", "Foretold")
  static let silentOf = Word("没有购买", "Bought nothing")
  static let chance = Word("99% 区间", "99 % range")
  static let holds = Word("相符", "Holds")
  static let yes = Word("是", "yes")
  static let no = Word("否", "no")
  static let rankedBy = Word("凭什么排序", "Ranked by")
  static let rightOf = Word("每 100 对排对", "Right of 100 pairs")

  static let ourProbability = Word("预计不购买的概率", "The probability that is shown")
  static let byRecency = Word("只看未购天数", "Days since the last purchase alone")
  static let byRhythm = Word("未购天数比自己的节奏", "Those days against one's own rhythm")
  static let byFrequency = Word("只看购买次数", "Number of purchases alone")
  static let byPurchaseModel = Word("购买模型的概率", "The purchase model's probability")

  static func leavingJudged(_ trust: LeavingTrust) -> Word {
    let (all, silent) = (Figures.grouped(Int64(trust.customers)), Figures.grouped(Int64(trust.silent)))
    return Word(
      "截至 \(trust.until) 预计之后 \(trust.days) 天（到 \(trust.end)）谁不会购买：\(all) 个客户中 \(silent) 个没有购买。",
      "Foretold on \(trust.until) for the \(trust.days) days until \(trust.end): of \(Word.counted(trust.customers, "customer")) \(silent) bought nothing."
    )
  }

  static func bandsHeld(_ bands: [LeavingTrust.Band]) -> Word {
    let filled = bands.filter { $0.customers > 0 }
    let held = filled.count(where: \.holds)
    return Word(
      "按概率分成 \(filled.count) 档，其中 \(held) 档的实际比例与预计相符（在 99% 区间内）。",
      "In \(held) of \(Word.counted(filled.count, "band")) of probability what happened agrees with what was foretold, within a 99 % range."
    )
  }

  static func ranked(_ rankings: [LeavingTrust.Ranking]) -> Word {
    guard let model = rankings.first?.right else {
      return Word("所有客户都一样，无从比较谁排得更准。", "All did the same, so that nobody could be told from the others.")
    }
    let hundred = hundred(model)
    let better = rankings.dropFirst().filter { ($0.right ?? 0) >= model }
    let beside =
      better.isEmpty
      ? Word("单看任何一个简单的规则都没有这么准。", "No simple rule alone did as well.")
      : Word(
        "同样准或更准的：\(better.map(\.by.zh).joined(separator: "、"))。",
        "As good or better: \(better.map { $0.by.en.prefix(1).lowercased() + $0.by.en.dropFirst() }.joined(separator: ", "))."
      )
    return Word(
      "任取一个没有购买的客户和一个购买了的客户，100 次里有 \(hundred) 次是没有购买的那个概率更高。\(beside.zh)",
      "Of two customers of whom one bought nothing, the one given the higher probability was the right one in \(hundred) of 100 cases. \(beside.en)"
    )
  }

  static func hundred(_ share: Double) -> String { Figures.decimal(share * 100, places: 0) }

  static func lifted(_ lift: Double, of share: Double) -> Word {
    let (times, top, all) = (
      Figures.decimal(lift, places: 1), Figures.percent(lift * share, places: 0), Figures.percent(share, places: 0)
    )
    return Word(
      "概率最高的十分之一客户里 \(top) 没有购买，是全体（\(all)）的 \(times) 倍。",
      "Of the tenth with the highest probabilities \(top) bought nothing, \(times) times as many as of all (\(all)).")
  }

  private static let instead = Word("现在用的是购买模型算出的概率。", "The purchase model's probability is used.")

  static func tooMany(_ customers: Int) -> Word {
    let most = Figures.grouped(Int64(PurchaseSample.most))
    return Word(
      "客户超过 \(most) 个（\(Figures.grouped(Int64(customers))) 个），没有另外学习谁会不再购买。\(instead.zh)",
      "With more than \(most) customers (\(Figures.grouped(Int64(customers)))) nothing else is learned of who will buy nothing. \(instead.en)"
    )
  }

  static func tooShort(_ days: Int, needed: Int) -> Word {
    let months = Int((Double(needed) / 30.44).rounded())
    return Word(
      "公司的订单还太短：要学会谁会不再购买，需要 \(months) 个月（\(needed) 天）的订单，现在有 \(Figures.grouped(Int64(days))) 天。\(instead.zh)",
      "The firm is too young: \(months) months of orders (\(needed) days) are needed to learn who will buy nothing, and there are \(Word.counted(days, "day")). \(instead.en)"
    )
  }

  static let tooFew = Word(
    "过去各期里购买了的或没有购买的客户不足 \(LeavingModel.leastOutcomes) 个，学不出谁会不再购买。\(instead.zh)",
    "In the earlier quarters fewer than \(LeavingModel.leastOutcomes) customers bought, or bought nothing, so that it cannot be learned who will. \(instead.en)"
  )
}
