/// What 山岚茶业 sells.
enum Catalogue {
  struct Item: Sendable {
    let name: String
    let category: String
    let brand: String
    let unit: String
    /// Fen.
    let price: Int64
    let cost: Int64
    /// Who buys it more than others.
    let buyers: [BuyerKind]
  }

  static let items: [Item] = green + black + oolong + white + dark + scented + ware + gifts + sweets

  /// For each kind of buyer all items, its own ones more often.
  static func choice(for kind: BuyerKind) -> Weighted<Int> {
    Weighted(items.indices.map { (items[$0].buyers.contains(kind) ? 8 : 1, $0) })
  }

  /// Price in yuan and cost as a percentage of it.
  private static func of(
    _ category: String, _ unit: String, _ buyers: [BuyerKind], _ items: [(String, Int64, Int64)]
  ) -> [Item] {
    items.enumerated().map { place, item in
      Item(
        name: item.0, category: category, brand: brand(of: item.0, at: place), unit: unit, price: item.1 * 100,
        cost: item.1 * item.2, buyers: buyers)
    }
  }

  /// The firm's own brand, and two it trades in beside it.
  private static func brand(of name: String, at place: Int) -> String {
    switch place % 5 {
    case 3 where !name.hasPrefix("山岚"): "云谷"
    case 4 where !name.hasPrefix("山岚"): "青岩"
    default: "山岚"
    }
  }

  private static let green = of(
    "绿茶", "盒", [.person, .shop, .distributor],
    [
      ("明前西湖龙井 特级 100g", 368, 58), ("雨前西湖龙井 一级 100g", 198, 56), ("钱塘龙井 二级 250g", 128, 54),
      ("安吉白茶 特级 100g", 268, 57), ("安吉白茶 一级 250g", 238, 55), ("碧螺春 特级 100g", 258, 58),
      ("黄山毛峰 一级 250g", 168, 55), ("太平猴魁 特级 100g", 288, 60), ("六安瓜片 一级 250g", 178, 56),
      ("开化龙顶 一级 200g", 118, 52),
    ])
  private static let black = of(
    "红茶", "盒", [.person, .shop, .distributor],
    [
      ("正山小种 一级 250g", 158, 52), ("金骏眉 特级 100g", 328, 60), ("祁门红茶 一级 250g", 148, 53),
      ("九曲红梅 一级 200g", 98, 50), ("滇红金针 特级 200g", 138, 53), ("英德红茶 一级 250g", 108, 51),
    ])
  private static let oolong = of(
    "乌龙茶", "盒", [.shop, .distributor, .person],
    [
      ("安溪铁观音 清香 250g", 138, 50), ("安溪铁观音 浓香 250g", 148, 51), ("武夷大红袍 一级 200g", 218, 56),
      ("武夷肉桂 特级 100g", 298, 58), ("凤凰单丛 鸭屎香 200g", 188, 55), ("冻顶乌龙 250g", 168, 54),
    ])
  private static let white = of(
    "白茶", "盒", [.shop, .distributor],
    [
      ("白毫银针 特级 100g", 338, 60), ("白牡丹 一级 200g", 198, 56), ("老寿眉 饼 350g", 168, 52), ("贡眉 散茶 250g", 118, 51),
    ])
  private static let dark = of(
    "黑茶", "饼", [.shop, .distributor],
    [
      ("普洱熟茶 宫廷 357g", 158, 48), ("普洱生茶 古树 357g", 398, 58), ("普洱熟茶 小金沱 250g", 88, 46),
      ("安化茯砖 1kg", 128, 49), ("六堡茶 陈年 250g", 148, 52),
    ])
  private static let scented = of(
    "餐饮用茶", "袋", [.restaurant],
    [
      ("茉莉花茶 500g", 68, 55), ("茉莉龙珠 250g", 98, 54), ("桂花乌龙 500g", 88, 55), ("菊花普洱 500g", 58, 52),
      ("大麦茶 1kg", 32, 58), ("柠檬红茶包 100袋", 48, 50), ("绿茶包 100袋", 42, 50), ("杭白菊 250g", 56, 54),
      ("荞麦茶 1kg", 38, 57), ("炒青绿茶 1kg", 78, 58),
    ])
  private static let ware = of(
    "茶具", "件", [.person, .shop],
    [
      ("白瓷盖碗 150ml", 58, 45), ("紫砂壶 西施 200ml", 468, 52), ("玻璃公道杯", 36, 44), ("青瓷茶具 六件套", 298, 48),
      ("旅行茶具 一壶两杯", 128, 46), ("竹制茶盘", 168, 50), ("保温泡茶杯 500ml", 88, 48), ("龙泉青瓷茶叶罐", 148, 47),
    ])
  private static let gifts = of(
    "礼盒", "盒", [.office, .distributor, .person],
    [
      ("山岚 龙井礼盒 双罐", 598, 52), ("山岚 六大茶类礼盒", 398, 50), ("山岚 金骏眉礼盒", 798, 54),
      ("山岚 中秋茶月礼盒", 298, 51), ("山岚 春节红礼盒", 358, 51), ("山岚 商务白茶礼盒", 498, 53),
      ("山岚 小罐茶 十二罐", 688, 50), ("山岚 茶具礼盒 青瓷", 568, 49), ("山岚 员工福利茶包礼盒", 168, 50),
    ])
  private static let sweets = of(
    "茶点", "盒", [.person, .restaurant, .office],
    [("龙井茶酥 12枚", 58, 50), ("桂花糕 8枚", 38, 48), ("抹茶曲奇 300g", 68, 49), ("绿豆糕 10枚", 36, 48)])
}
