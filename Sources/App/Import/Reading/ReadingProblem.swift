/// Why a file as a whole cannot be read on. Lines count from 1 as an editor shows them.
enum ReadingProblem: Error, Equatable, Sendable {
  case cannotOpen(path: String, reason: String)
  case cannotRead(reason: String)
  case badBytes(encoding: TextEncoding, offset: Int, line: Int)
  case encodingUnavailable(TextEncoding)
  case quoteNotClosed(line: Int)
  case fieldTooLong(line: Int, column: Int, limit: Int)
  case recordTooLong(line: Int, limit: Int)
  case tooManyColumns(line: Int, limit: Int)

  static func zh(_ problem: ReadingProblem) -> String {
    switch problem {
    case .cannotOpen(let path, let reason): "打不开文件 \(path)：\(reason)"
    case .cannotRead(let reason): "文件读取中断：\(reason)"
    case .badBytes(let encoding, let offset, let line):
      "第 \(line) 行（第 \(offset) 字节）不是有效的 \(encoding.name) 文字，请换一种编码"
    case .encodingUnavailable(let encoding): "这台机器不能转换 \(encoding.name) 编码"
    case .quoteNotClosed(let line): "第 \(line) 行开始的引号没有结束"
    case .fieldTooLong(let line, let column, let limit):
      "第 \(line) 行第 \(column) 列超过 \(limit) 字节，可能有引号没有结束"
    case .recordTooLong(let line, let limit): "第 \(line) 行开始的记录超过 \(limit) 字节，可能有引号没有结束"
    case .tooManyColumns(let line, let limit): "第 \(line) 行超过 \(limit) 列"
    }
  }

  static func en(_ problem: ReadingProblem) -> String {
    switch problem {
    case .cannotOpen(let path, let reason): "Cannot open \(path): \(reason)"
    case .cannotRead(let reason): "Reading the file broke off: \(reason)"
    case .badBytes(let encoding, let offset, let line):
      "Line \(line) (byte \(offset)) is not valid \(encoding.name) text; choose another encoding"
    case .encodingUnavailable(let encoding): "This machine cannot convert \(encoding.name)"
    case .quoteNotClosed(let line): "The quotation mark opened on line \(line) is never closed"
    case .fieldTooLong(let line, let column, let limit):
      "Line \(line), column \(column) is longer than \(limit) bytes; perhaps a quotation mark is not closed"
    case .recordTooLong(let line, let limit):
      "The record on line \(line) is longer than \(limit) bytes; perhaps a quotation mark is not closed"
    case .tooManyColumns(let line, let limit): "Line \(line) has more than \(limit) columns"
    }
  }
}
