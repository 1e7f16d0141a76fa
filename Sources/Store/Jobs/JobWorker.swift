import Logging

/// Does the jobs of a queue. Several servers may have workers on one PostgreSQL database: a job is claimed by
/// one of them for a time that it keeps prolonging; a job whose process died is taken up when that time is over.
public struct JobWorker: Sendable {
  /// How often a job is begun before it is given up.
  public static let maximumAttempts = 5
  /// Tells the claims of this process from those of one that died, which on SQLite can be no other's.
  private static let process = String(UInt64.random(in: 0...(.max)), radix: 36)

  private let db: Database
  private let queue: JobQueue
  private let handlers: [String: JobHandler]
  private let log: Logger
  private let now: @Sendable () -> Instant
  private let atOnce: Int
  private let lease: Int64
  private let pause: Duration
  let name: String

  /// - Parameters:
  ///   - handlers: by kind; jobs of other kinds are left alone.
  ///   - atOnce: how many jobs run at a time.
  ///   - lease: seconds without a sign of life after which a job counts as orphaned.
  ///   - pause: between two looks for work that nobody announced.
  public init(
    db: Database, queue: JobQueue, handlers: [String: JobHandler], log: Logger = Logger(label: "guanxi.jobs"),
    now: @escaping @Sendable () -> Instant = Instant.now, atOnce: Int = 2, lease: Int64 = 60,
    pause: Duration = .seconds(1)
  ) {
    self.db = db
    self.queue = queue
    self.handlers = handlers
    self.log = log
    self.now = now
    self.atOnce = max(1, atOnce)
    self.lease = max(1, lease)
    self.pause = pause
    name = Self.process + "-" + String(UInt32.random(in: 0...(.max)), radix: 36)
  }

  func claimEnd() -> Instant { now().adding(seconds: lease) }

