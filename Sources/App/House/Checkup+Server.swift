import Store
import Web

/// What can be wrong with a PostgreSQL server.
extension Checkup {
  func server(of db: Database) async -> [Finding] {
    [await versionOfServer(db), await writing(to: db), await room(on: db)]
  }

  private func versionOfServer(_ db: Database) async -> Finding {
    let title = Word("PostgreSQL", "PostgreSQL")
    return await look("server", title) {
      let (version, encoding): (String, String) = try await db.read { tx in
        (
          try tx.value("SELECT current_setting('server_version')") ?? "",
          try tx.value("SELECT current_setting('server_encoding')") ?? ""
        )
      }
      guard encoding == "UTF8" else {
        return .wrong(
          "server", title, Word(same: "\(version), \(encoding)"),
          advice: Word("请用 UTF8 编码的数据库", "use a database with the encoding UTF8"))
      }
      return .fine("server", title, Word(same: "\(version), \(encoding)"))
    }
  }

  /// A standby, or a server that was told to take no writes, can be looked at only.
  private func writing(to db: Database) async -> Finding {
    let title = Word("写入", "Writing")
    switch await db.state() {
    case .writable: return .fine("writing", title, Word("可以写入", "possible"))
    case .readOnly(let why), .full(let why), .away(let why):
      return .wrong(
        "writing", title, Word(same: why),
        advice: Word(
          "把备用服务器提升为主服务器，或在地址中列出主服务器：postgres://用户@主机1,主机2/库",
          "promote the standby, or name the primary too: postgres://user@host1,host2/database"))
    }
  }

  /// Every server of the product takes as many connections as it has threads, and one to watch by.
  private func room(on db: Database) async -> Finding {
    let title = Word("数据库连接", "Database connections")
    return await look("connections", title) {
      let (limit, used, others): (Int, Int, Int) = try await db.read { tx in
        (
          try tx.value(
            """
            SELECT current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint
            """) ?? 0,
          try tx.value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'") ?? 0,
          try tx.value("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'guanxi'") ?? 0
        )
      }
      let wanted = (db.usage?.limit ?? 0) + 1
      let detail = Word(
        "最多 \(limit)，已用 \(used)（Guanxi \(others)），一个服务需要 \(wanted)",
        "at most \(limit), \(used) in use (\(others) by Guanxi); one server wants \(wanted)")
      guard limit - used + others < wanted else { return .fine("connections", title, detail) }
      return .wrong(
        "connections", title, detail,
        advice: Word("提高 PostgreSQL 的 max_connections", "raise max_connections of PostgreSQL"))
    }
  }
}
