import Store
import Synchronization
import Web

/// A request with a key while it is done: every write that its handler makes passes here.
final class IdempotencyRun: Sendable {
  /// Nil where no key was told.
  @TaskLocal static var current: IdempotencyRun?

  private struct State {
    /// Whether the record was written in the transaction that goes on.
    var isNew = false
    /// Whether something the request did was kept, and the record with it.
    var isKept = false
    var answer: KeptAnswer?
  }

  private let record: IdempotencyRecord
  private let call: Call
  private let services: Services
  private let state = Mutex(State())

  init(_ record: IdempotencyRecord, _ call: Call, _ services: Services) {
    (self.record, self.call, self.services) = (record, call, services)
  }

  /// What belongs to no request that may be repeated, such as the count of wrong passwords: it is kept whatever becomes of
  /// the request.
  static func aside<Result: Sendable>(_ work: () async throws -> Result) async rethrows -> Result {
    try await $current.withValue(nil) { try await work() }
  }

  @Sendable static func hook() -> WriteHook? {
    current.map { run in WriteHook(begin: run.begin, end: run.end) }
  }

  /// The first write of a request keeps the record; of two that do the same at a time, one finds the other's.
  @Sendable private func begin(_ tx: Transaction) throws {
    let isKept = state.withLock { state in
      state.isNew = !state.isKept
      return state.isKept
    }
    guard !isKept else { return }
    let old = record.createdAt.adding(seconds: -IdempotencyRecord.secondsKept)
    let written = try tx.run(
      """
      INSERT INTO idempotency_record (id, session_id, name, request, created_at)
      VALUES (\(record.id), \(record.sessionId), \(record.name), \(record.request), \(record.createdAt))
      ON CONFLICT (session_id, name) DO UPDATE
      SET id = excluded.id, request = excluded.request, answer = NULL, created_at = excluded.created_at
      WHERE idempotency_record.created_at <= \(old)
      """)
    guard written == 1 else { throw AppError.sameInProgress }
  }

  /// What the transaction results in is mostly the answer already. Nothing was written where what was typed does not fit.
  @Sendable private func end(_ tx: Transaction, _ result: any Sendable) throws {
    guard state.withLock({ $0.isNew }) else { return }
    var answer: KeptAnswer?
    if let result = result as? any AnyAnswer {
      do { answer = KeptAnswer(try result.json(for: call)) } catch is Problems {
        try tx.delete(IdempotencyRecord.self, record.id)
        return
      }
    }
    if let answer { try keep(answer, in: tx) }
    try IdempotencyCleanup.later(services, in: tx)
    let kept = answer
    tx.afterCommit { [self] in state.withLock { ($0.isKept, $0.answer) = (true, kept) } }
  }

  private func keep(_ answer: KeptAnswer, in tx: Transaction) throws {
    let sealed = answer.sealed(by: call.secret)
    try tx.run("UPDATE idempotency_record SET answer = \(sealed) WHERE id = \(record.id)")
  }

  /// Keeps the answer where the transaction did not result in it.
  func answered(_ reply: Reply) async throws {
    let answer = KeptAnswer(reply)
    guard state.withLock({ $0.isKept && $0.answer != answer }) else { return }
    try await services.db.write { [self] tx in try keep(answer, in: tx) }
  }
}
