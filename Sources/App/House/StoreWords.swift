import Foundation
import Store
import Web

extension AppError {
  /// What a person is told when the database, or the disk beside it, cannot do what was asked.
  static func ofStore(_ error: any Error) -> AppError? {
    switch error {
    case let error as StoreError: ofStore(error)
    case CocoaError.fileWriteOutOfSpace: full(error)
    case let error as POSIXError where error.code == .ENOSPC: full(error)
    default: nil
    }
  }

  private static func ofStore(_ error: StoreError) -> AppError? {
    let again = Word(
      "没有保存任何更改，请稍后再试。", "Nothing was changed. Try again in a moment.")
    // While a server is away every request fails; what is worth a line in the log, `Pulse` writes once.
    func later(
      _ zh: String, _ en: String, _ detail: Word? = nil, after seconds: Int = 5, cause: StoreError? = nil
    ) -> AppError {
      AppError(status: 503, Word(zh, en), detail ?? again, cause: cause, retryAfter: seconds)
    }
    return switch error {
    case .unavailable: later("暂时连不上数据库", "The database cannot be reached")
    case .busy: later("数据库忙", "The database is busy")
    case .timeout: later("数据库用时过长", "The database took too long", cause: error)
    case .conflict: later("同时有别的改动", "Another change came between", after: 1, cause: error)
    case .readOnly:
      later(
        "暂时不能保存", "Nothing can be saved now",
        Word(
          "数据库现在只能读：可以照常查看，没有保存任何更改。请稍后再试。",
          "The database can only be read for the moment: look at everything, nothing was changed. Try again later."),
        after: 10)
    case .uncertain:
      AppError(
        status: 503, Word("不确定是否已保存", "It is not certain that this was saved"),
        Word(
          "保存时与数据库的连接中断。请先查看是否已保存，再决定是否重做。",
          "The connection to the database was lost while saving. Look whether it was saved before you do it again."),
        cause: error)
    case .full: full(error)
    case .position:
      badRequest(
        Word("列表里没有这个位置，请从第一页重新开始。", "The list has no such place; begin again at its first page."))
    case .damaged:
      AppError(
        status: 500, Word("数据库文件已损坏", "The database file is damaged"),
        Word(
          "这一页需要的数据读不出来，没有改动任何内容。请告诉管理员运行 guanxi doctor，并从备份恢复。",
          "What this page needs cannot be read; nothing was changed. Ask your administrator to run guanxi doctor and to restore a backup."
        ),
        cause: error)
    default: nil
    }
  }

  private static func full(_ cause: any Error) -> AppError {
    AppError(
      status: 507, Word("磁盘已满", "The disk is full"),
      Word(
        "没有保存任何内容。请管理员腾出空间，然后再试一次。",
        "Nothing was saved. Ask your administrator to free some space, then try again."),
      cause: cause, retryAfter: 60)
  }
}

/// What the database has to say, for a person at the terminal.
enum StoreWords {
  static func process(_ number: Int32?) -> Word {
    number.map { Word("进程 \($0) ", "process \($0)") } ?? Word("另一个进程", "another process")
  }

  static func sentence(_ error: StoreError) -> Word {
    let en = error.description
    return switch error {
    case .locked(let path, let holder): Word("数据库 \(path) 正被\(process(holder).zh)使用，无法由它代办；请先停止它", en)
    case .unavailable(let why): Word("连不上数据库：\(why)", en)
    case .newer(let found, let known): Word("数据库是第 \(found) 版，由更新的程序写成；本程序只认识到第 \(known) 版", en)
    case .damaged(let why): Word("文件已损坏：\(why)", en)
    case .busy: Word("数据库忙，没有空闲的连接", en)
    case .readOnly(let why): Word("数据库现在只能读：\(why)", en)
    case .full(let why): Word("数据库所在的磁盘已满，没有保存任何内容：\(why)", en)
    case .uncertain(let why): Word("保存时与数据库的连接中断；请先查看是否已保存，再决定是否重做：\(why)", en)
    case .timeout: Word("数据库用时过长，语句已取消", en)
    case .conflict(let why): Word("同时有别的改动：\(why)", en)
    case .constraint(let why): Word("这会违反数据库的规则：\(why)", en)
    case .url, .column, .statement, .position: Word(same: en)
    }
  }
}
