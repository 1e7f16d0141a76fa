import Web

enum SettingsWords {
  static let title = Word("设置", "Settings")
  static let firm = Word("公司", "Firm")
  static let people = Word("成员", "Members")
  static let me = Word("我的账户", "My account")
  static let firmName = Word("公司名称", "Name of the firm")
  static let language = Word("默认语言", "Language")
  static let languageHint = Word(
    "浏览器语言不是中文或英文时使用。", "For people whose browser asks for neither Chinese nor English.")
  static let timeZone = Word("时区", "Time zone")
  static let currency = Word("货币", "Currency")
  static let currencyHint = Word(
    "合计与分析都用它。有了订单后不能再改。", "Totals and analyses are in it. It stays once there are orders.")
  static let returnDays = Word("整单退货期限（天）", "Full-return period (days)")
  static let returnDaysHint = Word(
    "下单后这么多天内整单退货的，不计入购买次数和最近购买。", "An order fully returned within this many days does not count as a purchase.")
  static let noDays = Word("请填写 0 到 366 之间的天数。", "Enter 0 to 366 days.")
  static let rates = Word("汇率", "Exchange rates")
  static func ratesHint(_ currency: String) -> Word {
    Word(
      "1 单位外币等于多少 \(currency)。已有的订单按下单时的汇率，不会变。",
      "How many \(currency) one unit costs. Orders that are there keep the rate they came with.")
  }
  static let otherCurrency = Word("外币", "Other currency")
  static let rate = Word("汇率", "Rate")
  static let none = Word("无", "None")
  static let save = Word("保存", "Save")
  static let saved = Word("设置已保存。", "The settings are saved.")
  static let readOnly = Word("只有管理员可以修改这些设置。", "Only administrators can change these settings.")
  static let noSuchZone = Word("没有这个时区。", "There is no such time zone.")
  static let noSuchCurrency = Word("没有这种货币。", "There is no such currency.")
  static let twice = Word("这种货币出现了两次。", "This currency is there twice.")
  static let isOwn = Word("这是公司自己的货币。", "This is the firm's own currency.")
  static let noRate = Word("请填写大于 0 的小数，例如 7.15。", "Write a decimal above 0, such as 7.15.")
  static let hasOrders = Word(
    "已有订单按原货币合计，不能再改。",
    "Existing orders are in the old currency, so it cannot change.")
  static let chinese = Word(same: "简体中文")
  static let english = Word(same: "English")

  static func name(_ language: Language) -> Word { language == .zh ? chinese : english }
}
