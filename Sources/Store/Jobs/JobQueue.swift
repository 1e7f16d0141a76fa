import Foundation

/// Where jobs are added and cancelled. One for a process: its workers hear at once of what is added to it.
public struct JobQueue: Sendable {
  private let ids: IDSource
  private let now: @Sendable () -> Instant
  let bell = Bell()

  public init(ids: IDSource, now: @escaping @Sendable () -> Instant = Instant.now) {
    self.ids = ids
    self.now = now
  }

  /// Adds a job as part of a transaction: it is there when the transaction is kept.
  /// - Parameters:
  ///   - kind: the name its handler is registered by.
  ///   - payload: kept as JSON.
  ///   - runAt: not before this instant; at once when nil.
  ///   - user: who wants it done.
  @discardableResult
  public func add(
    kind: String, payload: some Encodable, runAt: Instant? = nil, by user: String? = nil, in tx: Transaction
  ) throws -> Job.ID {
    let job = Job(
      id: ids.next(), kind: kind, payload: try Self.json(payload), runAt: runAt ?? now(), createdAt: now(),
      createdBy: user)
    try tx.insert(job)
    tx.afterCommit(bell.ring)
    return job.id
  }

  /// Keeps a job from being begun, or makes its handler stop at its next sign of life.
  /// - Returns: false when it had ended before.
  @discardableResult
  public func cancel(_ id: Job.ID, by user: String? = nil, in tx: Transaction) throws -> Bool {
    try tx.run(
      "UPDATE job SET cancelled_at = \(now()), cancelled_by = \(user) WHERE id = \(id) AND \(SQL.isOpen)")
      == 1
  }

  /// The same for jobs of a kind that were added with this.
  public func cancel(kind: String, payload: some Encodable, by user: String? = nil, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE job SET cancelled_at = \(now()), cancelled_by = \(user)
      WHERE kind = \(kind) AND payload = \(try Self.json(payload)) AND \(SQL.isOpen)
      """)
  }

  private static func json(_ payload: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(payload), as: UTF8.self)
  }

  /// Lets a job that nobody has begun wait until a later instant.
  public func postpone(_ id: Job.ID, until instant: Instant, in tx: Transaction) throws {
    try tx.run("UPDATE job SET run_at = \(instant) WHERE id = \(id) AND claimed_by IS NULL AND \(SQL.isOpen)")
  }

  /// Begins anew with a job that was given up.
  /// - Returns: false when it was not given up.
  @discardableResult
  public func retry(_ id: Job.ID, in tx: Transaction) throws -> Bool {
    tx.afterCommit(bell.ring)
    return try tx.run(
      """
      UPDATE job SET failed_at = NULL, attempts = 0, run_at = \(now())
      WHERE id = \(id) AND failed_at IS NOT NULL
      """) == 1
  }
}
