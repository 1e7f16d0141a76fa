import Store
import Web

/// What is wrong with a row: where, what stood there, and why it cannot be taken.
struct ImportProblem: Codable, Equatable, Sendable {
  enum Code: String, Codable, CaseIterable, Sendable {
    case blank, tooLong = "too_long", tooManyFields = "too_many_fields", zeroBytes = "zero_bytes"
    case badBytes = "bad_bytes", openQuote = "open_quote", errorCell = "error_cell", totalRow = "total_row"
    case notANumber = "not_a_number", numberTooLarge = "number_too_large"
    case notADate = "not_a_date", impossibleDate = "impossible_date", notAPhone = "not_a_phone"
    case noCountry = "no_country"
    case notAnEmail = "not_an_email", noCustomer = "no_customer", noName = "no_name"
    case otherRow = "other_row", otherCustomer = "other_customer", otherCurrency = "other_currency"
    case otherDay = "other_day", otherName = "other_name", sameName = "same_name"
    case noRate = "no_rate", refundTooLarge = "refund_too_large"
    case severalCustomers = "several_customers"
    case unknownOwner = "unknown_owner", unknownWord = "unknown_word"
    case digitsLost = "digits_lost", absurdDate = "absurd_date", futureDate = "future_date", otherMark = "other_mark"
    case otherSign = "other_sign", otherTotal = "other_total", cancelledSince = "cancelled_since"
  }

  /// The line the row starts on.
  let line: Int
  /// As the header has it, `field:NAME` where the file has no such column; empty when the row as a whole is meant.
  var column = ""
  var value = ""
  let code: Code
  /// Another line that has to do with it.
  var otherLine: Int?
  /// The row is imported, without what this says.
  var isWarning = false

  init(
    _ code: Code, line: Int, column: String = "", value: String = "", otherLine: Int? = nil, isWarning: Bool = false
  ) {
    self.line = line
    self.column = column
    self.value = value.count > 200 ? value.prefix(200) + "…" : value
    self.code = code
    self.otherLine = otherLine
    self.isWarning = isWarning
  }

  init(_ problem: ValueProblem, line: Int, column: String, value: String, isWarning: Bool = false) {
    let code: Code =
      switch problem.code {
      case .blank: .blank
      case .notANumber: .notANumber
      case .numberTooLarge: .numberTooLarge
      case .notADate: .notADate
      case .impossibleDate: .impossibleDate
      case .notAPhone: .notAPhone
      }
    self.init(code, line: line, column: column, value: value, isWarning: isWarning)
  }

  /// What the column is called.
  var columnName: Word {
    let mark = "field:"
    return column.hasPrefix(mark) ? ImportWords.field(String(column.dropFirst(mark.count))) : Word(same: column)
  }

  /// Why, in one sentence.
  var reason: Word {
    switch code {
    case .blank: Word("没有填写", "Nothing is filled in")
    case .tooLong: Word("文字太长", "The text is too long")
    case .tooManyFields: Word("这一行的列比表头多", "The row has more columns than the header")
    case .zeroBytes: Word("有看不见的零字节，已去掉", "It held zero bytes, which were left out")
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
    case .otherRow: Word("同一订单的第 \(otherLine ?? 0) 行有问题", "Line \(otherLine ?? 0) of the same order has a problem")
    case .otherCustomer:
      Word("与第 \(otherLine ?? 0) 行是同一订单，客户却不同", "Same order as line \(otherLine ?? 0), but another customer")
    case .otherCurrency:
      Word("与第 \(otherLine ?? 0) 行是同一订单，币种却不同", "Same order as line \(otherLine ?? 0), but another currency")
    case .otherDay:
      Word(
        "与第 \(otherLine ?? 0) 行是同一订单，日期却不同；用前者",
        "Same order as line \(otherLine ?? 0), but another date; the former is taken")
    case .otherName:
      Word(
        "与第 \(otherLine ?? 0) 行是同一客户，名称却不同；用前者",
        "Same customer as line \(otherLine ?? 0), but another name; the former is taken")
    case .sameName:
      Word(
        "与第 \(otherLine ?? 0) 行同名而电话不同，当作同一客户；要分开请加客户编号",
        "Same name as line \(otherLine ?? 0) with another phone, taken as one customer; give numbers to keep them apart"
      )
    case .noRate: Word("设置里没有这种货币的汇率", "The settings have no rate for this currency")
    case .refundTooLarge: Word("退款比付款多", "More was refunded than was paid")
    case .severalCustomers:
      Word("有几位客户都符合，无法确定是哪一位", "Several customers fit; which one is meant cannot be told")
    case .unknownOwner: Word("没有这位同事，留空", "No such colleague; left empty")
    case .unknownWord: Word("不认识的内容，未采用", "Not understood, left out")
    case .digitsLost:
      Word(
        "表格软件丢掉了后面的数字，不能当编号用；请在原表里把这一列设为文本再导出",
        "A spreadsheet program lost the last digits, so it names nobody; format the column as text there and export again")
    case .absurdDate: Word("年份不像真的，请核对", "The year cannot be right; please check it")
    case .futureDate: Word("日期还没有到，请核对", "The day is still to come; please check it")
    case .otherMark:
      Word("与这一列其他数字的小数写法不同，请核对", "Its decimal sign is not that of the other numbers in the column; please check it")
    case .otherSign: Word("金额上的货币符号与币种列不一致", "The amount names another currency than the currency column")
    case .otherTotal:
      Word(
        "与第 \(otherLine ?? 0) 行是同一订单，订单总额却不同",
        "Same order as line \(otherLine ?? 0), but another total of the order")
    case .cancelledSince:
      Word(
        "文件里这笔订单不再计入，但系统里已有，没有改动；不要它请手工删除",
        "The file leaves this order out, but it is here already and was not changed; delete it by hand if it is not wanted")
    }
  }

  /// The whole of it, as it stands in a file of rejected rows.
  var sentence: Word {
    let name = columnName
    let zh = [column.isEmpty ? "" : "“\(name.zh)”", value.isEmpty ? "" : "“\(value)”"].joined()
    let en = [name.en, value.isEmpty ? "" : "“\(value)”"].filter { !$0.isEmpty }.joined(separator: " ")
    return Word(
      "第 \(line) 行\(zh)：\(reason.zh)", "Line \(line)\(en.isEmpty ? "" : ", \(en)"): \(reason.en)")
  }
}
