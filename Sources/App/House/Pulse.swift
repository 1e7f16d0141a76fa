import Logging
import Store
import Synchronization
import Web

/// Knows how the database is, for whoever cannot wait for it: it is asked every second.
public final class Pulse: Sendable {
  /// Work in the background.
  struct Jobs: Sendable, Equatable {
    var waiting = 0
    var running = 0
    var failed = 0
  }

  private struct Beat {
    var state = DatabaseState.away("starting")
    var at = ContinuousClock.now
    var jobs: Jobs?
    var backups: BackupStatus?
  }

  private let beat = Mutex(Beat())
  private let silence: Duration

  /// - Parameter silence: after which a database that does not answer counts as away.
  public init(silence: Duration = .seconds(10)) { self.silence = silence }

  /// Until its task is cancelled.
  public func run(_ db: Database, every pause: Duration = .seconds(1), log: Logger = Logger(label: "guanxi")) async {
    var round = 0
    while !Task.isCancelled {
      let state = await db.state()
      let before = beat.withLock { beat in
        defer { (beat.state, beat.at) = (state, .now) }
        return beat.state
      }
      if before.name != state.name {
        log.notice("the database is \(state.name)", metadata: state.why.map { ["why": "\($0)"] })
      }
      if round % 10 == 0 {
        let jobs = try? await Self.jobs(in: db.within(DatabaseLimits(statement: .seconds(5), turn: .seconds(2))))
        beat.withLock { $0.jobs = jobs }
      }
      round += 1
      try? await Task.sleep(for: pause)
    }
  }

  /// Looks after backups beside it, until its task is cancelled: their disk may be slower than the database.
  func watchBackups(of db: Database, in folder: BackupFolder?, every pause: Duration = .seconds(10)) async {
    while !Task.isCancelled {
      if let status = try? await BackupStatus.find(db, folder) { beat.withLock { $0.backups = status } }
      try? await Task.sleep(for: pause)
    }
  }

  private static func jobs(in db: Database) async throws -> Jobs {
    try await db.read { tx in
      var jobs = Jobs()
      try tx.each(
        """
        SELECT CASE WHEN failed_at IS NOT NULL THEN 2 WHEN claimed_by IS NOT NULL THEN 1 ELSE 0 END, count(*)
        FROM job WHERE finished_at IS NULL AND cancelled_at IS NULL GROUP BY 1
        """
      ) { row in
        switch row.integer(0) {
        case 2: jobs.failed = Int(row.integer(1))
        case 1: jobs.running = Int(row.integer(1))
        default: jobs.waiting = Int(row.integer(1))
        }
      }
      return jobs
    }
  }

  public var state: DatabaseState {
    beat.withLock { beat in
      let age = ContinuousClock.now - beat.at
      return age < silence ? beat.state : .away("no answer for \(age.components.seconds) seconds")
    }
  }

  var jobs: Jobs? { beat.withLock { $0.jobs } }

  var backups: BackupStatus? { beat.withLock { $0.backups } }

  /// What somebody should know of it.
  @Sendable func notices(for caller: Caller?) -> [Site.Notice] {
    let isAdministrator = (caller?.identity as? SignedIn)?.user.isAdministrator ?? false
    guard isAdministrator, let backups, backups.isScheduled, backups.isOld(at: .now()) else { return ofState }
    return ofState + [Site.Notice(BackupWords.tooOld(backups), path: "/settings/backups")]
  }

  private var ofState: [Site.Notice] {
    switch state {
    case .writable, .away: []
    case .readOnly:
      [
        Site.Notice(
          Word(
            "数据库现在只能读：可以照常查看，暂时不能保存。",
            "The database can only be read for the moment: look at everything, but nothing can be saved."))
      ]
    case .full:
      [
        Site.Notice(
          Word("磁盘已满：可以照常查看，暂时不能保存。", "The disk is full: look at everything, but nothing can be saved."))
      ]
    }
  }
}
