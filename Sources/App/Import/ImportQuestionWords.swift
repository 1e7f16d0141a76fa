import Store
import Web

/// Words for what a file leaves open, and for what is not imported.
extension ImportWords {
  static let questions = Word("导入之前请先确认", "To be settled before the import")
  static let askDates = Word("日期可以有几种读法，例如 3/4/2024。哪一种对？", "The dates can be read in several ways, such as 3/4/2024. Which is meant?")
  static let askDecimals = Word(
    "数字可以有两种读法，例如 1.234。小数是怎样写的？", "The numbers can be read in two ways, such as 1.234. How are decimals written?")
  static let askAmounts = Word(
    "有的订单占几行，每行金额相同：这是每行各自的金额，还是整单的总额？",
    "Some orders have several lines with the same amount on each: is it each line's own, or the total of the order?")
  static let askRefundAmounts = Word(
    "有的订单占几行，每行退款相同：这是每行各自的退款，还是整单的退款？",
    "Some orders have several lines with the same refund on each: is it each line's own, or that of the order?")
  static let askCustomers = Word(
    "没有认出客户列：请回去选出这一列，或者选择没有客户的订单怎么办。",
    "No column of customers was recognised: go back and choose it, or say what becomes of orders without a customer.")
  static let answer = Word("按此重新预览", "Preview it so")
  static let sumSo = Word("合计", "in all")
  static let suggested = Word("看起来是这样", "likely")

  static func askCurrency(_ named: [String], _ firm: String) -> Word {
    let names = named.joined(separator: "、")
    return Word(
      "有的金额写明是 \(names)，有的没有写币种，公司的货币是 \(firm)。没有写的是哪种？",
      "Some amounts are in \(named.joined(separator: ", ")), others name no currency, and the firm's is \(firm). Which are those in?")
  }

  static func askFirmCurrency(_ named: [String], _ firm: String) -> Word {
    let name = named.first ?? ""
    return Word(
      "金额是 \(name)，公司的货币现在是 \(firm)，还没有订单。公司的货币改为 \(name) 吗？（否则先在设置里填好汇率）",
      "The amounts are in \(name); the firm's currency is \(firm), and it has no orders yet. Keep its books in \(name)? "
        + "(Otherwise enter a rate in the settings first.)")
  }

  static func becomesCurrency(_ new: String, was old: String) -> Word {
    Word("公司的货币从 \(old) 改为 \(new)。", "The firm's currency changes from \(old) to \(new).")
  }

  /// What a command that must not guess says.
  static func asked(_ questions: [ImportQuestion]) -> Word {
    func line(_ question: ImportQuestion, _ language: Language) -> String {
      let sums = question.choices.compactMap { choice in
        choice.sum.map { "\(choice.word[language]): \($0.decimal) \($0.currency)" }
      }
      let told = sums.isEmpty ? "" : language == .zh ? "（\(sums.joined(separator: "；"))）" : " (\(sums.joined(separator: "; ")))"
      return question.asks[language] + told + "\n  " + question.kind.option
    }
    return Word(
      questions.map { line($0, .zh) }.joined(separator: "\n"), questions.map { line($0, .en) }.joined(separator: "\n"))
  }

  // MARK: Money that is left out

  static func left(_ what: Word, _ money: LeftMoney, _ currency: String) -> Word {
    let rows = Figures.grouped(Int64(money.rows))
    let amounts = money.amounts.sorted { $0.key < $1.key }.map { Money($0.value, $0.key).description }
    let amount = amounts.isEmpty ? Money(0, currency).description : amounts.joined(separator: " + ")
    let unread = money.unread == 0
      ? Word("", "") : Word("，其中 \(money.unread) 行读不出金额", ", \(money.unread) of them without an amount that can be read")
    return Word(
      "\(what.zh)：\(rows) 行，合计 \(amount)\(unread.zh)。",
      "\(what.en): \(Word.counted(money.rows, "row")), \(amount) in all\(unread.en).")
  }

  static let rejectedMoney = Word("有问题而未导入的", "Not imported for a problem")
  static let unassignedMoney = Word("没有客户而未导入的", "Not imported for want of a customer")
  static let leftOutMoney = Word("按状态不计入的", "Left out by their state")
  static let walkInMoney = Word("记到散客名下的", "Sold to walk-in customers")
  static let withWalkIn = Word(
    "选择“记到散客”或“按地区记到散客”，这些订单会计入合计，不参与排名。",
    "Choose a walk-in customer, one or by region, and these orders count in totals, though in no ranking.")

  static func byNameAlone(_ count: Int) -> Word {
    Word(
      "\(Figures.grouped(Int64(count))) 条只凭名称认作已有的客户；同名的可能是另一个人，可以在“更多选项”里关闭。",
      "\(Word.counted(count, "record")) matched a customer by nothing but the name, who may be somebody else of that name; "
        + "this can be switched off under More choices.")
  }

  static let matchesNames = Word("只凭名称也认作已有的客户", "Match by name alone")
  static let yesNames = Word("是", "yes")
  static let noNames = Word("否，当作新客户", "no, make a new one")

  // MARK: States

  static let statuses = Word("订单状态与类型", "States and types of orders")
  static let statusesHint = Word("取消、草稿、未付款的不计入；退货的金额取负。", "Cancelled, draft and unpaid orders do not count; returns are taken off.")
  static let state = Word("文件里的写法", "In the file")
  static let countsFor = Word("怎样计", "Counts as")
  static let unknownState = Word("不认识，照常计入，请核对", "not known, counted; please check")
  static let refundAmounts = Word("一单多行时，退款是", "Refund of orders of several lines")

  static func use(_ use: StatusUse) -> Word {
    switch use {
    case .counts: Word("计入", "an order")
    case .return: Word("退货", "a return")
    case .leftOut: Word("不计", "left out")
    }
  }
}

extension ImportReport {
  /// What of the money of a file is not imported, or is nobody's.
  var moneySentences: [Word] {
    guard let money = counts.money else { return [] }
    let parts: [(Word, LeftMoney)] = [
      (ImportWords.rejectedMoney, money.rejected), (ImportWords.unassignedMoney, money.unassigned),
      (ImportWords.leftOutMoney, money.leftOut), (ImportWords.walkInMoney, money.walkIn),
    ]
    let told = parts.filter { $0.1.rows > 0 }.map { ImportWords.left($0.0, $0.1, currency) }
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
