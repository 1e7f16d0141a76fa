import Foundation
import Store
import Web

/// What can be wrong with the database as such.
extension Checkup {
  func engine(of db: Database) async -> [Finding] {
    switch db.url {
    case .sqlite(let path): [await library(of: db), await sums(of: db), await pages(of: db), log(of: path)]
    case .postgres: await server(of: db)
    }
  }

  /// Before 3.51.3 what one connection writes can be lost when another one checkpoints at that moment (sqlite.org/wal.html,
  /// "the WAL-reset bug"). Here both are done by one.
  private func library(of db: Database) async -> Finding {
    let title = Word(same: "SQLite")
    return await look("sqlite", title) {
      let version: String = try await db.read { tx in try tx.value("SELECT sqlite_version()") ?? "" }
      guard version.compare("3.51.3", options: .numeric) == .orderedAscending else {
        return .fine("sqlite", title, Word(same: version))
      }
      return .fine(
        "sqlite", title,
        Word(
          "\(version)；3.51.3 之前预写日志的已知缺陷在这里不会发生：写入和写回都由同一个连接完成",
          "\(version); the known fault of write-ahead logs before 3.51.3 cannot happen here: one connection both writes and checkpoints"
        ))
    }
  }

  private func pages(of db: Database) async -> Finding {
    let title = Word("文件完整性", "Integrity")
    return await look("integrity", title) {
      try await Backup.Contents.checkPages(of: db)
      return .fine("integrity", title, Word("完好", "every page is sound"))
    }
  }

  private func sums(of db: Database) async -> Finding {
    await look("page_sums", Self.sums) {
      guard let file = db.file else { return .fine("page_sums", Self.sums, Word(same: "–")) }
      if !file.carriesSums, mends, !isServed { try await file.addSums() }
      return Self.finding(try await file.check())
    }
  }

  static let sums = Word("页校验", "Page checksums")

  /// What the checksums of a file's pages tell, whether it can be opened as a database or not.
  static func finding(_ check: PageCheck) -> Finding {
    let pages = Figures.grouped(Int64(check.pages))
    guard check.carriesSums else {
      return .wrong(
        "page_sums", sums, Word("各页还没有校验值", "the pages carry no checksums yet"),
        advice: Word(
          "停止服务后运行 guanxi doctor --fix，或重新启动服务；需要两倍于数据库的空间",
          "stop the server and run guanxi doctor --fix, or start it anew; it takes twice the database's size"))
    }
    guard !check.damaged.isEmpty else {
      return .fine("page_sums", sums, Word("\(pages) 页全部相符", "all \(pages) pages are as they were written"))
    }
    let count = Figures.grouped(Int64(check.damaged.count))
    let known = check.tables.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { "\($0.key) \($0.value)" }
    let other = check.damaged.count - check.tables.values.reduce(0, +)
    let zh = (known + (other > 0 ? ["空闲或未知 \(other)"] : [])).joined(separator: "，")
    let en = (known + (other > 0 ? ["free or unknown \(other)"] : [])).joined(separator: ", ")
    return .wrong(
      "page_sums", sums,
      Word("\(pages) 页中有 \(count) 页已损坏（\(zh)）", "\(count) of \(pages) pages are damaged (\(en))"),
      advice: Word(
        "检查磁盘与内存，并从备份恢复：guanxi backup restore", "check disk and memory, and restore a backup: guanxi backup restore"))
  }

  /// The write-ahead log goes back to nothing at every checkpoint; a large one means that there are none.
  private func log(of path: String) -> Finding {
    let title = Word("预写日志", "Write-ahead log")
    let bytes = Self.size(of: path + "-wal")
    guard bytes > 1 << 30 else { return .fine("wal", title, Self.megabytes(bytes)) }
    return .wrong(
      "wal", title, Self.megabytes(bytes),
      advice: Word("停止并重新启动服务，让日志写回", "stop and start the server, so that it is written back"))
  }

  /// Room for twice the database: for its copy before a change of its shape, and for growing.
  func disk() async -> Finding? {
    guard case .sqlite(let path) = config.database else { return nil }
    let title = Word("磁盘空间", "Disk space")
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    guard let free = FreeSpace.bytes(at: folder.path) else {
      return .wrong(
        "disk", title, Word("看不到 \(folder.path)", "\(folder.path) cannot be seen"),
        advice: Word("检查路径与权限", "check the path and its rights"))
    }
    let wanted = max(256 << 20, 2 * Self.size(of: path))
    let detail = Word("剩余 \(Self.megabytes(free).zh)", "\(Self.megabytes(free).en) free")
    if free >= wanted { return .fine("disk", title, detail) }
    return .wrong(
      "disk", title, detail,
      advice: Word("至少留出 \(Self.megabytes(wanted).zh)", "have at least \(Self.megabytes(wanted).en) free"))
  }

  static func size(of path: String) -> Int64 {
    let values = try? FileManager.default.attributesOfItem(atPath: path)
    return (values?[.size] as? NSNumber)?.int64Value ?? 0
  }

  static func megabytes(_ bytes: Int64) -> Word {
    Word(same: "\(Figures.decimal(bytes / 1_024 * 10 / 1_024, places: 1)) MB")
  }
}
