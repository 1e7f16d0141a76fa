import Store
import Web

enum OrderWords {
  static let takenBackWhole = Word("已整单退货", "Fully returned")
  static let takesBackWhole = Word("退回整单", "Full return of")
  static let noPurchase = Word("不计入购买次数", "not counted as a purchase")
  static let orders = Word("订单", "Orders")
  static let new = Word("新建订单", "New order")
  static let newReturn = Word("新建退货", "New return")
  static let editTitle = Word("编辑订单", "Edit order")
  static let edit = Word("编辑", "Edit")
  static let delete = Word("删除", "Delete")
  static let save = Word("保存", "Save")
  static let cancel = Word("取消", "Cancel")
  static let importing = Word("导入", "Import")
  static let place = Word("位置", "Place")

  static let caption = Word("订单，从新到旧", "Orders, newest first")
  static let find = Word("编号或客户", "Number or customer")
  static let filters = Word("筛选条件", "Filters")
  static let remove = Word("去掉此条件", "Remove this filter")
  static let clear = Word("清除全部条件", "Clear all filters")
  static let everyRow = Word("不只是本页", "not only this page")
  static let returnsOnly = Word("只看退货", "Returns only")
  static let none = Word("还没有订单", "No orders yet")
  static let noneHint = Word(
    "订单会出现在这里，客户的价值由它们算出。可以从表格导入，也可以一笔一笔地录入。",
    "Orders will appear here; what customers are worth follows from them. Bring them from a spreadsheet, or write them one by one."
  )
  static let noMatch = Word("没有符合条件的订单", "No order fits these filters")
  static let noMatchHint = Word("去掉一些条件再试。", "Remove a filter and try again.")

  static let number = Word("编号", "Number")
  static let numberHint = Word("可以不填。", "May stay empty.")
  static let customer = Word("客户", "Customer")
  static let customerHint = Word("名称、编号或拼音", "Name or number")
  static let date = Word("日期", "Date")
  static let kind = Word("种类", "Kind")
  static let sale = Word("销售", "Sale")
  static let goodsBack = Word("退货", "Return")
  static let currency = Word("币种", "Currency")
  static let lines = Word("明细", "Lines")
  static let noLines = Word("这笔订单没有明细。", "This order has no lines.")
  static let product = Word("产品", "Product")
  static let quantity = Word("数量", "Quantity")
  static let unitPrice = Word("单价", "Unit price")
  static let amount = Word("金额", "Amount")
  static let cost = Word("成本", "Cost")
  static let margin = Word("毛利", "Margin")
  static let total = Word("合计", "Total")
  static let note = Word("备注", "Note")
  static let facts = Word("订单资料", "Facts")
  static let source = Word("来源", "Source")
  static let origin = Word("导入自", "Imported from")
  static let written = Word("录入", "Written")
  static let changed = Word("修改", "Changed")
  static let inBase = Word("折合", "In our currency")
  static let moreLines = Word("增加行并计算", "Add lines and work out")
  static let linesHint = Word(
    "金额留空时按数量乘单价计算；单价和成本留空时用产品的。",
    "An empty amount is quantity times price; empty prices and costs are the product's.")
  static let withoutLines = Word("没有明细时填写", "Where there are no lines")

  static let saved = Word("订单已保存", "The order is saved")
  static let noSuchProduct = Word("没有这个产品", "There is no such product")
  static let numberTaken = Word("已有订单用了这个编号", "Another order has this number")
  static let farAway = Word("日期在一年以后", "This is more than a year ahead")
  static let noCurrency = Word("币种写成 CNY 这样的三个字母", "Write a currency in three letters, like CNY")
  static let tooManyLines = Word("最多 1,000 行", "At most 1,000 lines")
  static let tooLarge = Word("数字太大", "This is too large")
  static let doesNotMultiply = Word(
    "与数量乘单价不符，请留空其中之一", "This is not quantity times price; leave one of them empty")
  static let followsFromLines = Word("有明细时由明细算出，请留空", "This follows from the lines; leave it empty")
  static let returnWithoutSign = Word(
    "已选退货，数量和金额请填正数", "For a return, write quantities and amounts without a sign")
  static let tooLongForForm = Word(
    "这笔订单超过 300 行，请通过导入或接口修改。", "This order has more than 300 lines; change it by import or through the API.")

  static func noRate(_ currency: String) -> Word {
    Word("没有 \(currency) 的汇率，请先在设置中填写", "There is no rate for \(currency); write one in the settings first")
  }
  static func inLine(_ line: Int, _ field: Word) -> Word {
    Word("第 \(line) 行\(field.zh)", "\(field.en), line \(line)")
  }
  static func added(_ number: String) -> Word { Word("已新建订单 \(number)", "Order \(number) is added") }
  static func removed(_ number: String) -> Word { Word("已删除订单 \(number)", "Order \(number) is deleted") }
  static func deleteTitle(_ number: String) -> Word { Word("删除订单 \(number)？", "Delete order \(number)?") }
  static func deleteHint(_ customer: String, lines: Int) -> Word {
    Word(
      "会一起移走 \(lines) 行明细，\(customer)的购买金额和分级随之改变。删除后可以马上撤销。",
      "\(Word.counted(lines, "line")) will go with it, and what \(customer) bought and is classed by will change. It can be undone right after."
    )
  }
  static func count(_ count: Int, _ isCounted: Bool) -> Word {
    let number = ListSumPieces.number(count, isCounted)
    return Word("\(number.zh) 笔", number.en)
  }
  static func found(_ count: Int, narrow: Bool) -> Word {
    let number = Figures.grouped(Int64(count))
    return narrow
      ? Word("全部筛选结果 \(number) 笔", "All that fit: \(Word.counted(count, "order"))")
      : Word("全部订单 \(number) 笔", "All \(Word.counted(count, "order"))")
  }
  static func period(_ period: OrderFilter.Period) -> Word {
    switch period {
    case .days30: Word("近 30 天", "the last 30 days")
    case .days365: Word("近 365 天", "the last 365 days")
    case .month: Word("本月", "this month")
    case .quarter: Word("本季度", "this quarter")
    case .year: Word("今年", "this year")
    case .lastYear: Word("去年", "last year")
    }
  }
  static func range(_ from: Day?, _ to: Day?) -> Word {
    switch (from, to) {
    case (let from?, let to?): Word("\(from) 至 \(to)", "\(from) to \(to)")
    case (let from?, nil): Word("\(from) 起", "from \(from)")
    case (nil, let to?): Word("至 \(to)", "until \(to)")
    case (nil, nil): Word("全部", "all")
    }
  }
}
