import Store
import Synchronization

/// Watches over an import that a command does while its caller waits. Should the process be killed, a job takes the
/// import up where it stood, on the next server that runs; should the caller stop it, it is taken back.
final class ImportStay: Sendable {
  /// Seconds without a sign of life after which the job is due.
  private static let patience: Int64 = 60

  private let services: Services
  private let id: Import.ID
  /// What the job does.
  private let kind: String
  private let isStopped: @Sendable () -> Bool
  private let job = Mutex<(id: Job.ID, shownAt: Instant)?>(nil)

  init(
    services: Services, id: Import.ID, kind: String = ImportJobs.apply,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    self.services = services
    self.id = id
    self.kind = kind
    self.isStopped = isStopped
  }

  /// Keeps the job at hand for as long as the work takes.
  func `while`<Result: Sendable>(_ work: () async throws -> Result) async throws -> Result {
    let (services, id, kind, now) = (services, id, kind, services.clock())
    let job = try await services.db.write { tx in
      try services.jobs.add(
        kind: kind, payload: ImportJobs.Payload(id: id), runAt: now.adding(seconds: Self.patience), in: tx)
    }
    self.job.withLock { $0 = (job, now) }
    let result = try await work()
    try await services.db.write { tx in _ = try services.jobs.cancel(job, in: tx) }
    return result
  }

  /// After each portion.
  /// - Throws: ``ImportRefusal`` when it is stopped before anything was written.
  func goOn(_ record: Import) async throws {
    let (services, now) = (services, services.clock())
    if isStopped(), record.cancelledAt == nil {
      guard record.startedAt != nil else { throw ImportRefusal(ImportWords.cancelled) }
      try await services.db.write { tx in
        var record = try Import.held(record.id, .system, in: tx)
        record.cancelledAt = now
        try tx.update(record)
      }
    }
    let due = job.withLock { job -> Job.ID? in
      guard let shown = job, now > shown.shownAt.adding(seconds: 5) else { return nil }
      job = (shown.id, now)
      return shown.id
    }
    guard let due else { return }
    try await services.db.write { tx in
      try services.jobs.postpone(due, until: now.adding(seconds: Self.patience), in: tx)
    }
  }
}
