import Web

extension ImportProblem {
  /// Why, in one sentence.
  var reason: Word { Self.reason(code, besides: otherLine ?? 0) ?? Self.reason(code) }

  /// Of rows that do not go together with another one.
  private static func reason(_ code: Code, besides other: Int) -> Word? {
    switch code {
    case .otherRow: Word("同一订单的第 \(other) 行有问题", "Line \(other) of the same order has a problem")
    case .otherCustomer:
      Word("与第 \(other) 行是同一订单，客户却不同", "Same order as line \(other), but another customer")
    case .otherCurrency:
      Word("与第 \(other) 行是同一订单，币种却不同", "Same order as line \(other), but another currency")
    case .otherDay:
      Word(
        "与第 \(other) 行是同一订单，日期却不同；以前一行为准",
        "Same order as line \(other), but another date; the earlier row is used")
    case .otherName:
      Word(
        "与第 \(other) 行是同一客户，名称却不同；以前一行为准",
        "Same customer as line \(other), but another name; the earlier row is used")
    case .sameName:
      Word(
        "与第 \(other) 行同名而电话不同，当作同一客户；要分开请加客户编号",
        "Same name as line \(other) with another phone, taken as one customer; give numbers to keep them apart"
      )
    case .otherTotal:
      Word(
        "与第 \(other) 行是同一订单，总额不一致",
        "Same order as line \(other), different order total")
    default: nil
    }
  }

  private static func reason(_ code: Code) -> Word {
    switch code {
    case .blank: Word("没有填写", "Nothing is filled in")
    case .tooLong: Word("文字太长", "The text is too long")
    case .tooManyFields: Word("这一行的列比表头多", "The row has more columns than the header")
    case .zeroBytes: Word("含不可见字符，已去掉", "Contained invisible characters, removed")
    case .badBytes:
      Word("有读不出的文字，用 \u{FFFD} 代替；请核对", "Some of it cannot be read and became \u{FFFD}; check it")
    case .openQuote:
      Word("引号没有配对，当作普通文字", "A quotation mark is opened and never closed; it was taken as text")
    case .errorCell: Word("单元格里是错误值，当作空白", "The cell holds an error; taken as empty")
    case .totalRow: Word("合计行，不导入", "A row of totals, not imported")
    case .notANumber: Word("不是数字", "Not a number")
    case .numberTooLarge: Word("数字太大，无法记录", "The number is too large to be recorded")
    case .notADate: Word("不是日期", "Not a date")
    case .impossibleDate: Word("没有这一天", "There is no such day")
    case .notAPhone: Word("不是电话号码", "Not a phone number")
    case .noCountry: Word("看不出是哪个国家或地区的号码，已按原样保留", "Of no country that can be told; kept as it was typed")
    case .notAnEmail: Word("不是邮箱地址", "Not an e-mail address")
    case .noCustomer: Word("没有客户编号，也没有客户名称", "Neither a customer number nor a name")
    case .noName: Word("没有名称，也没有编号", "Neither a name nor a number")
    case .noRate: Word("还没有填写这种货币的汇率（设置 → 汇率）", "No exchange rate for this currency (Settings → Rates)")
    case .refundTooLarge: Word("退款超过付款", "Refund exceeds the payment")
    case .severalCustomers:
      Word("有多个客户符合，无法确定", "Several customers match")
    case .unknownOwner: Word("没有这个成员，负责人留空", "No such member; owner left empty")
    case .unknownWord: Word("无法识别，未导入此项", "Not recognised, skipped")
    case .digitsLost:
      Word(
        "编号尾数已被表格软件丢掉，不能用来识别。请把原表这一列设为“文本”后重新导出",
        "The spreadsheet lost the last digits, so this cannot serve as a number. Format the column as text and export again."
      )
    case .absurdDate: Word("年份不合理，请核对", "Implausible year; please check")
    case .futureDate: Word("日期在今天以后，请核对", "Date in the future; please check")
    case .otherMark:
      Word("小数点写法与本列其他数字不同，请核对", "Written unlike the other numbers in this column; please check")
    case .otherSign: Word("金额里的货币与币种列不一致", "Currency differs from the currency column")
    case .returnStays:
      Word(
        "文件里这笔订单不再有退货，系统里的退货没有改动；不需要可手工删除",
        "The file tells no return of this order any more; the one that is here was not changed. Delete it if not wanted."
      )
    case .cancelledSince:
      Word(
        "文件里这笔订单已不计入，系统里的原订单没有改动；不需要可手工删除",
        "Left out in the file; the existing order was not changed. Delete it if not wanted."
      )
    case .otherRow, .otherCustomer, .otherCurrency, .otherDay, .otherName, .sameName, .otherTotal: Word("", "")
    }
  }
}
