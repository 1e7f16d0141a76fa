enum FrameWords {
  static let name = Word("关系", "Guanxi")
  static let what = Word("客户关系管理", "Customer relationship management")
  static let home = Word("关系，首页", "Guanxi, home")
  static let skip = Word("跳到正文", "Skip to content")
  static let mainMenu = Word("主导航", "Main menu")
  static let bottomMenu = Word("底部导航", "Bottom menu")
  static let search = Word("搜索", "Search")
  static let searchHint = Word("搜索姓名、拼音、电话、编号…", "Name, pinyin, phone, number…")
  static let results = Word("搜索结果", "Search results")
  static let shortcuts = Word("键盘快捷键", "Keyboard shortcuts")
  static let look = Word("语言与外观", "Language and look")
  static let see = Word("查看", "See more")
  static let language = Word("语言", "Language")
  static let theme = Word("外观", "Look")
  static let light = Word("浅色", "Light")
  static let dark = Word("深色", "Dark")
  static let auto = Word("跟随系统", "Like the system")
  static let myAccount = Word("我的账户", "My account")
  static let signOut = Word("退出登录", "Sign out")
  static let add = Word("新增", "Add")
  static let more = Word("更多", "More")
  static let offline = Word("没有连上服务器，你写的还在。", "The server cannot be reached; what you wrote is still here.")
  static let failed = Word("服务器没有完成，你写的还在。", "The server could not do it; what you wrote is still here.")
  static let draft = Word("这是上次写了没保存的内容。", "This is what you wrote last time and did not save.")
  static let discard = Word("放弃", "Discard")
  static let undo = Word("撤销", "Undo")
  static let close = Word("关闭", "Close")

  static func account(_ name: String) -> Word { Word("账户：\(name)", "Account: \(name)") }

  static let keys: [(word: Word, key: StaticString)] = [
    (Word("搜索", "Search"), "/"), (Word("搜索与命令", "Search and commands"), "Ctrl K"),
    (Word("新建", "New"), "n"), (Word("编辑", "Edit"), "e"), (Word("下一行", "Next row"), "j"),
    (Word("上一行", "Previous row"), "k"), (Word("打开", "Open"), "Enter"),
    (Word("跳转：客户、订单、产品、洞察、导入、设置", "Go to customers, orders, products, insight, imports, settings"), "g c o p i m s"),
    (Word("这张表", "This table"), "?"),
  ]
}
