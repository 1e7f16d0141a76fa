import Store
import Web

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
    if let contents {
      let rows = contents.rows.sorted { $0.key < $1.key }.map {
        "\($0.key) \(Figures.grouped(Int64($0.value)))"
      }
      lines.append(
        Word("已完整恢复一次：版本 \(contents.version)", "Restored and looked through: version \(contents.version)")[
          language])
      lines += rows.map { "  " + $0 }
    }
    if let remark { lines.append(remark) }
    return lines.joined(separator: "\n")
  }
}
