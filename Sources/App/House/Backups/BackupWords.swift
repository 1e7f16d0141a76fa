import Store
import Web

enum BackupWords {
  static let title = Word("备份", "Backups")
  static let now = Word("立即备份", "Back up now")
  static let begun = Word("备份已开始，不影响使用。", "A backup has begun; everybody can go on working.")
  static let cancel = Word("取消备份", "Cancel the backup")
  static let cancelled = Word("备份已取消，原有的备份不受影响。", "The backup was cancelled; earlier ones are as they were.")
  static let last = Word("最近一次可用的备份：", "Last good backup: ")
  static let old = Word("已超过 26 小时", "more than 26 hours ago")
  static let none = Word("还没有可用的备份。", "There is no good backup yet.")
  static let failed = Word("上一次备份没有成功：", "The last attempt failed: ")
  static let noFolder = Word(
    "本机不做备份（GUANXI_BACKUPS=off）。", "This machine makes no backups (GUANXI_BACKUPS=off).")
  static let place = Word("保存在运行 Guanxi 的机器上：", "Kept on the machine that runs Guanxi: ")
  static let elsewhere = Word(
    "请定期复制到另一台机器或另一块磁盘。", "Copy them to another machine or disk now and then.")
  static let progress = Word("备份进度", "How far the backup is")
  static let kept = Word("现有的备份", "Backups kept")
  static let empty = Word("这个文件夹里还没有备份。", "There are no backups in this folder yet.")
  static let moment = Word("数据截至", "State of")
  static let state = Word("状态", "State")
  static let holds = Word("内容", "Holds")
  static let size = Word("大小", "Size")
  static let proven = Word("已验证", "verified")
  static let readThrough = Word("已通读", "read through")
  static let schedule = Word("自动备份", "Schedule")
  static let hour = Word("每天自动备份", "Every day")
  static let rule = Word(
    "按公司时区。保留最近 7 天、4 周和 12 个月的备份，最新一份可用的备份永远保留。",
    "By the firm's time zone. Those of the last 7 days, 4 weeks and 12 months are kept, and the newest good one always."
  )
  static let off = Word("不自动备份", "never by itself")
  static let save = Word("保存", "Save")
  static let saved = Word("备份时间已保存。", "The schedule is saved.")
  static let noHour = Word("请选择一个整点，或不自动备份。", "Choose an hour of the day, or never.")

  static func daily(_ hour: Int) -> Word {
    Word(same: "\(hour < 10 ? "0" : "")\(hour):00")
  }

  static func stage(_ running: BackupList.Running) -> Word {
    if running.isWaiting { return Word("即将开始备份", "About to begin") }
    return running.stage == .checking ? Word("正在验证备份", "Verifying the backup") : Word("正在复制数据", "Copying")
  }

  static func doubtful(_ doubt: Backup.Doubt?) -> Word {
    doubt == .totals ? Word("累计值不符", "totals differ") : Word("未验证", "not verified")
  }

  static func contents(_ line: BackupList.Line) -> Word {
    guard let customers = line.customers, let orders = line.orders else { return Word(same: "–") }
    let (some, more) = (Figures.grouped(Int64(customers)), Figures.grouped(Int64(orders)))
    return Word("\(some) 个客户，\(more) 个订单", "\(Word.counted(customers, "customer")), \(Word.counted(orders, "order"))")
  }

  static func doubt(_ doubt: Backup.Doubt) -> Word {
    switch doubt {
    case .notRestored:
      Word(
        "已通读，尚未真正恢复过；guanxi backup verify --database postgres://… 会恢复一次",
        "It was read through, not restored; guanxi backup verify --database postgres://… really restores it")
    case .totals:
      Word(
        "备份中的累计值与订单不符：请运行 guanxi doctor --fix，再做一次备份；恢复时会重新计算",
        "the totals in it are not those of its orders: run guanxi doctor --fix and back up anew; a restore counts them anew"
      )
    }
  }

  static func stateOf(_ moment: Instant) -> Word { Word("数据截至 \(moment)", "The state of \(moment)") }

  /// On every page of an administrator.
  static func tooOld(_ status: BackupStatus) -> Word {
    guard status.lastGood != nil else {
      return Word("公司的数据还没有可用的备份。", "There is no good backup of the firm's data yet.")
    }
    return Word("最近一次可用的备份已超过 26 小时。", "The last good backup is more than 26 hours old.")
  }
}

extension Backup {
  /// Where a backup was restored to.
  public struct Restored: Codable, Sendable {
    public let database: String
    /// Where the former database is now; nil when there was none.
    public let former: String?

    public func sentence(_ language: Language) -> String {
      let kept = former.map { Word("；原来的数据保留在 \($0)", "; the former data is kept as \($0)") }
      let access = Word(
        "。所有登录、令牌与邀请链接都已作废，请重新登录",
        ". All sessions, tokens and invitation links were revoked; everybody signs in anew")
      return Word("已恢复到 \(database)", "Restored to \(database)")[language] + (kept?[language] ?? "")
        + access[language]
    }
  }
}

extension Backup.Report {
  /// What it is and what it was found to hold, in a few lines.
  public func sentence(_ language: Language) -> String {
    let size = Checkup.megabytes(bytes)[language]
    var lines = ["\(file)  \(size)", "SHA-256 \(sha256)"]
    if let moment { lines.append(BackupWords.stateOf(moment)[language]) }
    if let contents {
      let rows = contents.rows.sorted { $0.key < $1.key }.map {
        "\($0.key) \(Figures.grouped(Int64($0.value)))"
      }
      lines.append(
        Word("已验证：版本 \(contents.version)", "Verified: version \(contents.version)")[language])
      lines += rows.map { "  " + $0 }
    }
    if let doubt { lines.append(BackupWords.doubt(doubt)[language]) }
    return lines.joined(separator: "\n")
  }
}
