import Store
import TestKit
import Testing

/// What takes real time: signs of life.
@Suite struct JobLifeTests {
  @Test(arguments: EngineKind.available) func holdsAndHearsWhileAHandlerIsSilent(_ engine: EngineKind)
    async throws
  {
    try await withDatabase(engine, migrations: JobSchema.migrations) { db in
      let queue = JobQueue(ids: IDSource())
      let begun = Tally()
      let silent: [String: JobHandler] = [
        "short": { _ in
          _ = begun.add("short")
          try await Task.sleep(for: .seconds(25))
        },
        "endless": { _ in
          _ = begun.add("endless")
          try await Task.sleep(for: .seconds(3600))
        },
      ]
      let workers = (0..<2).map { _ in
        JobWorker(db: db, queue: queue, handlers: silent, atOnce: 3, lease: 15, pause: .milliseconds(50))
      }
      let tasks = workers.map { worker in Task { await worker.run() } }
      let (short, endless) = try await db.write { tx in
        (
          try queue.add(kind: "short", payload: 1, in: tx), try queue.add(kind: "endless", payload: 1, in: tx)
        )
      }
      try await eventually("was not begun") { begun["short"] == 1 && begun["endless"] == 1 }
      try await Task.sleep(for: .seconds(18))
      try await db.write { tx in try queue.cancel(endless, in: tx) }
      try await eventually("did not hear") {
        try await db.read { tx in try Job.find(endless, in: tx)?.claimedBy == nil }
      }
      try await eventually("did not finish") {
        try await db.read { tx in try Job.find(short, in: tx)?.state == .finished }
      }
      #expect(begun["short"] == 1 && begun["endless"] == 1)
      for task in tasks {
        task.cancel()
        await task.value
      }
    }
  }
}
