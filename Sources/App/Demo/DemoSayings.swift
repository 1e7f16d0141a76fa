import Store

/// What the demo firm's people wrote down after calls and visits.
enum DemoSayings {
  static let all: [(Note.Kind, Note.Topic, String)] = calls + visits + messages

  private static let calls: [(Note.Kind, Note.Topic, String)] = [
    (.call, .preference, "喜欢清香型铁观音，不要浓香型；每次先寄两泡小样再订。"),
    (.call, .demand, "春节前想订一批礼盒，预算每份 300 元左右，要印自己的标志。"),
    (.call, .demand, "问今年明前龙井什么时候到货，到了先通知他。"),
    (.call, .worry, "担心运输压坏茶饼，希望外箱加护角。"),
    (.call, .worry, "觉得价格比去年高，想看看雨前茶的报价。"),
    (.call, .other, "电话没有接通，改天下午再打。"),
    (.call, .none, "确认了收货地址和开票信息，月底前发货。"),
    (.call, .demand, "新店下月开业，需要餐饮用茶的整套报价。"),
  ]
  private static let visits: [(Note.Kind, Note.Topic, String)] = [
    (.visit, .preference, "老板懂茶，偏爱传统炭焙的武夷岩茶，可以邀请来春茶品鉴会。"),
    (.visit, .demand, "店里陈列还缺茶具，建议下次带样品过来。"),
    (.visit, .worry, "反映上一批杭白菊碎末多，已答应补发一箱。"),
    (.visit, .job, "采购换人了，新负责人姓周，之前在酒店做餐饮采购。"),
    (.visit, .none, "看了库存，龙井还有三周的量，月中再联系补货。"),
    (.visit, .demand, "想谈年度协议价，量大希望月结三十天。"),
  ]
  private static let messages: [(Note.Kind, Note.Topic, String)] = [
    (.message, .preference, "给父母买茶，喜欢口味淡一点的，包装要朴素。"),
    (.message, .none, "发了新品目录，说周末到店里看看。"),
    (.message, .other, "收到货，对包装很满意，发了朋友圈。"),
    (.message, .demand, "中秋礼盒想要二十份，问能不能分开寄到不同地址。"),
    (.email, .none, "已发送盖章合同，等对方回传。"),
    (.note, .job, "刚换工作，收货地址改到新公司。"),
    (.note, .worry, "对发票抬头很在意，开票前务必核对。"),
    (.note, .preference, "只收顺丰，工作日下午送货。"),
  ]
}

/// The tags of the demo firm.
enum DemoTag: String, CaseIterable {
  case key = "重点客户"
  case monthly = "月结"
  case gifts = "礼品采购"
  case sensitive = "价格敏感"
  case spring = "春茶预订"
  case ware = "茶具收藏"
  case reseller = "代销"
  case invoice = "需要专票"
  case sampler = "爱尝新品"
  case wake = "待唤醒"

  /// Places in the list of all tags.
  static func fitting(_ habit: Habit, orders: Int, _ chance: inout Chance) -> [Int] {
    var tags: [DemoTag] = []
    func put(_ tag: DemoTag, _ probability: Double) {
      if chance.happens(probability) { tags.append(tag) }
    }
    switch habit.kind {
    case .person:
      put(.spring, 0.12)
      put(.ware, 0.06)
      put(.sampler, 0.08)
    case .office:
      put(.gifts, 0.6)
      put(.invoice, 0.3)
    case .restaurant, .shop:
      put(.monthly, 0.35)
      put(.reseller, habit.kind == .shop ? 0.2 : 0)
    case .distributor:
      put(.key, 0.6)
      put(.monthly, 0.6)
    case .supplier: break
    }
    put(.sensitive, 0.06)
    put(.wake, orders > 2 && habit.trend == .falling ? 0.5 : 0)
    return tags.compactMap { DemoTag.allCases.firstIndex(of: $0) }
  }
}
