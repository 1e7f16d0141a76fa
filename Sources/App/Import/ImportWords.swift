import Web

enum ImportWords {
  static let title = Word("导入", "Import")
  static let walkIn = Word("散客", "Walk-in")
  static let refund = Word("退款", "Refund")
  static let customers = Word("客户", "Customers")
  static let contacts = Word("联系人", "Contacts")
  static let orders = Word("订单", "Orders")
  static let returns = Word("退货", "Returns")
  static let products = Word("产品", "Products")

  static let cancelled = Word("已取消", "Cancelled")
  static let takenBack = Word("已取消，写入的数据都已撤回", "Cancelled; what was written has been taken back")
  static let nothingWritten = Word("这次导入还没有写入任何数据。", "This import has not written anything yet.")
  static let brokeOff = Word(
    "多次尝试都没有完成。已经写入的数据没有丢；可以继续，也可以撤回。",
    "It failed after several attempts. What was written is kept: go on with it, or take it back.")

  static let toRegions = Word(
    "没有客户的订单按地区记到“散客 · 地区”。",
    "Orders that name no customer go to one walk-in customer for each region.")
  static let toWalkIn = Word("没有客户的订单都记到“散客”名下。", "Orders that name no customer go to one walk-in customer.")
  static let toNobody = Word("没有客户的订单不导入。", "Orders that name no customer are not imported.")
  static let refundsDeducted = Word(
    "金额里已经扣除了退款（有的退款比金额大）：订单按退款前的金额记，退款另记一笔退货。",
    "Refunds are taken off the amounts already (some are larger than the amount): each order is recorded with what was "
      + "paid first, and the refund as a return.")
  static let refundsSeparate = Word("退款另记一笔退货，日期与订单相同。", "Refunds become returns of their own, dated like the order.")
  static let amountsOfOrder = Word(
    "多行订单的金额按整单总额计，只计一次。", "On multi-line orders the amount is the order total and counts once.")
  static let numbersMade = Word(
    "文件没有订单号，按内容为每一行生成编号：同一文件再导入一次不会重复。",
    "The file has no order numbers; each row gets one made from its content, so importing the file again adds nothing.")

  static let changedRecords = Word("改动的记录", "Changed records")
  static let nothingChanged = Word("没有改动已有的记录。", "No record that was there before is changed.")
  static let moreChanges = Word("更多改动", "More changes")
  static let record = Word("记录", "Record")
  static let field = Word("字段", "Field")
  static let before = Word("原来", "Before")
  static let after = Word("导入后", "After")
  static let editedSince = Word("之后又改过", "changed again since")
  static let showChanges = Word("查看改动", "See what changed")

  static func dryRunOf(_ file: String) -> Word {
    Word("预览 \(file)，没有写入任何数据", "Dry run of \(file); nothing was written")
  }
  static func importOf(_ file: String, _ id: String) -> Word { Word("已导入 \(file)（\(id)）", "Imported \(file) (\(id))") }

  static func kind(_ kind: Import.Kind) -> Word { kind == .orders ? orders : customers }

  static func kind(_ kind: ImportChange.Kind) -> Word {
    switch kind {
    case .product: Word("产品", "Product")
    case .field: CustomFieldWords.field
    case .tag, .tagging: Word("标签", "Tag")
    case .customer: Word("客户", "Customer")
    case .contact: Word("联系人", "Contact")
    case .order: Word("订单", "Order")
    }
  }

  static func reason(_ reason: ImportChange.Reason) -> Word {
    switch reason {
    case .edited: Word("之后有人修改过", "changed by somebody since")
    case .hasOrders: Word("还有别的订单", "has other orders")
    case .hasNotes: Word("之后有人写了记录", "somebody wrote notes since")
    case .hasContacts: Word("还有别的联系人", "has other contacts")
    case .inUse: Word("别处还在使用", "still used elsewhere")
    }
  }

  static func state(_ state: Import.State) -> Word {
    switch state {
    case .uploaded: Word("待选字段", "Choose columns")
    case .checking: Word("正在预览", "Being previewed")
    case .checked: Word("待确认", "To be confirmed")
    case .running: Word("正在导入", "Importing")
    case .finished: Word("已完成", "Done")
    case .cancelling: Word("正在取消", "Being cancelled")
    case .cancelled: Word("已取消", "Cancelled")
    case .reverting: Word("正在撤回", "Being reverted")
    case .reverted: Word("已撤回", "Reverted")
    case .failed: Word("没有完成", "Not completed")
    }
  }
}
