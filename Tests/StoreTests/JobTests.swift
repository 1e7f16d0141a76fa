import Foundation
import Store
import Synchronization
import TestKit
import Testing

private struct Trouble: Error {}
private struct Order: Codable { var name: String }

@Suite struct JobTests {
  private let clock = Clock()
  private let tally = Tally()
  private let queue: JobQueue

  init() {
    queue = JobQueue(ids: IDSource(), now: clock.now)
  }

  private func worker(
    _ db: Database, atOnce: Int = 2, pause: Duration = .milliseconds(20), _ handlers: [String: JobHandler]
  ) -> JobWorker {
    JobWorker(
      db: db, queue: queue, handlers: handlers, now: clock.now, atOnce: atOnce, lease: 60, pause: pause)
  }

  private func during<Result: Sendable>(
    _ workers: JobWorker..., body: () async throws -> Result
  ) async throws -> Result {
    let tasks = workers.map { worker in Task { await worker.run() } }
    defer { for task in tasks { task.cancel() } }
    do {
      let result = try await body()
      for task in tasks {
        task.cancel()
        await task.value
      }
      return result
    }
  }

  private func withJobs(_ engine: EngineKind, _ body: (Database) async throws -> Void) async throws {
    try await withDatabase(engine, migrations: JobSchema.migrations, body)
  }

  private func add(_ db: Database, _ kind: String = "mail", runAt: Instant? = nil) async throws -> Job.ID {
    let queue = queue
    return try await db.write { tx in
      try queue.add(kind: kind, payload: Order(name: "张伟"), runAt: runAt, by: "me", in: tx)
    }
  }

  private func job(_ db: Database, _ id: Job.ID) async throws -> Job {
    try #require(try await db.read { tx in try Job.find(id, in: tx) })
  }

  @Test(arguments: EngineKind.available) func doesAJobAtOnce(_ engine: EngineKind) async throws {
    try await withJobs(engine) { db in
      let slow = worker(
        db, pause: .seconds(3600),
        [
          "mail": { run in
            let order = try run.payload(as: Order.self)
            try await run.progress(1, of: 3, "begun")
            try await run.progress(2, of: 3, "not shown")
            try await run.progress(3, of: 3, order.name)
          }
        ])
      try await during(slow) {
        try await Task.sleep(for: .milliseconds(100))
        let id = try await add(db)
        try await eventually("was not woken") { try await job(db, id).state == .finished }
        let done = try await job(db, id)
        #expect(done.progress == 3 && done.total == 3 && done.note == "张伟" && done.attempts == 1)
        #expect(done.createdBy == "me" && done.claimedBy == nil && done.error == nil)
      }
    }
  }

