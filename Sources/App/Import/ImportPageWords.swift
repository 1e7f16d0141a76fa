import Store
import Web

/// Words of the pages of imports.
extension ImportWords {
  static let newFile = Word("导入文件", "Import a file")
  static let nothingYet = Word("还没有导入过", "Nothing was imported yet")
  static let whatBelongs = Word(
    "把现有的客户和订单从 Excel 或 CSV 文件带进来；写入之前会先给你看结果，之后也可以整个撤回。",
    "Bring your customers and orders from Excel or CSV files. You see the outcome before anything is written, and can take it all back later."
  )
  static let exampleFile = Word("示例文件", "Example file")
  static let earlier = Word("以前的导入", "Earlier imports")
  static let file = Word("文件", "File")
  static let holds = Word("内容", "Contents")
  static let rows = Word("行数", "Rows")
  static let outcome = Word("结果", "Outcome")
  static let whoWhen = Word("谁，何时", "Who, when")
  static let commandLine = Word("命令行", "Command line")
  static let place = Word("位置", "Place")
  static let drop = Word("把 Excel（.xlsx）或 CSV 文件拖到这里，或选择一个文件", "Drop an Excel (.xlsx) or CSV file here, or choose one")
  static let recognised = Word(
    "编码（UTF-8、GB18030）、分隔符和列名会自动识别；写入之前先给你看。最大 128 MB。",
    "Encoding, separator and columns are recognised; nothing is written before you have seen it. Up to 128 MB.")
  static let uploadAndGoOn = Word("上传并继续", "Upload and continue")
  static let whatIsIn = Word("文件里是什么", "What the file holds")
  static let noFile = Word("请选择一个有内容的文件", "Choose a file with something in it")
  static let steps = Word("步骤", "Steps")
  static let upload = Word("上传", "Upload")
  static let matchColumns = Word("对应字段", "Match columns")
  static let dryRun = Word("导入预览", "Import preview")

  static let rowsWithProblems = Word("需要核对的行", "Rows to check")
  static let line = Word("行", "Line")
  static let column = Word("列", "Column")
  static let value = Word("值", "Value")
  static let reason = Word("原因", "Reason")
  static let warning = Word("仅提醒，照常导入", "warning only")
  static let wholeRow = Word("整行数据", "Whole row")
  static let totalAmount = Word("金额合计", "Total amount")
  static let days = Word("日期", "Dates")
  static let rowsRejected = Word("未导入的行", "Rows rejected")
  static let firstRows = Word("导入后的前几条", "First records after import")
  static let customer = Word("客户", "Customer")
  static let number = Word("编号", "Number")
  static let day = Word("日期", "Date")
  static let amount = Word("金额", "Amount")
  static let newCustomer = Word("新客户", "new customer")

  static let columnsFirst = Word("文件已上传，还没有写入任何数据。下一步：", "The file is here; nothing has been written. Next:")
  static let progress = Word("导入进度", "Import progress")
  static let goesOn = Word("关闭这个页面也会继续。", "It goes on when you close this page.")
  static let look = Word("查看进度", "See progress")
  static let cancel = Word("取消", "Cancel")
  static let backToColumns = Word("返回对应字段", "Back to columns")
  static let downloadRows = Word("下载这些行", "Download these rows")
  static let whoMatters = Word("看看谁最重要", "See who matters")
  static let openCustomers = Word("打开客户列表", "Open the customers")
  static let another = Word("导入另一个文件", "Import another file")
  static let revert = Word("撤回整个导入…", "Undo the whole import…")
  static let revertQuestion = Word("撤回这次导入？", "Undo this import?")
  static let revertNow = Word("撤回", "Undo import")
  static let no = Word("保留", "Keep it")
  static let goOn = Word("继续导入", "Continue")
  static let keptRecords = Word("未撤回的记录", "Records that were kept")
  static let startedAlready = Word(
    "这次导入已经开始，不能再改对应字段。", "This import has begun; its columns cannot be changed any more.")
  static let rejectedSuffix = Word("-未导入", "-rejected")

  static func notNow(_ state: Import.State) -> Word {
    Word(
      "这次导入的状态是“\(self.state(state).zh)”，现在不能这样做。", "The import is “\(self.state(state).en)”; this cannot be done now.")
  }

  static func title(of state: Import.State) -> Word {
    switch state {
    case .uploaded: matchColumns
    case .checking, .checked: dryRun
    case .finished: Word("导入完成", "Imported")
    case .running, .cancelling, .cancelled, .reverting, .reverted, .failed: self.state(state)
    }
  }

