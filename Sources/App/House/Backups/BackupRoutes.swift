import Store
import Web

extension Feature {
  static let backups = Feature(routes: { BackupRoutes(services: $0).all }, jobs: Backups.handlers)
}

struct BackupRoutes: Sendable {
  let services: Services

  private static let place = "/settings/backups"

  var all: [Route] {
    let view = BackupPages.index
    return [
      Route(.get, Self.place, Word("备份", "Backups"), index, view: view),
      Route(.post, Self.place, Word("立即备份", "Back up now"), success: 201, create, view: view),
      Route(
        .get, "\(Self.place)/current", Word("备份进度", "How far a backup is"), index, view: BackupPages.progress),
      Route(
        .delete, "\(Self.place)/current", Word("取消正在做的备份", "Cancel the backup being made"), success: 204, cancel,
        view: view),
      Route(.put, "\(Self.place)/schedule", Word("修改备份时间", "Change when backups are made"), update, view: view),
    ]
  }

  @Sendable func index(_: Nothing, _ call: Call) async throws -> Answer<BackupList> {
    .show(try await BackupList.read(services, canChange: try call.access.isAdministrator))
  }

  @Sendable func create(_: Nothing, _ call: Call) async throws -> Answer<BackupList> {
    let access = try call.access
    try access.requireAdministrator()
    guard services.backups != nil else { throw AppError.conflict(BackupWords.noFolder) }
    try await services.db.write { [services] tx in try Backups(services).begin(by: access.user, in: tx) }
    let list = try await BackupList.read(services, canChange: true)
    return .created(list, at: Self.place, saying: BackupWords.begun)
  }

  @Sendable func cancel(_: Nothing, _ call: Call) async throws -> Answer<BackupList> {
    let access = try call.access
    try access.requireAdministrator()
    try await services.db.write { [services] tx in
      guard let job = try tx.ask(Backups.open),
        try services.jobs.cancel(job.id, by: access.user?.description, in: tx)
      else { throw AppError.notFound }
    }
    return .removed(at: Self.place, saying: BackupWords.cancelled)
  }

  @Sendable func update(_ input: BackupScheduleInput, _ call: Call) async throws -> Answer<BackupList> {
    let access = try call.access
    try access.requireAdministrator()
    guard let schedule = input.schedule else {
      var list = try await BackupList.read(services, canChange: true)
      list.schedule = input
      return .invalid(list, Problems(["hour": BackupWords.noHour]))
    }
    let now = services.clock()
    try await services.db.write { tx in try schedule.save(at: now, by: access.user, in: tx) }
    let list = try await BackupList.read(services, canChange: true)
    return .changed(list, at: Self.place, saying: BackupWords.saved)
  }
}
