import Foundation
import Store
import Web

/// What the page of backups shows.
struct BackupList: Codable, Equatable, Sendable {
  struct Line: Codable, Equatable, Sendable {
    let name: String
    let moment: Instant
    let bytes: Int64
    /// Whether it can be relied upon.
    let isGood: Bool
    let doubt: Backup.Doubt?
    let customers: Int?
    let orders: Int?

    init(_ entry: BackupFolder.Entry) {
      (name, moment, bytes) = (entry.name, entry.moment, entry.bytes)
      (isGood, doubt) = (entry.isGood, entry.doubt)
      (customers, orders) = (entry.rows["customer"], entry.rows["sales_order"])
    }
  }

  /// The one that is being made.
  struct Running: Codable, Equatable, Sendable {
    let isWaiting: Bool
    let stage: Backup.Stage?
    let done: Int64
    let total: Int64

    init(_ job: Job) {
      isWaiting = job.state == .waiting
      stage = Backup.Stage(rawValue: job.note)
      (done, total) = (job.progress, job.total)
    }
  }

  /// Where they are on this machine; nil where it makes none.
  let folder: String?
  let lines: [Line]
  let lastGood: Instant?
  let isOld: Bool
  let running: Running?
  let failure: BackupState.Failure?
  var schedule: BackupScheduleInput
  let canChange: Bool
}

/// The hour at which one is made each day, as it was chosen: `off` for never.
struct BackupScheduleInput: Codable, Equatable, Sendable {
  var hour: String?

  init(_ schedule: BackupSchedule) { hour = schedule.hour.map { "\($0)" } ?? Self.off }

  static let off = "off"

  /// Nil where it is neither an hour nor `off`.
  var schedule: BackupSchedule? {
    if hour == Self.off { return BackupSchedule(hour: nil) }
    return Int(hour ?? "").flatMap { (0..<24).contains($0) ? BackupSchedule(hour: $0) : nil }
  }
}

extension BackupList {
  /// - Parameter canChange: where somebody may not, only how things stand is told, and nothing of the machine.
  static func read(_ services: Services, canChange: Bool) async throws -> BackupList {
    let (schedule, state, job) = try await services.db.read { tx in
      try tx.ask(BackupSchedule.stored, BackupState.stored, Backups.open)
    }
    let status = try await BackupStatus.find(services.db, services.backups)
    let entries = canChange ? await services.backups?.entries() ?? [] : []
    return BackupList(
      folder: canChange ? services.backups?.path : nil, lines: entries.map(Line.init), lastGood: status.lastGood,
      isOld: status.isOld(at: services.clock()), running: job.map(Running.init),
      failure: canChange ? state.failure : nil,
      schedule: BackupScheduleInput(schedule), canChange: canChange)
  }
}
