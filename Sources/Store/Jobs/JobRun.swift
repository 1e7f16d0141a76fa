import Foundation
import Synchronization

/// Does the jobs of a kind. Thrown errors make the job be tried again later.
public typealias JobHandler = @Sendable (JobRun) async throws -> Void

/// Somebody cancelled the job, or another worker has it now.
public struct JobCancelled: Error, Equatable {
  public init() {}
}

/// One attempt at a job, handed to its handler.
public final class JobRun: Sendable {
  /// The job as it was when the attempt began.
  public let job: Job
  private let db: Database
  private let worker: JobWorker
  private let lastSign = Mutex<ContinuousClock.Instant?>(nil)

  init(_ job: Job, db: Database, worker: JobWorker) {
    self.job = job
    self.db = db
    self.worker = worker
  }

  /// What the job was added with.
  /// - Throws: `DecodingError` when it is of another shape.
  public func payload<Payload: Decodable>(as type: Payload.Type) throws -> Payload {
    try JSONDecoder().decode(type, from: Data(job.payload.utf8))
  }

  /// Shows how far the work is. Call it as often as you like, outside of transactions: it writes at most
  /// four times a second, and whenever `done` is `total`.
  /// - Throws: ``JobCancelled`` when the handler should undo or keep what it has and stop.
  public func progress(_ done: Int64, of total: Int64, _ note: String = "") async throws {
    if Task.isCancelled { throw JobCancelled() }
    let isDue = lastSign.withLock { last in
      guard done == total || last.map({ .now - $0 > .milliseconds(250) }) ?? true else { return false }
      last = .now
      return true
    }
    if isDue { try await sign("progress = \(done), total = \(total), note = \(note),") }
  }

  /// - Throws: ``JobCancelled`` when somebody cancelled it.
  func checkCancelled() async throws {
    let id = job.id
    let isCancelled = try await db.read { tx in
      try tx.exists("SELECT id FROM job WHERE id = \(id) AND cancelled_at IS NOT NULL")
    }
    if isCancelled { throw JobCancelled() }
  }

  /// Says that the job is alive, so that nobody else takes it.
  func sign(_ change: SQL = .nothing) async throws {
    let (id, name, until) = (job.id, worker.name, worker.claimEnd())
    let isCancelled: Bool? = try await db.write { tx in
      try tx.value(
        """
        UPDATE job SET \(change) claimed_until = \(until)
        WHERE id = \(id) AND claimed_by = \(name) AND finished_at IS NULL
        RETURNING CASE WHEN cancelled_at IS NULL THEN 0 ELSE 1 END
        """)
    }
    if isCancelled ?? true { throw JobCancelled() }
  }
}