  static func rejected(_ count: Int) -> Word {
    Word("\(Figures.grouped(Int64(count))) 行未导入", "\(Word.counted(count, "row")) not imported")
  }
  static func new(_ what: Word) -> Word { Word("新\(what.zh)", "New \(what.en.lowercased())") }
  static func updated(_ what: Word) -> Word { Word("更新的\(what.zh)", "Updated \(what.en.lowercased())") }
  static func unchanged(_ what: Word) -> Word { Word("无变化的\(what.zh)", "Unchanged \(what.en.lowercased())") }

  static func outcome(_ outcome: ImportReport.Sample.Outcome) -> Word {
    switch outcome {
    case .new: Word("新增", "new")
    case .updated: Word("更新", "updated")
    case .unchanged: Word("不变", "unchanged")
    }
  }

  static func firstProblems(_ shown: Int, of all: Int) -> Word {
    Word("这里是前 \(shown) 处，共 \(Figures.grouped(Int64(all))) 处。", "The first \(shown) of \(Figures.grouped(Int64(all))).")
  }

  static func worked(_ done: Int64, of total: Int64, isUndo: Bool) -> Word {
    let (done, all) = (Figures.grouped(done), Figures.grouped(total))
    if total == 0 { return Word("正在读取文件…", "Reading the file…") }
    return isUndo
      ? Word("已撤回 \(done) / \(all) 处改动", "\(done) of \(all) changes taken back")
      : Word("已处理 \(done) / \(all) 行", "\(done) of \(all) rows")
  }

  static func rate(_ rate: Int64) -> Word { Word("\(Figures.grouped(rate)) 每秒", "\(Figures.grouped(rate)) a second") }

  static func left(_ seconds: Int64) -> Word {
    seconds < 90
      ? Word("约剩 \(seconds) 秒", "about \(seconds) s left")
      : Word("约剩 \((seconds + 30) / 60) 分钟", "about \((seconds + 30) / 60) min left")
  }

  static let reachedBy = Word("电话、邮箱", "Phones, e-mail")

  static func canBeImported(_ report: ImportReport) -> Word {
    let counts = report.counts
    func part(_ count: Int, _ zh: String, _ en: String) -> Word? {
      let number = Figures.grouped(Int64(count))
      return count == 0 ? nil : Word("，\(number) 行\(zh)", ", \(number) \(en)")
    }
    let rows = Figures.grouped(Int64(report.importable))
    let isAll = report.importable == counts.rows
    let parts = [
      Word(
        isAll ? "\(rows) 行都可以导入" : "\(rows) 行可以导入",
        isAll ? "All \(rows) rows can be imported" : "\(rows) rows can be imported"),
      part(counts.rejected, "有问题，不能导入", "have a problem and cannot"),
      part(counts.money?.leftOut.rows ?? 0, "按订单状态不导入", "are left out by status"),
      part(report.skipped, "按条件略过", "are filtered out"), part(counts.warnings, "请核对", "to check"),
    ].compactMap(\.self)
    return Word(
      parts.map(\.zh).joined() + "。现在还没有写入任何数据。", parts.map(\.en).joined() + ". Nothing has been written yet.")
  }

  static func importRows(_ count: Int) -> Word {
    Word("导入 \(Figures.grouped(Int64(count))) 行", "Import \(Word.counted(count, "row"))")
  }

  static func finished(seconds: Double) -> Word {
    let time = Figures.decimal(Int64((min(max(seconds, 0), 1e9) * 10).rounded()), places: 1)
    return Word("导入完成，用时 \(time) 秒。", "Imported in \(time) seconds.")
  }

  static func download(_ count: Int) -> Word {
    Word("下载 \(Figures.grouped(Int64(count))) 行（附原因）", "Download \(Word.counted(count, "row")), with reasons")
  }

  static func revertMeaning(_ counts: ImportCounts) -> Word {
    let orders = counts.orders.new + counts.returns.new
    let (made, known) = (Figures.grouped(Int64(orders)), Figures.grouped(Int64(counts.customers.new)))
    return Word(
      "会移除它带来的 \(made) 笔订单和 \(known) 个客户，改过的记录恢复原样。之后手工改过的记录会保留。",
      "The \(Word.counted(orders, "order")) and \(Word.counted(counts.customers.new, "customer")) it brought are removed, "
        + "and what it changed gets its former values. Records changed by hand since then stay.")
  }

  static func takenBack(_ kept: Int) -> Word {
    kept == 0
      ? Word("已全部撤回，数据和导入之前一样。", "Everything was taken back; the records are as they were before.")
      : Word("已撤回。有 \(kept) 条记录保留，原因如下。", "Taken back. \(Word.counted(kept, "record")) stayed, for the reasons below.")
  }
}
