import Web

enum ImportWords {
  static let title = Word("导入", "Import")
  static let walkIn = Word("散客", "Walk-in")
  static let nothingWritten = Word("这次导入还没有写入任何数据。", "This import has not written anything yet.")
  static let refund = Word("退款", "Refund")

  static let toRegions = Word(
    "文件没有说是哪位客户的订单，按地区记到“散客 · 地区”名下。",
    "Orders that name no customer go to one walk-in customer for each region.")
  static let toWalkIn = Word("没有客户的订单都记到“散客”名下。", "Orders that name no customer go to one walk-in customer.")
  static let toNobody = Word("没有客户的订单不导入。", "Orders that name no customer are not imported.")
  static let refundsDeducted = Word(
    "金额里已经扣除了退款（有的退款比金额大）：订单按退款前的金额记，退款另记一笔退货。",
    "Refunds are taken off the amounts already (some are larger than the amount): each order is recorded with what was "
      + "paid first, and the refund as a return.")
  static let refundsSeparate = Word("退款另记一笔退货，日期与订单相同。", "Refunds become returns of their own, dated like the order.")
  static let amountsOfOrder = Word(
    "同一订单的每一行都写着订单总额，只计一次。", "Each line of an order repeats the amount of the order; it counts once.")
  static let numbersMade = Word(
    "文件没有订单号，按内容为每一行生成编号：同一文件再导入一次不会重复。",
    "The file has no order numbers; each row gets one made from its content, so importing the file again adds nothing.")
}
