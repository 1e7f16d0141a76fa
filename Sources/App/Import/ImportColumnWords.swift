import Store
import Web

/// Words of the page on which columns are matched.
extension ImportWords {
  static let encoding = Word("编码", "Encoding")
  static func encodingDoubted(_ encoding: TextEncoding) -> Word {
    Word(
      "编码可能是 \(encoding.name)，请核对下面的名称；不对时换一种编码。",
      "The encoding may be \(encoding.name): look at the names below, and choose another one where they are wrong.")
  }
  static func encodingDoubt(_ encoding: TextEncoding) -> Word {
    Word("编码可能是 \(encoding.name)，请核对名称", "the encoding may be \(encoding.name); check the names")
  }
  static let sheet = Word("工作表", "Sheet")
  static let separator = Word("分隔符", "Separator")
  static let header = Word("表头", "Header")
  static let dates = Word("日期写法", "Dates")
  static let decimals = Word("小数写法", "Decimals")
  static let noHeader = Word("没有表头", "none")
  static let columnsOfFile = Word("文件的列", "Columns of the file")
  static let columnInFile = Word("文件中的列", "Column in the file")
  static let firstValues = Word("前几行的值", "First values")
  static let importAs = Word("导入为", "Import as")
  static let stateOfColumn = Word("识别结果", "Match")
  static let leaveOut = Word("不导入", "Leave out")
  static let leftOut = Word("不导入", "left out")
  static let chosen = Word("已选定", "chosen")
  static let checkThis = Word("请核对", "check this")
  static let recognisedColumn = Word("已识别", "recognised")
  static let lookAgain = Word("重新识别", "Read again")
  static let dryRunWritesNothing = Word("预览不写入任何数据。", "A preview writes nothing.")
  static let columnsWrong = Word("对应字段", "Columns")
  static let preview = Word("前几行预览", "Preview of the first rows")
  static let otherValues = Word("其他", "Other")
  static let moreChoices = Word("更多选项", "More options")
  static let onlyRows = Word("只导入符合条件的行", "Only rows where")
  static let allRows = Word("全部", "all rows")
  static let isOrIsNot = Word("条件", "Condition")
  static let isValue = Word("是", "is")
  static let isNotValue = Word("不是", "is not")
  static let source = Word("编号来自哪个系统", "Numbers come from")
  static let sourceHint = Word(
    "文件来自别的系统时，给它起个名字，编号就不会和公司自己的混淆。",
    "If the file is from another system, name it here, so that its numbers are not taken for your own.")
  static let currency = Word("币种", "Currency")
  static let firmCurrency = Word("公司记账货币", "Your currency")
  static let withoutCustomer = Word("没有客户的订单", "Orders without a customer")
  static let refunds = Word("有退款时，金额是", "Amounts of refunded orders are")
  static let amounts = Word("多行订单的金额是", "On multi-line orders the amount is")

  static let askedLater = Word("不导入（没有客户列时会询问）", "don't import (asked when there is no customer column)")

  static let headers: [(String, Word)] =
    [("0", noHeader)] + (1...9).map { ("\($0)", headerLine($0)) }

  static func headerLine(_ line: Int) -> Word { Word("第 \(line) 行", "line \(line)") }
  static func found(_ what: Word) -> Word { Word("自动：\(what.zh)", "Found: \(what.en)") }

  static func missing(_ fields: [Word]) -> Word {
    Word(
      "还要选出这些列：\(fields.map(\.zh).joined(separator: "、"))",
      "Still to choose, the columns of: \(fields.map(\.en).joined(separator: ", "))")
  }

  static func twice(_ field: Word) -> Word { Word("“\(field.zh)”选了两列", "“\(field.en)” was chosen for two columns") }

  static func longFieldName(_ name: String) -> Word {
    Word(
      "列名“\(name)”超过 \(CustomField.nameLimit) 个字，不能作为自定义字段的名称：请缩短表头，或选一个已有的字段。",
      "The column name “\(name)” has more than \(CustomField.nameLimit) characters and cannot name a custom field: "
        + "shorten it in the file, or choose a field that is there.")
  }

  static func delimiter(_ delimiter: Delimiter) -> Word {
    switch delimiter {
    case .comma: Word("逗号 ,", "comma ,")
    case .tab: Word("制表符", "tab")
    case .semicolon: Word("分号 ;", "semicolon ;")
    case .bar: Word("竖线 |", "bar |")
    case .blanks: Word("空格", "spaces")
    }
  }

  static func dayOrder(_ order: DayOrder) -> Word {
    switch order {
    case .yearFirst: Word("年-月-日", "year-month-day")
    case .monthFirst: Word("月/日/年", "month/day/year")
    case .dayFirst: Word("日/月/年", "day/month/year")
    }
  }

  static func mark(_ mark: DecimalMark) -> Word {
    mark == .point ? Word("小数点 1,234.50", "point 1,234.50") : Word("逗号 1.234,50", "comma 1.234,50")
  }

  static func withoutCustomer(_ choice: ImportOptions.WithoutCustomer) -> Word {
    switch choice {
    case .walkIn: Word("记到“散客”", "record as walk-in sales")
    case .byRegion: Word("按地区分别记到散客", "record as walk-in sales, by region")
    case .reject: Word("不导入，列入问题清单", "don't import, list as problems")
    }
  }

  static func refunds(_ choice: ImportOptions.Refunds) -> Word {
    choice == .separate ? Word("退款前的", "before the refund") : Word("扣除退款后的", "after the refund")
  }

  static func amounts(_ choice: ImportOptions.Amounts) -> Word {
    choice == .line ? Word("该行的金额", "for that line") : Word("整单总额，每行重复写", "the order total, repeated")
  }

