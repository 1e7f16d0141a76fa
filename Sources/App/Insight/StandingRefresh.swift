import Store
import Web

/// Keeps the standing of every customer true: some seconds after orders changed, and once a day.
enum StandingRefresh {
  static let kind = "standing.refresh"
  /// Seconds in which further changes join the first.
  static let pause: Int64 = 2
  /// Rows written in one transaction, so that other writers need not wait long.
  private static let chunk = 1_000

  private struct Payload: Codable {}

  static func handler(_ services: Services) -> JobHandler {
    { run in try await refresh(services) { try await run.progress($0, of: $1) } }
  }

  /// Analyses, and writes the rows that differ.
  static func refresh(
    _ services: Services, progress: (_ done: Int64, _ total: Int64) async throws -> Void = { _, _ in }
  ) async throws {
    let now = services.clock()
    // Marks that come after this belong to the next run.
    let marks: [Int64] = try await services.db.read { tx in try tx.values("SELECT id FROM order_change") }
    let changes = try await services.db.read { tx in
      let settings = try tx.ask(Settings.stored)
      return try StandingChanges.find(
        today: now.day(in: settings.timeZone), currency: settings.currency, at: now, in: tx)
    }
    let total = Int64(changes.customers.values.reduce(0) { $0 + $1.count })
    var (done, left): (Int64, Int) = (0, 0)
    for batch in changes.batches(of: chunk) {
      left += try await services.db.write { tx in
        // Whose orders are being written comes with the next run.
        let customers = batch.flatMap(\.customers)
        let free = try Totals.free(of: customers, in: tx)
        for part in batch { try part.standing.write(to: part.customers.filter(free.contains), in: tx) }
        return customers.count - free.count
      }
      done += Int64(batch.reduce(0) { $0 + $1.customers.count })
      try await progress(done, total)
    }
    let isLeft = left > 0
    try await services.db.write { tx in
      try changes.run.save(in: tx)
      try tx.run("DELETE FROM order_change WHERE id IN \(in: marks)")
      // In their place, so that orders as they are now never look like those of an earlier time; see `OrderVersion`.
      try Standing.mark(services, in: tx)
      if isLeft { try again(services, at: now.adding(seconds: 60), in: tx) }
      try againTomorrow(services, now, in: tx)
      try LifetimeRefresh.later(services, in: tx)
    }
    try await services.db.write { tx in try SalesLedger.gather(in: tx) }
    try await SearchRefresh.rank(services.db)
  }

  /// Days pass even when nobody orders.
  private static func againTomorrow(_ services: Services, _ now: Instant, in tx: Transaction) throws {
    let zone = try tx.ask(Settings.stored).timeZone
    let tomorrow = Instant(startOf: now.day(in: zone).adding(days: 1), in: zone).adding(seconds: 300)
    guard try !tx.exists("\(waiting) AND run_at > \(now.adding(seconds: 60))") else { return }
    try again(services, at: tomorrow, in: tx)
  }

  private static func again(_ services: Services, at time: Instant, in tx: Transaction) throws {
    try queue(services).add(kind: kind, payload: Payload(), runAt: time, in: tx)
  }

  private static let waiting: SQL = """
    SELECT id FROM job WHERE kind = \(kind) AND finished_at IS NULL AND failed_at IS NULL
      AND cancelled_at IS NULL AND claimed_by IS NULL
    """

  /// Adds a run unless one is waiting. That one is locked until the transaction ends, so that it cannot begin
  /// before it would see the change; who finds it locked adds another.
  fileprivate static func later(_ services: Services, in tx: Transaction) throws {
    let now = services.clock()
    let soon = now.adding(seconds: pause)
    let first: Int64? = try tx.value(
      "\(waiting) AND run_at <= \(soon) ORDER BY run_at LIMIT 1\(SQL.skipLocked)")
    if first == nil { try queue(services).add(kind: kind, payload: Payload(), runAt: soon, in: tx) }
  }

  private static func queue(_ services: Services) -> JobQueue {
    JobQueue(ids: services.ids, now: services.clock)
  }
}

extension Standing {
  /// Whoever keeps what was made from orders makes it anew.
  static func mark(_ services: Services, in tx: Transaction) throws {
    let mark: ID<Standing> = services.ids.next()
    try tx.run("INSERT INTO order_change (id) VALUES (\(mark))")
  }

  /// To be called in every transaction that changes orders, or takes customers with orders away; of a work in portions
  /// in the last, and ``mark(_:in:)`` in those before.
  static func refreshLater(_ services: Services, in tx: Transaction) throws {
    try mark(services, in: tx)
    try StandingRefresh.later(services, in: tx)
  }
}
