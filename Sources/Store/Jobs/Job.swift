/// Work to be done in the background, kept in the database until it is done.
public struct Job: Record, Equatable, Identifiable {
  public typealias ID = Store.ID<Job>

  public enum State: String, Codable, CaseIterable, Sendable {
    case waiting, running, finished, failed, cancelled
  }

  public let id: ID
  public let kind: String
  /// JSON, read by ``JobRun/payload(as:)``.
  public let payload: String
  /// Not before this instant; moved on when it is tried again.
  public var runAt: Instant
  /// How often it was begun.
  public var attempts = 0
  /// The worker that runs it, and until when nobody else may.
  public var claimedBy: String?
  public var claimedUntil: Instant?
  /// How much is done of ``total``, in units of the job's own, and what it is doing.
  public var progress: Int64 = 0
  public var total: Int64 = 0
  public var note = ""
  public var cancelledAt: Instant?
  public var cancelledBy: String?
  public var finishedAt: Instant?
  public var failedAt: Instant?
  /// What went wrong the last time.
  public var error: String?
  public let createdAt: Instant
  public let createdBy: String?

  public var state: State {
    if finishedAt != nil { return .finished }
    if failedAt != nil { return .failed }
    if cancelledAt != nil { return .cancelled }
    return claimedBy == nil ? .waiting : .running
  }

  public static func find(_ id: ID, in tx: Transaction) throws -> Job? {
    try tx.first("SELECT * FROM job WHERE id = \(id)")
  }

  /// The jobs of a kind, newest first.
  public static func latest(kind: String, limit: Int = 50, in tx: Transaction) throws -> [Job] {
    try tx.all("SELECT * FROM job WHERE kind = \(kind) ORDER BY id DESC LIMIT \(limit)")
  }
}

extension SQL {
  /// Neither finished nor given up nor cancelled.
  static let isOpen: SQL = "finished_at IS NULL AND failed_at IS NULL AND cancelled_at IS NULL"
}

public enum JobSchema {
  public static let migrations = [
    Migration(
      1, "jobs",
      [
        """
        CREATE TABLE job (
          id \(SQL.key),
          kind TEXT NOT NULL,
          payload TEXT NOT NULL,
          run_at BIGINT NOT NULL,
          attempts BIGINT NOT NULL,
          claimed_by TEXT,
          claimed_until BIGINT,
          progress BIGINT NOT NULL,
          total BIGINT NOT NULL,
          note TEXT NOT NULL,
          cancelled_at BIGINT,
          cancelled_by TEXT,
          finished_at BIGINT,
          failed_at BIGINT,
          error TEXT,
          created_at BIGINT NOT NULL,
          created_by TEXT
        )
        """,
        """
        CREATE INDEX job_open ON job (run_at)
        WHERE finished_at IS NULL AND failed_at IS NULL AND cancelled_at IS NULL
        """,
        "CREATE INDEX job_kind ON job (kind, id)",
      ])
  ]
}