  /// What a column can be imported as besides a field.
  static let asTag = "+tag"
  static let asRemark = "+remark"

  static let match = Word("如何识别已有客户", "Recognise customers by")
  static let matchHint = Word(
    "找不到时再按编号、名称查找；都没有就新建。", "Where that finds nobody, by number and name. If none matches, a new customer is created.")
  static let existing = Word("已有内容时", "If already filled")
  static let remembered = Word(
    "这样的表头以前导入过：已按上次的选择填好，请核对。",
    "Files with these columns were imported before. Filled in as last time; please check.")

  static func match(_ match: ImportOptions.Match) -> Word {
    switch match {
    case .number: Word("编号，其次名称", "number, then name")
    case .phone: Word("电话", "phone")
    case .email: Word("邮箱", "e-mail")
    case .name: Word("名称", "name")
    }
  }

  static func rule(_ rule: ImportOptions.Rule) -> Word {
    switch rule {
    case .overwrite: Word("覆盖", "overwrite")
    case .fill: Word("只补空缺", "fill if empty")
    case .keep: Word("保留原值", "keep old")
    }
  }

  /// What columns of a kind of file can be imported as, in the order people look for them.
  static func fields(_ kind: Import.Kind, _ own: [CustomField]) -> [(String, Word)] {
    let others = kind == .customers ? [FieldColumn.asNew, asTag, asRemark] : []
    return kind.fields.map { ($0, field($0)) } + own.map { (FieldColumn.choice(of: $0.id), ownField($0.name)) }
      + others.map { ($0, field($0)) }
  }

  private static func ownField(_ name: String) -> Word { Word("自定义字段：\(name)", "Custom field: \(name)") }

  static func field(_ name: String) -> Word { fieldNames[name] ?? Word(same: name) }

  private static let fieldNames: [String: Word] = [
    "order_id": Word("订单编号", "Order number"), "customer_id": Word("客户编号", "Customer number"),
    "customer_name": Word("客户名称", "Customer name"), "date": Word("下单日期", "Order date"),
    "amount": Word("金额", "Amount"), "cost": Word("成本", "Cost"), "currency": currency,
    "quantity": Word("数量", "Quantity"), "unit_price": Word("单价", "Unit price"),
    "product_id": Word("产品编号", "Product code"), "product_name": Word("产品名称", "Product name"),
    "product_category": Word("产品类别（新产品）", "Product category (of new products)"),
    "product_brand": Word("产品品牌（新产品）", "Product brand (of new products)"),
    "status": Word("订单状态", "Order status"),
    "type": Word("订单类型（销售、退货…）", "Order type (sale, return …)"), "region": Word("地区", "Region"),
    "phone": Word("电话", "Phone"), "note": Word("备注", "Note"), "refund_amount": Word("退款金额", "Refunded amount"),
    "id": Word("客户编号", "Customer number"), "name": Word("客户名称", "Customer name"),
    "kind": Word("个人或公司", "Person or company"), "direction": Word("上下游", "Role (supplier, customer…)"),
    "contact_name": Word("联系人", "Contact"), "contact_role": Word("联系人职务", "Contact's title"),
    "given_name": Word("名", "Given name"), "family_name": Word("姓", "Family name"), "email": Word("邮箱", "E-mail"),
    "wechat": Word("微信", "WeChat"), "address": Word("地址", "Address"), "industry": Word("行业", "Industry"),
    "source": Word("客户来源", "Customer's source"), "owner": Word("负责人", "Owner"),
    FieldColumn.asNew: Word("新的自定义字段（用列名）", "A new custom field (named as the column)"),
    asTag: Word("新标签（用列中的值）", "New tags (the values)"),
    asRemark: Word("记到备注（列名：值）", "In the remark (column: value)"), "author": Word("建档人", "Record made by"),
    "tags": Word("标签", "Tags"),
    "birthday": Word("生日", "Birthday"), "remark": Word("备注", "Remark"), "created_on": Word("建档日期", "Record made on"),
  ]

  static func example(_ kind: Import.Kind) -> Word {
    switch kind {
    case .orders:
      Word(
        "订单编号,客户编号,客户名称,下单日期,产品名称,数量,金额\r\nSO-1001,K001,杭州云栖茶行,2026-03-02,西湖龙井 250g,2,516.00\r\n"
          + "SO-1001,K001,杭州云栖茶行,2026-03-02,茶具礼盒,1,398.00\r\nSO-1002,K002,张伟,2026-03-05,碧螺春 100g,1,128.00\r\n",
        "order_id,customer_id,customer_name,order_date,product_name,quantity,amount\r\n"
          + "SO-1001,K001,Hill & Sons,2026-03-02,Green tea 250g,2,516.00\r\nSO-1001,K001,Hill & Sons,2026-03-02,Gift box,1,398.00\r\n"
          + "SO-1002,K002,Mary Adams,2026-03-05,Oolong 100g,1,128.00\r\n")
    case .customers:
      Word(
        "客户编号,客户名称,联系人,手机,地区,行业,负责人,标签\r\nK001,杭州云栖茶行,李敏,13800138000,浙江杭州西湖区,茶叶零售,,老客户\r\n"
          + "K002,张伟,,13900139000,上海浦东,,,\r\n",
        "customer_id,customer_name,contact,phone,region,industry,owner,tags\r\nK001,Hill & Sons,Jane Hill,+1 415 555 0100,,Retail,,regular\r\n"
          + "K002,Mary Adams,,+1 415 555 0101,,,,\r\n")
    }
  }
}
