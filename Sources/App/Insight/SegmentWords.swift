import Analytics
import Web

/// The segments of RFM in the words of the trade: name, who they are, what to do.
enum SegmentWords {
  static func name(_ segment: RFMSegment) -> Word {
    switch segment {
    case .champions: Word("重要价值客户", "Champions")
    case .loyal: Word("忠诚客户", "Loyal")
    case .potentialLoyalist: Word("潜力忠诚客户", "Potentially loyal")
    case .new: Word("新客户", "New")
    case .promising: Word("有前景客户", "Promising")
    case .needAttention: Word("需要关注", "Need attention")
    case .aboutToSleep: Word("即将沉睡", "About to sleep")
    case .atRisk: Word("有流失风险", "At risk")
    case .cannotLose: Word("不能失去", "Cannot lose")
    case .hibernating: Word("沉睡客户", "Hibernating")
    case .lost: Word("已流失", "Lost")
    }
  }

  static func name(slug: String) -> Word? { RFMSegment(rawValue: slug).map(name) }

  static func meaning(_ segment: RFMSegment) -> Word {
    switch segment {
    case .champions: Word("最近刚买，买得最勤", "Bought lately and most often")
    case .loyal: Word("买得勤，最近也来过", "Buy often and were here lately")
    case .potentialLoyalist: Word("最近买过几次，正在养成习惯", "Bought lately, more than once")
    case .new: Word("最近第一次购买", "Bought lately for the first time")
    case .promising: Word("不久前买过，次数还少", "Bought not long ago, seldom so far")
    case .needAttention: Word("次数和间隔都居中，可升可降", "In the middle on both, may go either way")
    case .aboutToSleep: Word("有一阵没来，次数也少", "Away for a while, and seldom here")
    case .atRisk: Word("以前常买，很久没来", "Used to buy, long away")
    case .cannotLose: Word("以前买得最勤，很久没来", "Bought most often, long away")
    case .hibernating: Word("很久没来，买得少", "Long away, bought little")
    case .lost: Word("最久没来，买得少", "Away longest, bought little")
    }
  }

  static func action(_ segment: RFMSegment) -> Word {
    switch segment {
    case .champions: Word("专人维护，请他们试新品、转介绍", "Look after in person; ask for referrals, show new goods first")
    case .loyal: Word("推荐更高价值的产品，听取意见", "Offer more valuable goods, ask what they think")
    case .potentialLoyalist: Word("给会员权益，推荐关联产品", "Offer membership, recommend what goes with it")
    case .new: Word("回访首单，介绍使用，约第二单", "Call back, help them start, win the second order")
    case .promising: Word("用小优惠促成下一单", "A small offer for the next order")
    case .needAttention: Word("限时优惠，按以往购买推荐", "A limited offer, based on what they bought")
    case .aboutToSleep: Word("主动联系，推荐热销产品", "Get in touch, recommend what sells best")
    case .atRisk: Word("打电话问原因，给回归优惠", "Call, ask why, make an offer to return")
    case .cannotLose: Word("尽快上门拜访，不要输给对手", "Visit soon; do not lose them to a competitor")
    case .hibernating: Word("季节性问候，低成本唤醒", "A seasonal greeting at little cost")
    case .lost: Word("群发一次唤醒，无回应就不再投入", "One mailing to win back, then no more expense")
    }
  }
}
