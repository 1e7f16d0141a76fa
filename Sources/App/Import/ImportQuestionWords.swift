import Store
import Web

/// Words for what a file leaves open, and for what is not imported.
extension ImportWords {
  static let questions = Word("导入前请确认", "Please confirm before importing")
  static let askDates = Word("文件里的日期是按哪种顺序写的？", "In what order are the dates written?")
  static let askDecimals = Word(
    "文件里的数字可以有两种读法。小数是怎样写的？", "The numbers can be read in two ways. How are decimals written?")
  static let askAmounts = Word(
    "有些订单占多行，每行写着同一个金额。这个金额是：", "Some orders take several rows with the same amount on each. That amount is:")
  static let askRefundAmounts = Word(
    "有些订单占多行，每行写着同一个退款金额。这个金额是：", "Some orders take several rows with the same refund on each. That amount is:")
  static let askCustomers = Word(
    "文件里没有找到客户列。这些订单怎么处理？如果有客户列，请返回对应字段选出来。",
    "No customer column was found. What should happen to these orders? If there is one, go back and choose it.")
  static let answer = Word("确认并重新预览", "Confirm and preview again")
  static let sumSo = Word("共", "total")
  static let suggested = Word("推测", "probably")

  static func askCurrency(_ named: [String], _ firm: String) -> Word {
    let (zh, en) = (named.joined(separator: "、"), named.joined(separator: ", "))
    return Word(
      "有些金额写明是 \(zh)，有些没写币种。没写的是哪一种？（公司记账货币：\(firm)）",
      "Some amounts are in \(en); others name no currency. Which currency are those in? (Your books are in \(firm).)")
  }

  static func askFirmCurrency(_ named: [String], _ firm: String) -> Word {
    let name = named.first ?? ""
    return Word(
      "文件里的金额都是 \(name)，公司目前用 \(firm) 记账，还没有订单。改用 \(name) 记账吗？",
      "All amounts are in \(name); your books are in \(firm), with no orders yet. Keep them in \(name) instead?")
  }

  static func keepsBooks(in currency: String, needingRates: [String]) -> Word {
    guard let rate = needingRates.first else { return Word("改用 \(currency) 记账", "Keep the books in \(currency)") }
    return Word(
      "仍用 \(currency) 记账（先要在设置里填写 \(rate) 汇率）", "Stay with \(currency) (enter a rate for \(rate) in the settings first)"
    )
  }

  static func becomesCurrency(_ new: String, was old: String) -> Word {
    Word("导入后，公司改用 \(new) 记账（原为 \(old)）。", "On import, your books change from \(old) to \(new).")
  }

  static func missingRates(_ currencies: [String]) -> Word {
    Word(
      "文件里有 \(currencies.joined(separator: "、"))，设置里还没有汇率，这些行不能导入。",
      "The file has amounts in \(currencies.joined(separator: ", ")), for which the settings have no rate; these rows cannot be imported."
    )
  }

  static let enterRates = Word("去填写汇率", "Enter rates")
  static let previewAgain = Word("重新预览", "Preview again")
  static let chooseOne = Word("请选择一项", "Choose one")

  static func stillOpen(_ count: Int) -> Word {
    Word("还有 \(count) 个问题要确认，确认后才能导入。", "\(Word.counted(count, "question")) to answer before this can be imported.")
  }

  /// What a command that must not guess says.
  static func asked(_ questions: [ImportQuestion]) -> Word {
    func line(_ question: ImportQuestion, _ language: Language) -> String {
      let sums = question.choices.compactMap { choice in
        choice.sum.map { "\(choice.word[language]): \($0.decimal) \($0.currency)" }
      }
      let told =
        sums.isEmpty ? "" : language == .zh ? "（\(sums.joined(separator: "；"))）" : " (\(sums.joined(separator: "; ")))"
      return question.asks[language] + told + "\n  " + question.kind.option
    }
    return Word(
      questions.map { line($0, .zh) }.joined(separator: "\n"), questions.map { line($0, .en) }.joined(separator: "\n"))
  }

  static func implausible(_ field: Word, sum: String, line: Int, largest: String) -> Word {
    Word(
      """
      “\(field.zh)”合计 \(sum)，不可能有这么大，所以不能导入。最大的在第 \(line) 行：\(largest)。请检查小数点的写法，\
      以及“\(field.zh)”是否选错了列（例如选成了电话、证件号或订单号）；请重新对应字段，或筛选掉这些行。
      """,
      """
      “\(field.en)” adds up to \(sum), which cannot be right, so this cannot be imported. The largest is on line \(line): \
      \(largest). Check how decimals are written, and whether the wrong column was chosen (phone, ID or order numbers, for \
      example); then change the columns, or filter these rows out.
      """)
  }

