/// What an order's state or type makes of it.
enum StatusUse: String, Codable, CaseIterable, Sendable {
  case counts
  /// Its amount is taken off, whatever sign it has in the file.
  case `return`
  case leftOut = "left_out"
}

/// The words that shops and ledgers use for the state and the type of an order, Chinese and English.
enum OrderStatus {
  /// What a word makes of an order; nil for a word that is not known, which counts.
  static func use(of text: String) -> StatusUse? {
    let word = key(text)
    if word.isEmpty { return nil }
    if let exact = exact[word] { return exact }
    let isHan = text.unicodeScalars.contains(where: \.properties.isIdeographic)
    return isHan ? han(word) : latin(text.halfWidth.lowercased().split { !$0.isLetter }.map(String.init))
  }

  /// How a word is remembered: however it is spelt.
  static func key(_ text: String) -> String {
    String(text.halfWidth.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  private static let exact: [String: StatusUse] = [
    "成交": .counts, "ok": .counts, "open": .counts, "new": .counts, "蓝字": .counts, "inv": .counts, "销": .counts,
    "关闭": .leftOut, "退": .return, "已退": .return, "负": .return, "红字": .return, "红单": .return, "rma": .return,
    "cm": .return,
    "cn": .return, "cr": .return, "sr": .return, "credit": .return, "onhold": .leftOut, "closedlost": .leftOut,
    "closedwon": .counts,
    "开立": .leftOut,
  ]

  // MARK: Chinese

  /// What was not paid or called off goes before what was, as 未付款 holds 付款; a refund that is not through is none.
  private static func han(_ word: String) -> StatusUse? {
    func has(_ words: [String]) -> Bool { words.contains(where: word.contains) }
    if has(["退"]) {
      let isOpen = has(["部分", "申请", "中", "失败", "拒绝", "驳回", "取消", "关闭", "撤销", "待", "未", "无", "不", "可退", "支持", "审核"])
      return isOpen ? .counts : .return
    }
    if has(["红冲", "冲红", "冲销", "贷项", "红字"]) { return .return }
    let isPaid = has(["已付款", "已支付", "已收款", "已付", "付款成功", "支付成功"])
    let isUnpaid = has(["付款", "支付", "收款", "未付", "待付", "尾款"]) && has(["未", "没", "待", "超时", "中", "失败", "关闭", "取消"])
    if isUnpaid, !isPaid { return .leftOut }
    if has(["未取消"]) { return .counts }
    if has(hanLeftOut) && !(isPaid && has(["待审核", "未审核", "未确认"])) { return .leftOut }
    return has(hanCounts) ? .counts : nil
  }

  private static let hanLeftOut = [
    "取消", "作废", "草稿", "暂存", "未成交", "未成功", "未生效", "交易关闭", "订单关闭", "已关闭", "撤销", "撤单", "终止", "驳回", "拒绝", "拒收", "不通过",
    "未通过", "失败", "丢单", "输单", "流失", "无效", "测试", "已删除", "报价", "询价", "待审核", "未审核", "未确认", "买家付款",
  ]
  private static let hanCounts = [
    "完成", "成功", "付", "已收", "发货", "收货", "签收", "出库", "审核", "确认", "成交", "赢单", "销售", "正常", "有效", "进行", "生效", "结算", "开票",
    "订单", "零售", "批发", "购买", "换货", "配送", "派送", "备货", "处理中",
  ]

  // MARK: English

  private static func latin(_ words: [String]) -> StatusUse? {
    let words = Set(words)
    func has(_ others: Set<String>) -> Bool { !words.isDisjoint(with: others) }
    if has(returnWords) { return has(openWords) ? .counts : .return }
    if has(["credit"]), has(["note", "memo"]) { return .return }
    if has(["accepted", "partially", "partial"]) { return .counts }
    if has(["not", "be"]) {
      return has(["paid", "completed", "complete", "approved", "confirmed", "accepted"]) ? .leftOut : .counts
    }
    if has(["pending", "awaiting", "waiting"]), has(goodsWords) { return .counts }
    if has(leftOutWords) { return .leftOut }
    return has(countWords) ? .counts : nil
  }

  private static let returnWords: Set = [
    "return", "returns", "returned", "refund", "refunds", "refunded", "reversal", "reversed", "chargeback",
    "refundable",
  ]
  /// A return or refund that is not through, or will not be.
  private static let openWords: Set = [
    "partial", "partially", "failed", "declined", "rejected", "cancelled", "canceled", "pending", "requested",
    "request",
    "window", "non", "not", "no", "authorized", "authorised", "processing", "eligible", "in", "open", "awaiting",
    "closed",
  ]
  private static let goodsWords: Set = [
    "shipment", "shipping", "delivery", "fulfilment", "fulfillment", "dispatch", "pickup", "collection", "stock",
  ]
  private static let leftOutWords: Set = [
    "cancel", "cancelled", "canceled", "cancellation", "void", "voided", "draft", "unpaid", "unconfirmed", "unapproved",
    "disapproved", "unsuccessful", "incomplete", "abandoned", "failed", "failure", "fail", "declined", "rejected",
    "expired",
    "invalid", "lost", "deleted", "trash", "trashed", "quote", "quotation", "estimate", "prospecting", "engaging",
    "negotiation", "qualification", "proposal", "hold", "awaiting", "waiting", "due", "error", "pending",
  ]
  private static let countWords: Set = [
    "complete", "completed", "paid", "success", "successful", "succeeded", "shipped", "delivered", "fulfilled",
    "unfulfilled",
    "processing", "processed", "confirmed", "approved", "invoice", "invoiced", "won", "sale", "sales", "sold", "order",
    "ordered", "active", "settled", "captured", "purchase", "purchased", "done", "finished", "received", "authorized",
    "authorised", "placed", "dispatched", "packed", "transit", "billed", "posted", "exchange", "exchanged",
  ]
}

/// A word that a file has for the state or the type of its orders, and what is made of it.
struct StatusFound: Codable, Equatable, Sendable {
  let value: String
  let use: StatusUse
  /// Whether the word is known, or somebody said what it means.
  let isKnown: Bool
  var rows: Int
}
