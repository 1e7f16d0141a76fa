import Web

enum SearchWords {
  static let results = Word("搜索结果", "Search results")
  static let orders = Word("订单", "Orders")
  static let products = Word("产品", "Products")
  static let commands = Word("命令", "Commands")
  static let add = Word("新增", "Add")
  static let more = Word("更多", "More")
  static let newProduct = Word("新建产品", "New product")
  static let importing = Word("导入文件", "Import a file")

  static let nothing = Word("没有找到", "Nothing found")
  static let nothingHint = Word(
    "可以搜索姓名的任何一部分、拼音或首字母、电话和编号。", "Any part of a name, its pinyin or initials, a phone or a number will do.")

  static func resultsFor(_ text: String) -> Word {
    text.isEmpty ? results : Word("“\(text)”的搜索结果", "Search results for “\(text)”")
  }

  static let places: [(word: Word, path: String, icon: HTML)] = [
    (CustomerWords.new, "/customers/new", icon("plus")), (CardWords.newOrder, "/orders/new", icon("plus")),
    (newProduct, "/products/new", icon("plus")), (importing, "/imports/new", icon("import")),
    (Word("帕累托分析", "Pareto analysis"), "/insight/abc", icon("insight")),
    (Word("RFM 分析", "RFM analysis"), "/insight/rfm", icon("grid")),
    (Word("设置", "Settings"), "/settings", icon("settings")),
    (Word("我的账户", "My account"), "/settings/me", icon("person")),
  ]
}