  @Test(arguments: EngineKind.available) func knowsNothingOfAnUndoneAddition(_ engine: EngineKind)
    async throws
  {
    try await withJobs(engine) { db in
      let queue = queue
      await #expect(throws: Trouble.self) {
        try await db.write { tx in
          try queue.add(kind: "mail", payload: 1, in: tx)
          throw Trouble()
        }
      }
      try await expectEqual(db.read { tx in try Job.latest(kind: "mail", in: tx) }, [])
    }
  }

  @Test(arguments: EngineKind.available) func triesAgainLaterAndGivesUp(_ engine: EngineKind) async throws {
    try await withJobs(engine) { db in
      let failing = worker(
        db,
        [
          "mail": { _ in
            _ = tally.add("tries")
            throw Trouble()
          }
        ])
      try await during(failing) {
        let id = try await add(db)
        for attempt in 1...5 {
          try await eventually("attempt \(attempt) did not come") {
            let tried = try await job(db, id)
            return tried.attempts == attempt && tried.claimedBy == nil && tried.error != nil
          }
          let pause = try await job(db, id).runAt.milliseconds - clock.now().milliseconds
          let expected = 10_000 << (attempt - 1)
          if attempt < 5 { #expect((expected * 3 / 4...expected * 5 / 4).contains(Int(pause))) }
          clock.move(seconds: pause / 1000 - 1)
          try await Task.sleep(for: .milliseconds(100))
          #expect(tally["tries"] == attempt)
          clock.move(seconds: 2)
        }
        try await expectEqual(job(db, id).state, .failed)
        try await Task.sleep(for: .milliseconds(100))
        #expect(tally["tries"] == 5)
        let queue = queue
        let isAgain = try await db.write { tx in try queue.retry(id, in: tx) }
        #expect(isAgain)
        try await eventually("was not begun anew") { tally["tries"] == 6 }
      }
    }
  }

  @Test(arguments: EngineKind.available) func cancelsWhatWaitsAndWhatRuns(_ engine: EngineKind) async throws {
    try await withJobs(engine) { db in
      let queue = queue
      let waiting = try await add(db, runAt: clock.now().adding(seconds: 10))
      let isCancelled = try await db.write { tx in try queue.cancel(waiting, by: "boss", in: tx) }
      #expect(isCancelled)
      let endless = worker(
        db,
        [
          "mail": { run in
            _ = tally.add("begun")
            while true {
              try await run.progress(1, of: 2)
              try await Task.sleep(for: .milliseconds(10))
            }
          }
        ])
      try await during(endless) {
        let id = try await add(db)
        try await eventually("was not begun") { tally["begun"] == 1 }
        try await db.write { tx in try queue.cancel(id, by: "boss", in: tx) }
        try await eventually("did not stop") { try await job(db, id).claimedBy == nil }
        let stopped = try await job(db, id)
        #expect(stopped.state == .cancelled && stopped.cancelledBy == "boss")
        clock.move(seconds: 3600)
        try await Task.sleep(for: .milliseconds(200))
        #expect(tally["begun"] == 1)
        let isAgain = try await db.write { tx in try queue.cancel(id, by: "boss", in: tx) }
        #expect(isAgain == false)
      }
    }
  }

  @Test(arguments: EngineKind.available) func givesFreeWhatItCannotFinish(_ engine: EngineKind) async throws {
    try await withJobs(engine) { db in
      let long = worker(
        db,
        [
          "mail": { _ in
            _ = tally.add("begun")
            try await Task.sleep(for: .seconds(3600))
          }
        ])
      let id = try await during(long) {
        let id = try await add(db)
        try await eventually("was not begun") { tally["begun"] == 1 }
        return id
      }
      let freed = try await job(db, id)
      #expect(freed.state == .waiting && freed.attempts == 0)
      try await during(worker(db, ["mail": { _ in }])) {
        try await eventually("was not taken over") { try await job(db, id).state == .finished }
      }
    }
  }

  @Test(arguments: EngineKind.available) func finishesWhatDoesNotStop(_ engine: EngineKind) async throws {
    try await withJobs(engine) { db in
      let deaf = worker(
        db,
        [
          "mail": { _ in
            _ = tally.add("begun")
            await Task { _ = try? await Task.sleep(for: .milliseconds(300)) }.value
          }
        ])
      let id = try await during(deaf) {
        let id = try await add(db)
        try await eventually("was not begun") { tally["begun"] == 1 }
        return id
      }
      try await expectEqual(job(db, id).state, .finished)
    }
  }

  @Test(arguments: EngineKind.available) func takesUpWhatADeadProcessLeft(_ engine: EngineKind) async throws {
    try await withJobs(engine) { db in
      let id = try await add(db), hopeless = try await add(db)
      let until = clock.now().adding(seconds: 60)
      try await db.write { tx in
        try tx.run("UPDATE job SET claimed_by = 'dead-1', claimed_until = \(until), attempts = 1")
        try tx.run("UPDATE job SET attempts = 5 WHERE id = \(hopeless)")
      }
      // The second worker starts when the claims have run out: a PostgreSQL server looks each minute.
      for isOver in [false, true] {
        if isOver { clock.move(seconds: 61) }
        try await during(worker(db, ["mail": { _ in _ = tally.add("begun") }])) {
          // SQLite has one process, so the claim of another is dead at once.
          guard isOver || engine == .sqlite else {
            try await Task.sleep(for: .milliseconds(200))
            #expect(tally["begun"] == 0)
            return
          }
          try await eventually("was not taken up") { try await job(db, id).state == .finished }
          try await eventually("was not given up") { try await job(db, hopeless).state == .failed }
          #expect(tally["begun"] == 1)
        }
      }
      try await expectEqual(job(db, id).attempts, 2)
    }
  }

  @Test(arguments: EngineKind.available) func doesEachJobOnce(_ engine: EngineKind) async throws {
    try await withJobs(engine) { db in
      // On PostgreSQL the second worker is another server.
      let other = engine == .postgres ? try Database(db.url) : db
      let handler: JobHandler = { run in
        #expect(tally.add("now") <= 4)
        _ = tally.add("\(run.job.id)")
        await Task.yield()
        _ = tally.add("now", -1)
      }
      try await during(worker(db, ["mail": handler]), worker(other, ["mail": handler])) {
        let queue = queue
        for _ in 0..<4 {
          try await db.write { tx in for _ in 0..<25 { try queue.add(kind: "mail", payload: 1, in: tx) } }
        }
        try await db.write { tx in try queue.add(kind: "other", payload: 1, in: tx) }
        try await eventually("not all were done") {
          let left: Int? = try await db.read { tx in
            try tx.value("SELECT count(*) FROM job WHERE finished_at IS NULL")
          }
          return left == 1
        }
      }
      #expect(tally.all.filter { $0.key != "now" }.count == 100)
      #expect(tally.all.filter { $0.key != "now" }.values.allSatisfy { $0 == 1 })
      if engine == .postgres { try await other.close() }
    }
  }

  @Test(arguments: EngineKind.available) func waitsForItsTimeAndForgets(_ engine: EngineKind) async throws {
    try await withJobs(engine) { db in
      let id = try await add(db, runAt: clock.now().adding(seconds: 10))
      try await during(worker(db, ["mail": { _ in }])) {
        try await Task.sleep(for: .milliseconds(100))
        try await expectEqual(job(db, id).state, .waiting)
        clock.move(seconds: 11)
        try await eventually("did not come") { try await job(db, id).state == .finished }
      }
      for (days, isThere) in [(29, true), (2, false)] {
        clock.move(seconds: Int64(days) * 86400)
        try await during(worker(db, [:])) {
          try await Task.sleep(for: .milliseconds(200))
          try await eventually(isThere ? "went too early" : "was not forgotten") {
            try await db.read { tx in try Job.find(id, in: tx) != nil } == isThere
          }
        }
      }
    }
  }
}
