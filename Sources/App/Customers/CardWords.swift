import Store
import Web

enum CardWords {
  static let facts = Word("资料", "Facts")
  static let edit = Word("编辑", "Edit")
  static let delete = Word("删除", "Delete")
  static let more = Word("更多操作", "More actions")
  static let call = Word("打电话", "Call")
  static let print = Word("打印", "Print")
  static let newOrder = Word("新建订单", "New order")
  static let addContact = Word("添加联系人", "Add a contact")
  static let contacts = Word("联系人", "Contacts")
  static let noContacts = Word("还没有联系人", "No contacts yet")
  static let add = Word("添加", "Add")
  static let newTag = Word("新标签", "New tag")
  static func tookOff(_ tag: String) -> Word { Word("已去掉标签“\(tag)”", "Took the tag “\(tag)” off") }
  static let asOf = Word("截至", "As of")
  static let write = Word("记一笔", "Write something down")
  static let writeHint = Word("记一笔：聊了什么，下一步是什么…", "What was said, and what comes next…")
  static let record = Word("记录", "Record")
  static let story = Word("往来", "Activity")
  static let noStory = Word("还没有往来。在上面记下第一笔。", "Nothing yet. Write the first thing down above.")
  static let earlier = Word("更早的往来", "Earlier")
  static let order = Word("订单", "Order")
  static let goodsBack = Word("退货", "Return")
  static let worth = Word("价值", "Value")
  static let nobody = Word(
    "散客不是具体客户：消费计入合计，不参与评分、排名和预测。",
    "Walk-ins are nobody in particular: what they buy counts in totals, and is not scored, ranked or forecast.")
  static let notValued = Word(
    "还没有购买，也就还没有评分。", "No purchases yet, so there is nothing to score.")
  static let purchases = Word("购买历史", "Purchases")
  static let byMonth = Word("按月", "by month")
  static let monthsShown = Word("近 24 个月的购买金额", "Amounts of the last 24 months")
  static let latestOrders = Word("最近订单", "Latest orders")
  static let noOrders = Word("还没有订单", "No orders yet")
  static let deleteWhat = Word(
    "联系人、标签和记录会一起删除。", "Contacts, tags and notes go with it.")

  static func deleteNamed(_ name: String) -> Word { Word("删除“\(name)”？", "Delete “\(name)”?") }
  static func takeOff(_ tag: String) -> Word { Word("去掉标签 \(tag)", "Take off \(tag)") }
  static func allOrders(_ count: Int) -> Word { Word("全部 \(count) 笔", "All \(count)") }

  static func month(_ day: Day) -> Word {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return Word("\(day.year)年\(day.month)月", "\(names[day.month - 1]) \(day.year)")
  }
}
