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
    // Paid in part and refunded in part is still an order; what came back stands in a column of its own.
    if ["部分", "partial", "partly"].contains(where: word.contains) { return .counts }
    if ["未取消", "未退", "无退", "notcancelled", "notrefunded", "norefund"].contains(where: word.contains) {
      return .counts
    }
    return parts.first { $0.words.contains(where: word.contains) }?.use
  }

  /// How a word is remembered: however it is spelt.
  static func key(_ text: String) -> String {
    String(text.halfWidth.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  private static let exact: [String: StatusUse] = [
    "成交": .counts, "won": .counts, "paid": .counts, "ok": .counts, "open": .counts, "关闭": .leftOut, "lost": .leftOut,
    "void": .leftOut, "draft": .leftOut, "new": .counts, "退": .return, "负": .return, "红字": .return, "蓝字": .counts,
    "rma": .return, "cm": .return, "inv": .counts, "refund": .return, "return": .return, "refunded": .leftOut,
    "returned": .leftOut, "unpaid": .leftOut, "pending": .leftOut, "销": .counts, "cr": .return, "sr": .return,
  ]

  /// The first that fits: what was not paid or called off goes before what was, as 未付款 holds 付款.
  private static let parts: [(use: StatusUse, words: [String])] = [
    (
      .leftOut,
      [
        "取消", "作废", "草稿", "未付款", "未支付", "待付款", "待支付", "等待买家付款", "未成交", "交易关闭", "订单关闭", "已关闭", "已撤销", "撤单",
        "已驳回", "驳回", "拒绝", "失败", "丢单", "输单", "流失", "无效", "测试", "已删除", "报价", "询价", "待审核", "未审核", "未确认",
        "已退款", "退款成功", "已全额退款", "全额退款", "已退货", "退货完成", "退款完成", "cancel", "void", "draft", "unpaid", "awaitingpayment",
        "pendingpayment", "paymentpending", "onhold", "abandon", "fail", "declined", "rejected", "expired", "invalid",
        "closedlost",
        "lost", "deleted", "quote", "quotation", "estimate", "prospecting", "engaging", "negotiation", "qualification",
        "proposal",
        "refunded", "chargeback", "returned", "notpaid", "notapproved",
      ]
    ),
    (
      .counts,
      ["退款中", "退货中", "申请退款", "申请退货", "退款关闭", "退款失败", "拒绝退款", "returnrequested", "refundrequested", "refundpending"]
    ),
    (
      .return,
      [
        "退货", "退款", "退单", "退回", "红字", "冲红", "红冲", "冲销", "贷项", "return", "refund", "creditnote", "creditmemo",
        "reversal",
      ]
    ),
    (
      .counts,
      [
        "完成", "成功", "已付", "已支付", "付款", "已收", "发货", "收货", "签收", "出库", "已审核", "已确认", "成交", "赢单", "销售", "正常", "有效",
        "进行", "生效", "结算", "开票", "订单", "零售", "批发", "购买", "换货", "complete", "paid", "success", "shipped", "deliver",
        "fulfil", "processing", "confirmed", "approved", "invoice", "closedwon", "won", "sale", "sold", "order",
        "active", "settled",
        "captured", "purchase", "done", "finished", "accepted", "received",
      ]
    ),
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