  static func shortYears(_ text: String, _ day: String) -> Word {
    Word("年份只写了两位：\(text) 读作 \(day)。", "Years have two digits: \(text) is read as \(day).")
  }

  static func readings(line: Money, order: Money) -> Word {
    Word(
      "全部订单的金额：按整单总额计共 \(order)，按每行各自的金额计共 \(line)。",
      "All orders come to \(order) if amounts are order totals, and to \(line) if they are each line's own.")
  }

  // MARK: Money that is left out

  static func left(_ what: Word, _ money: LeftMoney) -> Word {
    let rows = Word("\(Figures.grouped(Int64(money.rows))) 行", Word.counted(money.rows, "row"))
    let amounts = money.amounts.sorted { $0.key < $1.key }.map { Money($0.value, $0.key).description }
    let sum = amounts.joined(separator: " + ")
    let told = sum.isEmpty ? Word("", "") : Word("，共 \(sum)", ", \(sum)")
    let isAll = money.unread == money.rows
    let unread =
      money.unread == 0
      ? Word("", "")
      : isAll
        ? Word("，金额无法识别", ", with unreadable amounts")
        : Word("，其中 \(money.unread) 行金额无法识别", ", \(money.unread) of them with an unreadable amount")
    return Word("\(what.zh)：\(rows.zh)\(told.zh)\(unread.zh)。", "\(what.en): \(rows.en)\(told.en)\(unread.en).")
  }

  static let rejectedMoney = Word("因问题未导入", "Not imported because of problems")
  static let unassignedMoney = Word("因没有客户未导入", "Not imported: no customer")
  static let leftOutMoney = Word("按订单状态未计入", "Left out by status")
  static let walkInMoney = Word("记为散客", "Counted as walk-in sales")
  static let withWalkIn = Word(
    "选择“记到散客”，这些订单会计入销售合计，但不参与客户排名。",
    "Record them as walk-in sales and they count in totals, but not in customer rankings.")

  static func byNameAlone(_ count: Int) -> Word {
    Word(
      "有 \(Figures.grouped(Int64(count))) 条只靠名称对上已有客户，可能是同名的另一个人。可在“更多选项”里改为新建客户。",
      "\(Word.counted(count, "record")) matched by name alone, perhaps of different people. Change this under More options."
    )
  }

  static let matchesNames = Word("名称相同就算同一客户", "Treat the same name as the same customer")
  static let yesNames = Word("是", "yes")
  static let noNames = Word("否，新建客户", "no, create a new customer")

  // MARK: States

  static let statuses = Word("订单状态", "Order status")
  static let statusesHint = Word(
    "取消、草稿、未付款不计入销售，退货从销售中扣减。", "Cancelled, draft and unpaid orders are left out; returns are subtracted.")
  static let state = Word("文件中的状态", "Status in file")
  static let countsFor = Word("处理方式", "Treat as")
  static let unknownState = Word("未识别，暂按订单计入", "not recognised, counted for now")
  static let refundAmounts = Word("多行订单的退款是", "On multi-line orders the refund is")

  static func use(_ use: StatusUse) -> Word {
    switch use {
    case .counts: Word("计入销售", "Sale")
    case .return: Word("作为退货", "Return")
    case .leftOut: Word("不导入", "Leave out")
    }
  }
}

extension ImportReport {
  /// Rows that become something.
  var importable: Int { max(0, counts.rows - counts.rejected - (counts.money?.leftOut.rows ?? 0)) }

  /// What of the money of a file is not imported, or is nobody's.
  var moneySentences: [Word] {
    guard let money = counts.money else { return [] }
    let parts: [(Word, LeftMoney)] = [
      (ImportWords.rejectedMoney, money.rejected), (ImportWords.unassignedMoney, money.unassigned),
      (ImportWords.leftOutMoney, money.leftOut), (ImportWords.walkInMoney, money.walkIn),
    ]
    let told = parts.filter { $0.1.rows > 0 }.map { ImportWords.left($0.0, $0.1) }
    return told + (money.unassigned.rows > 0 ? [ImportWords.withWalkIn] : [])
  }

  /// How the words for states were taken.
  var statusSentence: Word? {
    guard let statuses, !statuses.isEmpty else { return nil }
    func list(_ language: Language) -> String {
      statuses.map { found in
        "\(found.value) \(found.rows) → \(ImportWords.use(found.use)[language])"
          + (found.isKnown ? "" : " (\(ImportWords.unknownState[language]))")
      }.joined(separator: language == .zh ? "；" : "; ")
    }
    return Word("\(ImportWords.statuses.zh)：\(list(.zh))", "\(ImportWords.statuses.en): \(list(.en))")
  }
}
