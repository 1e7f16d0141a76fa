import Web

enum ProductWords {
  static let products = Word("产品", "Products")
  static let new = Word("新建产品", "New product")
  static let editTitle = Word("编辑产品", "Edit product")
  static let edit = Word("编辑", "Edit")
  static let delete = Word("删除", "Delete")
  static let save = Word("保存", "Save")
  static let cancel = Word("取消", "Cancel")
  static let importing = Word("导入", "Import")
  static let place = Word("位置", "Place")
  static let find = Word("名称、拼音或编号", "Name or code")
  static let filters = Word("筛选条件", "Filters")
  static let remove = Word("去掉此条件", "Remove this filter")
  static let clear = Word("清除全部条件", "Clear all filters")
  static let everyRow = Word("不只是本页", "not only this page")
  static let none = Word("还没有产品", "No products yet")
  static let noneHint = Word(
    "产品会出现在这里，并显示卖给了谁、卖了多少。导入有明细的订单时会自动建立，也可以一个一个地新建。",
    "Products will appear here, with what was sold of each and to whom. Orders with lines bring theirs when they are imported; or add them one by one."
  )
  static let noMatch = Word("没有符合条件的产品", "No product fits these filters")
  static let noMatchHint = Word("去掉一些条件再试。", "Remove a filter and try again.")

  static let name = Word("名称", "Name")
  static let code = Word("编号", "Code")
  static let unit = Word("单位", "Unit")
  static let unitHint = Word("件、箱、公斤", "pcs, box, kg")
  static let price = Word("单价", "Price")
  static let cost = Word("成本", "Cost")
  static let category = Word("类别", "Category")
  static let brand = Word("品牌", "Brand")
  static let description = Word("说明", "Description")
  static let sold = Word("售出", "Sold")
  static let amount = Word("销售额", "Sales")
  static let margin = Word("毛利", "Margin")
  static let orders = Word("订单数", "Orders")
  static let facts = Word("产品资料", "Facts")
  static let changed = Word("修改", "Changed")
  static let showBuyers = Word("找出买得最多的客户", "Find who buys most of it")
  static let buyers = Word("买得最多的客户", "Who buys most of it")
  static let byMonth = Word("按月销售额", "Sales by month")
  static let monthsShown = Word("近 24 个月的销售额", "Sales of the last 24 months")
  static let latestOrders = Word("最近的订单", "Latest orders")
  static let all = Word("全部", "All")
  static let notSold = Word("还没有卖出过。", "Nothing of it was sold yet.")

  static let saved = Word("产品已保存", "The product is saved")
  static let codeTaken = Word("已有产品用了这个编号", "Another product has this code")
  static let negative = Word("不能是负数", "This cannot be negative")
  static let isUsed = Word(
    "已有订单用到这个产品，不能删除；可以改名或改价。",
    "Orders name this product, so it cannot be deleted; it can be renamed or priced anew.")
  static let deleteHint = Word("没有订单用到它。删除后可以马上撤销。", "No order names it. It can be undone right after.")

  static func added(_ name: String) -> Word { Word("已新建“\(name)”", "\(name) is added") }
  static func removed(_ name: String) -> Word { Word("已删除“\(name)”", "\(name) is deleted") }
  static func deleteTitle(_ name: String) -> Word { Word("删除“\(name)”？", "Delete \(name)?") }
  static func count(_ count: Int) -> Word {
    let number = Figures.grouped(Int64(count))
    return Word("\(number) 种", number)
  }
  static func found(_ count: Int, narrow: Bool) -> Word {
    let number = Figures.grouped(Int64(count))
    return narrow
      ? Word("全部筛选结果 \(number) 种", "All that fit: \(Word.counted(count, "product"))")
      : Word("全部产品 \(number) 种", "All \(Word.counted(count, "product"))")
  }
  static func sort(_ sort: ProductFilter.Sort) -> Word {
    switch sort {
    case .name: products
    case .price: price
    case .quantity: sold
    case .amount: amount
    case .margin: margin
    }
  }
}
