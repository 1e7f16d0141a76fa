import Store
import Web

/// What goes on with an import: dry run, run, cancelling, undoing.
struct ImportWorkRoutes: Sendable {
  let services: Services

  var all: [Route] {
    [
      Route(.get, "/imports/{id}", Word("一次导入", "An import"), show, view: ImportPages.show),
      Route(.get, "/imports/{id}/progress", Word("导入进度", "How far an import is"), show, view: ImportPages.progress),
      Route(
        .get, "/imports/{id}/changes", Word("导入改动的记录", "Records an import has changed"), changes,
        view: ImportChangePages.index),
      Route(
        .put, "/imports/{id}/answers", Word("回答预览里的问题", "Answer what the preview asks"), answer,
        view: ImportPages.show),
      Route(.post, "/imports/{id}/start", Word("开始导入", "Start an import"), start, view: ImportPages.show),
      Route(.post, "/imports/{id}/cancel", Word("取消导入", "Cancel an import"), cancel, view: ImportPages.show),
      Route(
        .get, "/imports/{id}/revert", Word("撤回之前再问一次", "Ask before an import is taken back"), show,
        view: ImportPages.revert),
      Route(.post, "/imports/{id}/revert", Word("撤回导入", "Take an import back"), revert, view: ImportPages.show),
      Route(
        .delete, "/imports/{id}", Word("从列表删除导入", "Remove an import from the list"), success: 204, destroy,
        view: ImportPages.show),
    ]
  }

  @Sendable func show(_: Nothing, _ call: Call) async throws -> Answer<ImportView> {
    let access = try call.access
    let id: Import.ID = try call.parameter("id")
    let now = services.clock()
    return try await services.db.read { tx in .show(try ImportView.read(id, now: now, access, in: tx)) }
  }

  struct ChangesQuery: Codable, Sendable {
    /// The position of the first one.
    var from: Int64?
  }

  @Sendable func changes(_ query: ChangesQuery, _ call: Call) async throws -> Answer<ImportChangeList> {
    let access = try call.access
    let id: Import.ID = try call.parameter("id")
    let first = query.from ?? 0
    guard first >= 0 else { throw StoreError.position }
    return try await services.db.read { tx in .show(try ImportChangeList.read(id, from: first, access, in: tx)) }
  }

  /// Says what the file leaves open, and tries it out anew.
  @Sendable func answer(_ answers: ImportAnswers, _ call: Call) async throws -> Answer<ImportView> {
    let access = try call.access
    let id: Import.ID = try call.parameter("id")
    let now = services.clock()
    let view = try await services.db.read { tx in try ImportView.read(id, now: now, access, in: tx) }
    let problems = answers.problems(open: view.report?.questions ?? [])
    guard problems.isEmpty else { return .invalid(view, problems) }
    return try await change(call) { record, _, now, _ in
      guard record.startedAt == nil, record.state == .checked || record.state == .failed else {
        throw AppError.conflict(ImportWords.notNow(record.state))
      }
      answers.apply(to: &record.options)
      record.checkAgain(at: now)
      return ImportJobs.check
    }
  }

  /// What is said along with it is previewed first, where it changes anything.
  @Sendable func start(_ answers: ImportAnswers, _ call: Call) async throws -> Answer<ImportView> {
    try await change(call) { record, user, now, tx in
      switch record.state {
      case .checked:
        let before = record.options
        answers.apply(to: &record.options)
        if record.options != before {
          record.checkAgain(at: now)
          return ImportJobs.check
        }
        if let open = record.report?.questions, !open.isEmpty { throw AppError.conflict(ImportWords.questions) }
        if let doubt = record.report?.implausible?.first { throw AppError.conflict(doubt) }
        (record.startedAt, record.startedBy, record.done) = (try Import.startingTime(now, in: tx), user, 0)
      case .failed where record.startedAt != nil && record.revertingAt == nil:
        (record.failedAt, record.failure) = (nil, nil)
      default: throw AppError.conflict(ImportWords.notNow(record.state))
      }
      return ImportJobs.apply
    }
  }

  @Sendable func cancel(_: Nothing, _ call: Call) async throws -> Answer<ImportView> {
    try await change(call) { [services] record, user, now, tx in
      switch record.state {
      case .checking:
        record.checkingAt = nil
        try services.jobs.cancel(
          kind: ImportJobs.check, payload: ImportJobs.Payload(id: record.id), by: user?.description, in: tx)
      case .running: (record.cancelledAt, record.cancelledBy) = (now, user)
      default: throw AppError.conflict(ImportWords.notNow(record.state))
      }
      return nil
    }
  }

  @Sendable func revert(_: Nothing, _ call: Call) async throws -> Answer<ImportView> {
    try await change(call) { record, user, now, _ in
      guard record.state == .finished || (record.state == .failed && record.startedAt != nil) else {
        throw AppError.conflict(ImportWords.notNow(record.state))
      }
      (record.revertingAt, record.revertingBy, record.done) = (record.revertingAt ?? now, user, 0)
      (record.failedAt, record.failure) = (nil, nil)
      return ImportJobs.undo
    }
  }

  @Sendable func destroy(_: Nothing, _ call: Call) async throws -> Answer<ImportView> {
    let access = try call.access
    let id: Import.ID = try call.parameter("id")
    return try await services.db.write { tx in
      let record = try Import.held(id, access, in: tx)
      guard record.startedAt == nil || record.revertedAt != nil else {
        throw AppError.conflict(ImportWords.notNow(record.state))
      }
      try tx.delete(Import.self, id)
      return .removed(at: "/imports")
    }
  }

  /// - Parameter body: changes the import, and names the job that does the rest.
  private func change(
    _ call: Call, _ body: @escaping @Sendable (inout Import, User.ID?, Instant, Transaction) throws -> String?
  ) async throws -> Answer<ImportView> {
    let access = try call.access
    let id: Import.ID = try call.parameter("id")
    let (now, services) = (services.clock(), services)
    return try await services.db.write { tx in
      var record = try Import.held(id, access, in: tx)
      let job = try body(&record, access.user, now, tx)
      try tx.update(record)
      if let job { try ImportJobs.add(job, record, services, by: access.user, in: tx) }
      return .changed(try ImportView.read(id, now: now, access, in: tx), at: "/imports/\(id)")
    }
  }
}

extension Import {
  /// Forgets what a preview said, as it is made anew.
  fileprivate mutating func checkAgain(at now: Instant) {
    checkingAt = now
    (checkedAt, report, failedAt, failure, done) = (nil, nil, nil, nil, 0)
  }
}
