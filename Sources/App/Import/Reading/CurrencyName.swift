/// What currencies are called in files: one table for columns that name one and for amounts that carry theirs.
enum CurrencyName {
  static func code(of typed: String) -> String? {
    let name = key(typed)
    if let code = words[name] { return code }
    return name.utf8.count == 3 && name.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A } ? name : nil
  }

  /// The currency an amount itself names: `US$100`, `100欧元`, `€ 5`, `CHF 12.-`. Signs that several share mean the usual
  /// one where it is among them.
  static func sign(in amount: String, usually currency: String) -> String? {
    if amount.utf8.allSatisfy({ $0.isDigit || $0 == 0x2E || $0 == 0x2C || $0 == 0x2D }) { return nil }
    let text = amount.halfWidth
    guard let first = text.firstIndex(where: \.isASCIIDigit), let last = text.lastIndex(where: \.isASCIIDigit) else {
      return nil
    }
    let found = [text[..<first], text[text.index(after: last)...]].compactMap { named(key(String($0)), currency) }
    return found.first { !$0.isShared }?.code ?? found.first?.code
  }

  /// - Returns: the currency, and whether its sign means others too.
  private static func named(_ key: String, _ usual: String) -> (code: String, isShared: Bool)? {
    if neutral.contains(key) { return nil }
    if let sharing = shared[key] { return (sharing.contains(usual) ? usual : sharing[0], true) }
    if let code = words[key] ?? (Currencies.known.contains(key) ? key : nil) { return (code, false) }
    guard let first = key.first, "KM万萬亿億千百".contains(first) else { return nil }
    return named(String(key.dropFirst()), usual)
  }

  /// Upper case, without blanks and signs of numbers.
  private static func key(_ text: String) -> String {
    text.halfWidth.uppercased().filter { !" +-().,'[]\"".contains($0) }
  }

  /// Names no currency in particular.
  private static let neutral: Set<String> = ["", "元", "圆", "圓", "块", "元整", "圆整"]

  /// Signs of several currencies, the likeliest first.
  private static let shared: [String: [String]] = [
    "¥": ["CNY", "JPY"],
    "$": ["USD", "HKD", "TWD", "SGD", "AUD", "CAD", "NZD", "MXN", "ARS", "CLP", "COP", "MOP", "BND", "FJD", "JMD"],
    "£": ["GBP", "EGP", "LBP", "GIP", "FKP"], "KR": ["SEK", "NOK", "DKK", "ISK"], "RS": ["INR", "PKR", "LKR", "NPR"],
    "FR": ["CHF", "XAF", "XOF"], "里拉": ["TRY"], "卢比": ["INR", "PKR", "LKR", "NPR"],
  ]

  private static let words = Dictionary(
    names.flatMap { code, words in words.split(separator: " ").map { (key(String($0)), code) } },
    uniquingKeysWith: { first, _ in first })

  private static let names = [
    "CNY": "人民币 人民幣 人民币元 RMB 元 圆 ¥ CN¥ YUAN CNH",
    "USD": "美元 美金 US$ USD$ 美圆 美刀 USDOLLAR USDOLLARS $",
    "EUR": "欧元 歐元 € EURO EUROS",
    "GBP": "英镑 英鎊 £ POUND POUNDS",
    "HKD": "港币 港元 港幣 港圆 HK$",
    "JPY": "日元 日圆 日圓 日币 日幣 円 JP¥ YEN",
    "KRW": "韩元 韓元 韩币 韓幣 韓圜 韩圆 ₩ 원",
    "TWD": "新台币 台币 新臺幣 臺幣 新台幣 台幣 NT$ NTD",
    "MOP": "澳门元 澳门币 澳門元 澳門幣 葡币 MOP$",
    "SGD": "新加坡元 新加坡币 新元 新币 坡币 S$ SG$",
    "AUD": "澳元 澳币 澳幣 澳大利亚元 A$ AU$",
    "CAD": "加元 加币 加幣 加拿大元 C$ CA$",
    "NZD": "新西兰元 纽元 纽币 NZ$",
    "CHF": "瑞士法郎 瑞郎 法郎 FR SFR FR.",
    "THB": "泰铢 泰銖 ฿ BAHT",
    "VND": "越南盾 ₫ Đ",
    "PHP": "菲律宾比索 ₱",
    "RUB": "卢布 盧布 ₽ РУБ РУБ.",
    "TRY": "土耳其里拉 里拉 ₺",
    "PLN": "兹罗提 ZŁ",
    "SEK": "瑞典克朗 KR KR.",
    "NOK": "挪威克朗",
    "DKK": "丹麦克朗",
    "CZK": "捷克克朗 KČ",
    "HUF": "匈牙利福林 福林 FT",
    "RON": "LEI",
    "BRL": "雷亚尔 巴西雷亚尔 R$",
    "MXN": "墨西哥比索 MX$",
    "MYR": "马币 令吉 林吉特 馬幣 RM",
    "IDR": "印尼盾 印尼卢比 RP RP.",
    "INR": "印度卢比 卢比 盧比 ₹ RS RS.",
    "AED": "迪拉姆",
    "SAR": "沙特里亚尔",
    "ZAR": "南非兰特 兰特",
    "ILS": "₪",
    "UAH": "₴",
    "KZT": "₸",
    "MNT": "₮ 图格里克",
    "NGN": "₦",
    "KHR": "៛",
    "LAK": "₭",
    "BDT": "৳",
    "CRC": "₡",
    "PYG": "₲",
    "GHS": "₵",
    "GEL": "₾",
    "AMD": "֏",
    "AZN": "₼",
    "PKR": "₨",
    "MMK": "缅元",
  ]
}

extension CurrencyName {
  /// How many bytes at the start or the end of an amount in upper case name a currency.
  static func length(atStartOf text: ArraySlice<UInt8>) -> Int {
    guard let first = text.first, let words = byFirst[first] else { return 0 }
    return words.first { text.starts(with: $0) }?.count ?? 0
  }

  static func length(atEndOf text: ArraySlice<UInt8>) -> Int {
    guard let last = text.last, let words = byLast[last] else { return 0 }
    return words.first { text.suffix($0.count).elementsEqual($0) }?.count ?? 0
  }

  private static let byFirst = Dictionary(grouping: spelt) { $0.first ?? 0 }
  private static let byLast = Dictionary(grouping: spelt) { $0.last ?? 0 }

  /// As amounts have them, longer ones before those they begin or end with.
  private static let spelt: [[UInt8]] = {
    let words = names.values.flatMap { $0.split(separator: " ").map(String.init) }
    return (words + Currencies.all + neutral.filter { !$0.isEmpty }).map { Array($0.utf8) }.sorted {
      $0.count > $1.count
    }
  }()
}
