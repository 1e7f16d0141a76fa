import Web

/// Why a file as a whole cannot be read on. Lines count from 1 as an editor shows them.
enum ReadingProblem: Error, Equatable, Sendable {
  case cannotOpen(path: String, reason: String)
  case cannotRead(reason: String)
  /// A good part of the characters beyond ASCII.
  case badBytes(encoding: TextEncoding, faults: Int, characters: Int)
  case encodingUnavailable(TextEncoding)
  case quoteNotClosed(line: Int)
  case fieldTooLong(line: Int, column: Int, limit: Int)
  case recordTooLong(line: Int, limit: Int)
  case tooManyColumns(line: Int, limit: Int)
  case tooManyRows(limit: Int)
  /// Pictures, archives, programs, address books: nothing with columns.
  case notTable
  /// An archive without a workbook in it, or one in an older or protected form.
  case notWorkbook
  case workbookDamaged(part: String)
  case workbookTooLarge(part: String)
  case noSheet(String)
  /// Nobody waits for it any more, or it took longer than anybody waits.
  case stopped

  static func zh(_ problem: ReadingProblem) -> String {
    switch problem {
    case .cannotOpen(let path, let reason): "打不开文件 \(path)：\(reason)"
    case .cannotRead(let reason): "文件读取中断：\(reason)"
    case .badBytes(let encoding, let faults, let characters):
      "文件看来不是 \(encoding.name) 编码：\(characters) 个文字里有 \(faults) 个读不出；请换一种编码"
    case .encodingUnavailable(let encoding): "这台机器不能转换 \(encoding.name) 编码"
    case .quoteNotClosed(let line): "第 \(line) 行开始的引号没有结束"
    case .fieldTooLong(let line, let column, let limit):
      "第 \(line) 行第 \(column) 列超过 \(grouped(limit)) 字节，可能有引号没有结束"
    case .recordTooLong(let line, let limit): "第 \(line) 行开始的记录超过 \(grouped(limit)) 字节，可能有引号没有结束"
    case .tooManyColumns(let line, let limit): "第 \(line) 行超过 \(grouped(limit)) 列"
    case .tooManyRows(let limit): "工作表超过 \(grouped(limit)) 行，表格软件也装不下这么多；请分成几个文件"
    case .notTable: "这不是表格文件；请用 .xlsx 或 CSV"
    case .notWorkbook: "这种表格文件读不了（旧的 .xls、.ods 或有密码的文件）；请另存为 .xlsx 或 CSV"
    case .workbookDamaged(let part): "工作簿已损坏，读不出 \(part)；请用表格软件打开并重新保存"
    case .workbookTooLarge(let part): "工作簿的 \(part) 解压后大得不正常，不予读取"
    case .noSheet(let name): "工作簿里没有“\(name)”这张工作表"
    case .stopped: "读这个文件用时太长，已停止；请稍后再试，或分成几个文件"
    }
  }

  static func en(_ problem: ReadingProblem) -> String {
    switch problem {
    case .cannotOpen(let path, let reason): "Cannot open \(path): \(reason)"
    case .cannotRead(let reason): "Reading the file broke off: \(reason)"
    case .badBytes(let encoding, let faults, let characters):
      "The file seems not to be \(encoding.name): \(faults) of \(characters) characters cannot be read; choose another encoding"
    case .encodingUnavailable(let encoding): "This machine cannot convert \(encoding.name)"
    case .quoteNotClosed(let line): "The quotation mark opened on line \(line) is never closed"
    case .fieldTooLong(let line, let column, let limit):
      "Line \(line), column \(column) is longer than \(grouped(limit)) bytes; perhaps a quotation mark is not closed"
    case .recordTooLong(let line, let limit):
      "The record on line \(line) is longer than \(grouped(limit)) bytes; perhaps a quotation mark is not closed"
    case .tooManyColumns(let line, let limit): "Line \(line) has more than \(grouped(limit)) columns"
    case .tooManyRows(let limit):
      "The sheet has more than \(grouped(limit)) rows, more than a spreadsheet program can hold; split it into several files"
    case .notTable: "This is no table; bring it as .xlsx or CSV"
    case .notWorkbook:
      "Spreadsheets of this kind cannot be read (an old .xls, an .ods, or one with a password); save it as .xlsx or CSV"
    case .workbookDamaged(let part):
      "The workbook is damaged: \(part) cannot be read; open it in a spreadsheet program and save it again"
    case .workbookTooLarge(let part): "\(part) of the workbook unpacks to an unreasonable size and is not read"
    case .noSheet(let name): "The workbook has no sheet “\(name)”"
    case .stopped: "Reading this file took too long and was stopped; try again later, or in several files"
    }
  }

  private static func grouped(_ limit: Int) -> String { Figures.grouped(Int64(limit)) }
}
