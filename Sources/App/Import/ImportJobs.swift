import Foundation
import Store
import Web

/// The work of imports in the background.
enum ImportJobs {
  static let check = "import.check"
  static let apply = "import.apply"
  static let undo = "import.undo"

  struct Payload: Codable, Sendable {
    let id: Import.ID
  }

  static func handlers(_ services: Services) -> [String: JobHandler] {
    [
      check: handler(services) { _ = try await $0.check() },
      apply: handler(services) { _ = try await $0.apply() },
      undo: handler(services) {
        _ = try await ImportUndo(services: services, id: $0.id, progress: $0.progress).run()
      },
    ]
  }

  static func add(_ kind: String, _ record: Import, _ services: Services, by user: User.ID?, in tx: Transaction) throws
  {
    try services.jobs.add(kind: kind, payload: Payload(id: record.id), by: user?.description, in: tx)
  }

  /// What is wrong with the file ends the import at once; what is wrong with the database, after some attempts.
  private static func handler(
    _ services: Services, _ work: @escaping @Sendable (ImportRun) async throws -> Void
  ) -> JobHandler {
    { job in
      let id = try job.payload(as: Payload.self).id
      let run = ImportRun(services: services, id: id) { record in
        try await job.progress(record.done, of: max(record.total, record.done + 1))
      }
      do {
        try await work(run)
      } catch ReadingProblem.stopped {
        throw CancellationError()
      } catch let problem as ReadingProblem {
        try await fail(id, ImportRefusal(problem).message, services)
      } catch let refusal as ImportRefusal {
        try await fail(id, refusal.message, services)
      } catch let gone as AppError where gone.status == 404 {
        services.log.notice("an import was removed while a job waited for it", metadata: ["import": "\(id)"])
      } catch  where !(error is CancellationError) && !(error is JobCancelled) {
        if job.job.attempts >= JobWorker.maximumAttempts { try await fail(id, ImportWords.brokeOff, services) }
        throw error
      }
    }
  }

  private static func fail(_ id: Import.ID, _ why: Word, _ services: Services) async throws {
    let now = services.clock()
    try await services.db.write { tx in
      guard var record = try Import.find(id, in: tx) else { return }
      (record.failedAt, record.failure) = (now, why)
      try tx.update(record)
    }
  }
}
