import Foundation
import Logging
import Store
import Web

/// What every capability works with, passed along; there are no globals.
public struct Services: Sendable {
  public let db: Database
  public let clock: @Sendable () -> Instant
  public let ids: IDSource
  public let jobs: JobQueue
  public let log: Logger
  let hashing: HashingQueue
  /// Where this machine keeps backups; nil where it makes none.
  let backups: BackupFolder?

  public init(
    db: Database, clock: @escaping @Sendable () -> Instant = Instant.now, ids: IDSource? = nil,
    log: Logger = Logger(label: "guanxi"), backups: BackupFolder? = nil
  ) {
    self.db = db
    self.backups = backups
    self.clock = clock
    let ids = ids ?? IDSource(now: clock)
    self.ids = ids
    jobs = JobQueue(ids: ids, now: clock)
    self.log = log
    hashing = HashingQueue()
  }

  /// The same for work that somebody waits for.
  func within(_ limits: @autoclosure @escaping @Sendable () -> DatabaseLimits) -> Services {
    Services(self, db: db.within(limits()))
  }

  /// The same, where something is done along with each write.
  func hooked(_ hook: @escaping @Sendable () -> WriteHook?) -> Services { Services(self, db: db.hooked(hook)) }

  private init(_ other: Services, db: Database) {
    (clock, ids, jobs, log) = (other.clock, other.ids, other.jobs, other.log)
    (hashing, backups) = (other.hashing, other.backups)
    self.db = db
  }
}