  /// Works until the task is cancelled. Then handlers are cancelled too, and what they did not finish is given
  /// free for the next worker. Returns when all of them have stopped.
  public func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask { await keepHouse() }
      for _ in 0..<atOnce { group.addTask { await work() } }
    }
  }

  private func work() async {
    while !Task.isCancelled {
      let rings = queue.bell.rings
      switch await claim() {
      case .some(.some(let job)): await perform(job)
      case .some(.none): await queue.bell.wait(since: rings, atMost: pause)
      // The database is away: it will not be back for being asked often.
      case .none: await queue.bell.wait(since: queue.bell.rings, atMost: pause * 5)
      }
    }
  }

  /// Takes the job that has waited longest, so that nobody else does. What one person asked for of a kind is done one
  /// after the other, so that others get their turn.
  /// - Returns: nil when the database could not be asked, and nil within when there is none.
  private func claim() async -> Job?? {
    let (name, now, until, kinds) = (name, now(), claimEnd(), Array(handlers.keys))
    let waiting: SQL = """
      SELECT id FROM job
      WHERE \(SQL.isOpen) AND run_at <= \(now) AND attempts < \(Self.maximumAttempts)
        AND (claimed_until IS NULL OR claimed_until < \(now)) AND kind IN \(in: kinds)
        AND NOT EXISTS (
          SELECT 1 FROM job AS other
          WHERE other.kind = job.kind AND other.created_by = job.created_by AND other.claimed_until >= \(now)
            AND other.finished_at IS NULL AND other.failed_at IS NULL)
      ORDER BY run_at, id LIMIT 1
      """
    return await attempt("cannot look for jobs") {
      guard try await db.read({ tx in try tx.exists(waiting) }) else { return nil }
      return try await db.write { tx in
        try tx.first(
          """
          UPDATE job SET claimed_by = \(name), claimed_until = \(until), attempts = attempts + 1
          WHERE id = (\(waiting)\(SQL.skipLocked)) RETURNING *
          """)
      }
    }
  }

  private func perform(_ job: Job) async {
    guard let handler = handlers[job.kind] else { return }
    let run = JobRun(job, db: db, worker: self)
    do {
      try await withThrowingTaskGroup { group in
        group.addTask {
          try await handler(run)
          return true
        }
        group.addTask {
          try await beat(run)
          return false
        }
        // The handler decides, or the heart when the job was cancelled or lost.
        defer { group.cancelAll() }
        while try await group.next() == false {}
      }
      await end(job, "finished_at = \(now()), error = NULL")
    } catch {
      await conclude(job, error)
    }
  }

  /// Prolongs the claim for as long as the handler runs, and looks in between whether somebody cancelled it.
  /// - Throws: ``JobCancelled`` when the job was cancelled or lost.
  private func beat(_ run: JobRun) async throws {
    var signed = ContinuousClock.now
    while (try? await Task.sleep(for: min(.seconds(1), .seconds(lease) / 4))) != nil {
      do {
        try await run.checkCancelled()
        guard .now - signed >= .seconds(lease) / 4 else { continue }
        try await run.sign()
        signed = .now
      } catch let error as StoreError {
        log.warning(
          "a job could not show that it is alive", metadata: ["job": "\(run.job.id)", "why": "\(error)"])
      }
    }
  }

  /// What becomes of a job whose handler threw.
  private func conclude(_ job: Job, _ error: any Error) async {
    let isCancelled = await attempt("cannot look at a job") {
      try await db.read { tx in try Job.find(job.id, in: tx)?.cancelledAt != nil }
    }
    if isCancelled ?? false {
      await end(job, "error = NULL")
    } else if Task.isCancelled {
      await end(job, "attempts = attempts - 1")
    } else {
      log.error("a job failed", metadata: ["job": "\(job.id)", "kind": "\(job.kind)", "why": "\(error)"])
      let why = String("\(error)".replacing("\0", with: "").prefix(2000))
      if job.attempts >= Self.maximumAttempts {
        await end(job, "failed_at = \(now()), error = \(why)")
      } else {
        let pause = Self.pause(after: job.attempts, chance: .random(in: 0...1))
        await end(job, "run_at = \(now().adding(seconds: pause)), error = \(why)")
      }
    }
  }

  /// Seconds before the next attempt: doubled each time from 10, and a quarter more or less by chance, so that
  /// jobs which failed together do not come back together.
  static func pause(after attempts: Int, chance: Double) -> Int64 {
    Int64((10 * Double(1 << min(max(attempts - 1, 0), 20)) * (0.75 + 0.5 * chance)).rounded())
  }

  private func end(_ job: Job, _ change: SQL) async {
    let name = name
    await attempt("cannot write how a job ended") {
      try await db.write { tx in
        try tx.run(
          """
          UPDATE job SET claimed_by = NULL, claimed_until = NULL, \(change)
          WHERE id = \(job.id) AND claimed_by = \(name)
          """)
      }
    }
  }

  /// Frees what died with an earlier process, gives up what ends every process, removes what ended long ago.
  private func keepHouse() async {
    while !Task.isCancelled {
      let now = now()
      let month = now.adding(seconds: -30 * 86400)
      await attempt("cannot tidy up the jobs") {
        try await db.write { tx in
          if tx.engine == .sqlite {
            try tx.run(
              """
              UPDATE job SET claimed_by = NULL, claimed_until = NULL
              WHERE claimed_by IS NOT NULL AND claimed_by NOT LIKE \(Self.process + "-%")
              """)
          }
          try tx.run(
            """
            UPDATE job SET failed_at = \(now), claimed_by = NULL, claimed_until = NULL,
              error = coalesce(error, 'its process ended each time')
            WHERE \(SQL.isOpen) AND attempts >= \(Self.maximumAttempts)
              AND (claimed_until IS NULL OR claimed_until < \(now))
            """)
          try tx.run("DELETE FROM job WHERE coalesce(finished_at, failed_at, cancelled_at) < \(month)")
        }
      }
      queue.bell.ring()
      try? await Task.sleep(for: .seconds(60))
    }
  }

  /// Nil when the database could not be asked; it will be again.
  @discardableResult
  private func attempt<Result: Sendable>(
    _ trouble: Logger.Message, _ work: () async throws -> Result
  ) async -> Result? {
    do { return try await work() } catch {
      log.error(trouble, metadata: ["why": "\(error)"])
      return nil
    }
  }
}
