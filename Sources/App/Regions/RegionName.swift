/// How a division is called: in full, shortly, and in between.
enum RegionName {
  /// `内蒙古自治区` → `内蒙古`, `恩施土家族苗族自治州` → `恩施`, `西湖区` → `西湖`; `忠县` stays as it is.
  static func short(_ name: String) -> String {
    for ending in endings where name.hasSuffix(ending) {
      let stem = String(name.dropLast(ending.count))
      guard stem.count >= (ending == "林区" ? 3 : 2) else { continue }
      let isOfPeople = ending.hasPrefix("自治") || ending == "区"
      return isOfPeople ? withoutPeoples(stem, isSelfGoverning: ending != "区") : stem
    }
    return name
  }

  /// Every way a division is written: `甘南藏族自治州`, `甘南州`, `甘南`.
  static func forms(_ name: String, short: String) -> Set<String> {
    var forms: Set<String> = [name, short]
    for (ending, loose) in looseEndings where name.hasSuffix(ending) { forms.insert(short + loose) }
    if short == "内蒙古" { forms.insert("内蒙") }
    return forms
  }

  private static let endings = [
    "特别行政区", "自治区", "自治州", "自治县", "自治旗", "新区", "林区", "特区", "地区", "省", "市", "盟", "县", "区", "旗",
  ]

  private static let looseEndings = [
    ("自治区", "自治区"), ("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("特别行政区", "特区"), ("新区", "区"),
  ]

  private static func withoutPeoples(_ stem: String, isSelfGoverning: Bool) -> String {
    var rest = stem
    while let people = peoples.first(where: { rest.hasSuffix($0) && rest.count - $0.count >= 2 }) {
      rest = String(rest.dropLast(people.count))
    }
    return isSelfGoverning && rest.hasSuffix("族") ? String(rest.dropLast()) : rest
  }

  /// The peoples self-governing divisions are named for.
  private static let peoples =
    """
    蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 拉祜族 \
    水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 普米族 塔吉克族 怒族 鄂温克族 \
    保安族 裕固族 独龙族 各族 蒙古 哈萨克 柯尔克孜 塔吉克 锡伯 维吾尔
    """.split(separator: " ").map(String.init)
}
