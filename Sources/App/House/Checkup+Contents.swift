import Store
import Web

/// What can be wrong with what is in the database.
extension Checkup {
  func contents(of db: Database) async -> [Finding] {
    [
      await totals(in: db), await search(in: db), await jobs(in: db), await backups(of: db), await clock(against: db),
    ]
  }

  private func backups(of db: Database) async -> Finding {
    let title = BackupWords.title
    return await look("backups", title) {
      let folder = config.backups.map { BackupFolder($0) }
      let (status, now) = (try await BackupStatus.find(db, folder), Instant.now())
      let last = status.lastGood.map { BackupWords.stateOf($0) } ?? BackupWords.none
      if !status.isScheduled {
        return .fine("backups", title, Word("自动备份已关闭；\(last.zh)", "none are made by themselves; \(last.en)"))
      }
      guard status.isOld(at: now) else { return .fine("backups", title, last) }
      let old = BackupWords.tooOld(status)
      return .wrong(
        "backups", title,
        Word("\(old.zh)\(last.zh)", "\(old.en) \(last.en)"),
        advice: Word(
          "立即备份：guanxi backup create，或在设置的备份页面查看失败原因",
          "back up now: guanxi backup create; why the last attempt failed stands on the page Backups of the settings"))
    }
  }

  private func totals(in db: Database) async -> Finding {
    let title = Word("客户累计值", "Totals")
    return await look("totals", title) {
      let (differences, sums) = try await db.read { tx in
        (try TotalsCheck.differences(limit: 1_000, in: tx), try SalesLedger.differences(in: tx))
      }
      guard !differences.isEmpty || sums > 0 else {
        return .fine("totals", title, Word("与订单一致", "as the orders say"))
      }
      let names = differences.prefix(5).map { "\($0.name) (\($0.id))" }.joined(separator: ", ")
      let more = differences.count >= 1_000 ? "1000+" : "\(differences.count)"
      let detail =
        differences.isEmpty
        ? Word("\(sums) 个日期或产品月份的合计与订单不符", "\(sums) sums of days or of products differ from their orders")
        : Word("\(more) 位客户与订单不符：\(names)", "\(more) differ from their orders: \(names)")
      guard mends else {
        return .wrong(
          "totals", title, detail,
          advice: Word("重新计算：guanxi doctor --fix", "count them anew: guanxi doctor --fix"))
      }
      try await db.write { tx in try Totals.recountAll(in: tx) }
      return .fine("totals", title, Word("\(detail.zh)；已重新计算", "\(detail.en); counted anew"))
    }
  }

  /// Every customer must be findable, and nobody who is gone.
  private func search(in db: Database) async -> Finding {
    let title = Word("搜索索引", "Search index")
    return await look("search", title) {
      let (missing, stale): ([Int64], [Int64]) = try await db.read { tx in
        (
          try SearchRefresh.missing(.customer, in: tx),
          try tx.values(
            """
            SELECT id FROM search_document
            WHERE kind = 'customer' AND NOT EXISTS (SELECT 1 FROM customer WHERE customer.id = search_document.id)
            """)
        )
      }
      guard missing.count + stale.count > 0 else { return .fine("search", title, Word("完整", "complete")) }
      let detail = Word(
        "缺 \(missing.count) 位客户，多 \(stale.count) 位",
        "\(missing.count) customers missing, \(stale.count) too many")
      guard mends else {
        return .wrong(
          "search", title, detail, advice: Word("补全：guanxi doctor --fix", "complete it: guanxi doctor --fix"))
      }
      try await db.write { tx in
        try tx.unindex(stale)
        try tx.rebuildIndex()
      }
      try await SearchRefresh.complete(db)
      return .fine("search", title, Word("\(detail.zh)；已补全", "\(detail.en); completed"))
    }
  }

  /// Work that was given up or, where servers are at work beside this, that none of them does.
  private func jobs(in db: Database) async -> Finding {
    let title = Word("后台任务", "Jobs")
    return await look("jobs", title) {
      let hourAgo = Instant.now().adding(seconds: -3_600)
      let (failed, waiting): (Int, Int) = try await db.read { tx in
        (
          try tx.value("SELECT count(*) FROM job WHERE failed_at IS NOT NULL") ?? 0,
          tx.engine == .sqlite
            ? 0
            : try tx.value(
              """
              SELECT count(*) FROM job WHERE finished_at IS NULL AND failed_at IS NULL AND cancelled_at IS NULL
                AND run_at < \(hourAgo) AND (claimed_until IS NULL OR claimed_until < \(hourAgo))
              """) ?? 0
        )
      }
      guard failed + waiting > 0 else { return .fine("jobs", title, Word("没有滞留", "none is stuck")) }
      return .wrong(
        "jobs", title,
        Word("\(failed) 个失败，\(waiting) 个等待超过一小时", "\(failed) failed, \(waiting) waiting for over an hour"),
        advice: Word(
          "启动 guanxi serve，并在导入页面查看原因", "start guanxi serve and look at the reason where they were begun"))
    }
  }

  /// A clock that stands before what was already written would put new things in the wrong order.
  private func clock(against db: Database) async -> Finding {
    let title = Word("时钟与时区", "Clock and time zone")
    return await look("clock", title) {
      let (settings, newest) = try await db.read { tx in
        let newest: Instant? = try tx.value("SELECT max(created_at) FROM customer")
        return (try tx.ask(Settings.stored), newest)
      }
      let now = Instant.now()
      let local = now.local(in: settings.timeZone)
      let minute = local.minute < 10 ? "0\(local.minute)" : "\(local.minute)"
      let shown = Word(same: "\(local.day) \(local.hour):\(minute), \(settings.timeZone.identifier)")
      guard let newest, newest > now.adding(seconds: 86_400) else { return .fine("clock", title, shown) }
      return .wrong(
        "clock", title, shown,
        advice: Word("数据里有更晚的时间；请校准时钟", "there is data from later; set the clock right"))
    }
  }
}
