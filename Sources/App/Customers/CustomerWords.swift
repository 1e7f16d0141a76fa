import Analytics
import Web

enum CustomerWords {
  static let customers = Word("客户", "Customers")
  static let place = Word("位置", "Place")
  static let new = Word("新建客户", "New customer")
  static let edit = Word("编辑客户", "Edit customer")
  static let importing = Word("导入", "Import")
  static let find = Word("在此列表中查找", "Find in this list")
  static let filters = Word("筛选条件", "Filters")
  static let remove = Word("去掉此条件", "Remove this filter")
  static let clear = Word("清除全部条件", "Clear all filters")
  static let everyRow = Word("不只是本页", "not only this page")
  static let none = Word("还没有客户", "No customers yet")
  static let noneHint = Word(
    "客户会出现在这里。可以从表格导入，也可以一位一位地新建。",
    "Customers will appear here. Bring them from a spreadsheet, or add them one by one.")
  static let noMatch = Word("没有符合条件的客户", "No customer fits these filters")
  static let noMatchHint = Word("去掉一些条件再试。", "Remove a filter and try again.")

  static let name = Word("名称", "Name")
  static let valueClass = Word("类别", "Class")
  static let segment = Word("分组", "Segment")
  static let lastOrder = Word("最近购买", "Last order")
  static let orders = Word("订单数", "Orders")
  static let amount = Word("购买金额", "Amount")
  static let region = Word("地区", "Region")
  static let owner = Word("负责人", "Owner")
  static let tags = Word("标签", "Tags")
  static let kind = Word("类型", "Kind")
  static let roles = Word("关系", "Relation")
  static let newest = Word("最新建立", "Newest")

  static func count(_ count: Int, _ isCounted: Bool) -> Word {
    let number = ListSumPieces.number(count, isCounted)
    return Word("\(number.zh) 位", number.en)
  }
  static func found(_ count: Int, narrow: Bool) -> Word {
    let number = Figures.grouped(Int64(count))
    return narrow
      ? Word("全部筛选结果 \(number) 位", "All that fit: \(Word.counted(count, "customer"))")
      : Word("全部客户 \(number) 位", "All \(Word.counted(count, "customer"))")
  }

  static func kind(_ kind: Customer.Kind) -> Word {
    switch kind {
    case .person: Word("个人", "Person")
    case .company: Word("公司", "Company")
    case .walkIn: Word("散客", "Walk-in")
    }
  }

  static func role(_ role: Customer.Role) -> Word {
    switch role {
    case .endCustomer: Word("最终客户", "End customer")
    case .distributor: Word("分销商", "Distributor")
    case .partner: Word("合作伙伴", "Partner")
    case .supplier: Word("供货商", "Supplier")
    }
  }

  static func bought(_ bought: CustomerFilter.Bought) -> Word {
    switch bought {
    case .in30: Word("30 天内买过", "Bought in the last 30 days")
    case .in90: Word("90 天内买过", "Bought in the last 90 days")
    case .in365: Word("一年内买过", "Bought in the last year")
    case .notIn90: Word("90 天没买", "Not for 90 days")
    case .notIn365: Word("一年没买", "Not for a year")
    case .never: Word("从未购买", "Never bought")
    }
  }

  static func sort(_ sort: CustomerFilter.Sort) -> Word {
    switch sort {
    case .amount: amount
    case .name: name
    case .last: lastOrder
    case .orders: orders
    case .newest: newest
    }
  }

  static func classed(_ letter: String) -> Word {
    letter.isEmpty ? Word("尚未分类", "Not classed yet") : Word("\(letter) 类", "Class \(letter)")
  }

  // The form.
  static let basics = Word("基本资料", "Basics")
  static let reach = Word("联系方式", "How to reach them")
  static let more = Word("更多", "More")
  static let phones = Word("电话", "Phones")
  static let phonesHint = Word("多个号码用“、”隔开，备注写在括号里", "Separate with commas; words about a number go in brackets")
  static let email = Word("邮箱", "E-mail")
  static let wechat = Word("微信号", "WeChat id")
  static let address = Word("地址", "Address")
  static let regionHint = Word("如：浙江杭州西湖区", "Province, city and district in Chinese, such as 浙江杭州西湖区")
  static let industry = Word("行业", "Industry")
  static let occupation = Word("职业", "Occupation")
  static let employer = Word("工作单位", "Employer")
  static let birthday = Word("生日", "Birthday")
  static let interests = Word("爱好", "Interests")
  static let source = Word("来源", "Source")
  static let sourceHint = Word("如：交易会、介绍、广告", "For example: trade fair, referral, advertising")
  static let description = Word("描述", "Description")
  static let number = Word("编号", "Number")
  static let referrer = Word("介绍人", "Referred by")
  static let noSuchCustomer = Word("没有这位客户", "There is no such customer")
  static let severalCustomers = Word("有几位客户叫这个名字，请填写编号", "Several customers have this name; write the number")
  static let circular = Word(
    "不能是自己，也不能是自己直接或间接介绍来的客户", "Not itself, and nobody that it has referred, even indirectly")
  static let nobody = Word("暂无", "Nobody")
  static let save = Word("保存", "Save")
  static let cancel = Word("取消", "Cancel")
  static let delete = Word("删除", "Delete")
  static let saved = Word("已保存", "Saved")
  static let lookalikes = Word("可能已经有了：", "Perhaps already here:")
  static let numberTaken = Word("这个编号已被另一位客户使用", "Another customer has this number")
  static let noSuchOwner = Word("没有这位用户", "There is no such user")
  static func added(_ name: String) -> Word { Word("已新建“\(name)”", "Added “\(name)”") }
  static func removed(_ name: String) -> Word { Word("已删除“\(name)”", "Removed “\(name)”") }
  static func correct(_ count: Int) -> Word {
    Word("有 \(count) 处需要修改：", "\(Word.counted(count, "thing")) to correct:")
  }
  static let hasOrders = Word(
    "这位客户有订单，不能删除。请先删除订单，或撤销带来它们的导入。",
    "This customer has orders and cannot be deleted. Delete the orders first, or revert the import that brought them.")
}
