import Store
import Web

/// What the database has to say, for a person at the terminal.
enum StoreWords {
  static func sentence(_ error: StoreError) -> Word {
    let en = error.description
    return switch error {
    case .locked(let path, let holder): Word("数据库 \(path) 正被另一个进程（\(holder)）使用；请先停止它", en)
    case .unavailable(let why): Word("连不上数据库：\(why)", en)
    case .newer(let found, let known): Word("数据库是第 \(found) 版，由更新的程序写成；本程序只认识到第 \(known) 版", en)
    case .damaged(let why): Word("文件已损坏：\(why)", en)
    case .timeout: Word("数据库用时过长，语句已取消", en)
    case .conflict(let why): Word("同时有别的改动：\(why)", en)
    case .constraint(let why): Word("这会违反数据库的规则：\(why)", en)
    case .url, .column, .statement: Word(same: en)
    }
  }
}
