/// Names of firms: place, word, trade, form.
enum CompanyNames {
  private static let words: [String] = {
    let first = "山海云福金瑞鼎宏华盛天隆德嘉润泰和兴万恒祥清悦锦春明星诚"
    let second = "海岳澜源达泰信和丰业成景林川升昌顺宁益轩"
    return first.flatMap { a in second.compactMap { b in a == b ? nil : "\(a)\(b)" } }
  }()

  private static let offices = [
    "信息技术", "建筑设计", "机电设备", "国际贸易", "物业管理", "广告传媒", "生物科技", "文化传播", "供应链管理", "环保工程",
    "汽车销售", "房地产经纪", "企业管理咨询", "医疗器械", "精密制造", "电子商务", "人力资源服务", "装饰工程", "纺织", "教育科技",
  ]
  private static let inns = ["私房菜馆", "大酒店", "茶餐厅", "江南小馆", "海鲜楼", "素食馆", "度假酒店", "咖啡馆", "火锅城", "农家乐"]
  private static let shops = ["茶庄", "茶叶店", "茶行", "名茶坊", "烟酒茶礼", "土特产店", "茶艺馆", "精品超市"]
  private static let traders = ["茶叶贸易", "食品商贸", "茶业", "农产品贸易", "礼品"]
  private static let growers = ["茶叶专业合作社", "生态茶园", "茶厂", "包装印刷", "陶瓷工艺", "制罐", "茶叶种植基地"]

  static func name(of kind: BuyerKind, in city: String, _ chance: inout Chance) -> String {
    let word = chance.pick(words)
    let place = chance.happens(0.75) ? city : ""
    switch kind {
    case .person: return PersonNames.full(&chance)
    case .office: return "\(city)\(word)\(chance.pick(offices))\(form(&chance))"
    case .restaurant: return "\(place)\(word)\(chance.pick(inns))"
    case .shop: return "\(place)\(word)\(chance.pick(shops))"
    case .distributor: return "\(city)\(word)\(chance.pick(traders))\(form(&chance))"
    case .supplier:
      let trade = chance.pick(growers)
      return "\(city)\(word)\(trade)" + (trade.hasSuffix("社") || trade.hasSuffix("地") ? "" : form(&chance))
    }
  }

  private static func form(_ chance: inout Chance) -> String {
    chance.happens(0.08) ? "股份有限公司" : "有限公司"
  }
}
