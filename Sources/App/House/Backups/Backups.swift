import Foundation
import Store
import Web

/// Backups while the product is served: begun by somebody or by the schedule, made by a job.
struct Backups: Sendable {
  static let kind = "backup"
  /// Seconds after which a firm should have a new one.
  static let patience: Int64 = 26 * 3_600

  private struct Payload: Codable {}

  let services: Services

  init(_ services: Services) { self.services = services }

  /// A server that has no folder for them leaves them to others.
  static func handlers(_ services: Services) -> [String: JobHandler] {
    guard let folder = services.backups else { return [:] }
    return [kind: { run in try await Backups(services).perform(run, in: folder) }]
  }

  /// Begins one unless it has begun.
  func begin(by user: User.ID? = nil, in tx: Transaction) throws {
    guard try tx.ask(Self.open) == nil else { return }
    try services.jobs.add(kind: Self.kind, payload: Payload(), by: user?.description, in: tx)
  }

  /// The job that waits or runs.
  static var open: Question<Job?> {
    .first(
      """
      SELECT * FROM job WHERE kind = \(kind) AND finished_at IS NULL AND failed_at IS NULL AND cancelled_at IS NULL
      ORDER BY id LIMIT 1
      """)
  }

  private func perform(_ run: JobRun, in folder: BackupFolder) async throws {
    try await make(in: folder) { stage, done, total in
      try await run.progress(done, of: total, stage.rawValue)
    }
  }

  /// Makes one, notes how it went, and removes those that need not be kept any longer.
  @discardableResult
  func make(in folder: BackupFolder, progress: @escaping Backup.Progress) async throws -> Backup.Report {
    do {
      let report = try await folder.make(of: services.db, isGentle: true, progress: progress)
      let doubt = report.isGood ? nil : BackupWords.doubt(.totals)
      try await note { state in
        if report.isGood { state.lastGood = report.moment }
        state.failure = doubt.map { .init(at: services.clock(), why: $0) }
      }
      let zone = try await services.db.read { tx in try tx.ask(Settings.stored) }.timeZone
      if let founded = report.founded { await folder.prune(founded, in: zone) }
      return report
    } catch {
      if !(error is JobCancelled || error is CancellationError) {
        let failure = BackupState.Failure(at: services.clock(), why: Terminal.word(for: error))
        try? await note { $0.failure = failure }
      }
      throw error
    }
  }

  private func note(_ change: @escaping @Sendable (inout BackupState) -> Void) async throws {
    let now = services.clock()
    try await services.db.write { tx in
      var state = try tx.ask(BackupState.stored)
      change(&state)
      try state.save(at: now, in: tx)
    }
  }

  // MARK: Schedule

  /// Begins those that are due, until its task is cancelled.
  func keepSchedule(every pause: Duration = .seconds(60)) async {
    while !Task.isCancelled {
      do { try await beginIfDue() } catch {
        services.log.warning("the schedule of backups could not be looked at", metadata: ["why": "\(error)"])
      }
      try? await Task.sleep(for: pause)
    }
  }

  /// One that was due while nobody served is made up for; of several servers one begins it.
  func beginIfDue() async throws {
    let now = services.clock()
    let (slot, claimed, lastGood, founded) = try await services.db.read { tx in
      let (settings, schedule, state) = try tx.ask(Settings.stored, BackupSchedule.stored, BackupState.stored)
      return (
        schedule.slot(at: now, in: settings.timeZone), try Self.claimed(in: tx), state.lastGood,
        try Self.founded(in: tx)
      )
    }
    guard let slot, claimed ?? .init(milliseconds: 0) < slot else { return }
    // A firm of today waits for its first night.
    let isFresh = claimed == nil && founded.map { $0 > now.adding(seconds: -Self.patience) } ?? true
    let isNeeded = !isFresh && lastGood.map { $0 < slot } ?? true
    try await services.db.write { tx in
      guard try Self.claim(slot, at: now, in: tx), isNeeded else { return }
      try begin(in: tx)
    }
  }

  private static let claim = "backup_begun"

  private static func claimed(in tx: Transaction) throws -> Instant? {
    let text: String? = try tx.value("SELECT value FROM setting WHERE name = \(claim)")
    return text.flatMap { Int64($0) }.map { Instant(milliseconds: $0) }
  }

  /// - Returns: whether nobody else has done so.
  private static func claim(_ slot: Instant, at now: Instant, in tx: Transaction) throws -> Bool {
    let value = "\(slot.milliseconds)"
    return try tx.run(
      """
      INSERT INTO setting (name, value, updated_at) VALUES (\(claim), \(value), \(now))
      ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
      WHERE setting.value < excluded.value
      """) == 1
  }

  /// When the firm's database was made.
  static func founded(in tx: Transaction) throws -> Instant? { try tx.value("SELECT min(applied_at) FROM migration") }
}

/// Whether a firm has a backup that can be relied upon, and a new one.
struct BackupStatus: Equatable, Sendable {
  /// Whose state the newest one holds.
  var lastGood: Instant?
  /// When the database was made.
  var founded: Instant?
  /// Whether they are made by themselves, on this machine or another.
  var isScheduled: Bool

  func age(at now: Instant) -> Int64? {
    (lastGood ?? founded).map { max(0, (now.milliseconds - $0.milliseconds) / 1_000) }
  }

  func isOld(at now: Instant) -> Bool { age(at: now).map { $0 > Backups.patience } ?? false }

  static func find(_ db: Database, _ folder: BackupFolder?) async throws -> BackupStatus {
    let (schedule, state, founded) = try await db.read { tx in
      let (schedule, state) = try tx.ask(BackupSchedule.stored, BackupState.stored)
      return (schedule, state, try Backups.founded(in: tx))
    }
    // A database that was restored does not know of those that are newer.
    let there = await folder?.entries().first { $0.isGood && $0.founded == founded }?.moment
    let lastGood = [state.lastGood, there].compactMap(\.self).max()
    return BackupStatus(
      lastGood: lastGood, founded: founded, isScheduled: schedule.hour != nil && (folder != nil || lastGood != nil))
  }
}
