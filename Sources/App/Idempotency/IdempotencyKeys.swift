import Store
import Synchronization
import Web

/// Does each request with a key once, and answers it again when it comes again.
final class IdempotencyKeys: Sendable {
  private struct Place: Hashable {
    let session: Session.ID
    let name: String
  }

  private let services: Services
  /// What this process is doing now.
  private let running = Mutex<[Place: String]>([:])

  init(_ services: Services) { self.services = services }

  @Sendable func once(
    _ key: IdempotencyKey, _ call: Call, _ work: @Sendable () async throws -> Reply
  ) async throws -> Reply {
    guard let signedIn = call.caller?.identity as? SignedIn else { return try await work() }
    let place = Place(session: signedIn.session, name: key.name)
    try enter(place, key.request)
    defer { running.withLock { $0[place] = nil } }
    if let kept = try await kept(place, key, call) { return kept }
    let record = IdempotencyRecord(
      id: services.ids.next(), sessionId: place.session, name: key.name, request: key.request,
      createdAt: services.clock())
    let run = IdempotencyRun(record, call, services)
    let reply = try await IdempotencyRun.$current.withValue(run) { try await work() }
    do { try await run.answered(reply) } catch {
      // It was done, and who sends it again is told so.
      services.log.warning("the answer to a request was not kept", metadata: ["cause": "\(error)"])
    }
    return reply
  }

  private func enter(_ place: Place, _ request: String) throws {
    let other = running.withLock { running in
      let other = running[place]
      if other == nil { running[place] = request }
      return other
    }
    if let other { throw other == request ? AppError.sameInProgress : AppError.keyReused }
  }

  /// The answer to a request that was done before; nil when it was not.
  /// - Throws: ``AppError`` where another was done under the key, or its answer is not there.
  private func kept(_ place: Place, _ key: IdempotencyKey, _ call: Call) async throws -> Reply? {
    let since = services.clock().adding(seconds: -IdempotencyRecord.secondsKept)
    let found: IdempotencyRecord? = try await services.db.read { tx in
      try tx.first(
        """
        SELECT * FROM idempotency_record
        WHERE session_id = \(place.session) AND name = \(place.name) AND created_at > \(since)
        """)
    }
    guard let found else { return nil }
    guard found.request == key.request else { throw AppError.keyReused }
    guard let answer = found.answer.flatMap({ KeptAnswer($0, openedBy: call.secret) }) else {
      throw AppError.answerNotKept
    }
    return answer.reply
  }
}

/// Forgets what is older than a day.
enum IdempotencyCleanup {
  static let kind = "idempotency.cleanup"
  private static let chunk = 2_000

  private struct Payload: Codable {}

  /// A day from now, unless that is waiting already.
  static func later(_ services: Services, in tx: Transaction) throws {
    let isWaiting = try tx.exists(
      """
      SELECT 1 FROM job WHERE kind = \(kind) AND finished_at IS NULL AND failed_at IS NULL AND cancelled_at IS NULL
        AND claimed_by IS NULL
      """)
    if !isWaiting {
      let time = services.clock().adding(seconds: IdempotencyRecord.secondsKept + 60)
      try services.jobs.add(kind: kind, payload: Payload(), runAt: time, in: tx)
    }
  }

  static func handler(_ services: Services) -> JobHandler { { _ in try await cleanUp(services) } }

  static func cleanUp(_ services: Services) async throws {
    let old = services.clock().adding(seconds: -IdempotencyRecord.secondsKept)
    var count = chunk
    while count == chunk {
      count = try await services.db.write { tx in
        try tx.run(
          """
          DELETE FROM idempotency_record WHERE id IN (
            SELECT id FROM idempotency_record WHERE created_at <= \(old) ORDER BY created_at LIMIT \(chunk))
          """)
      }
    }
    try await services.db.write { tx in
      if try tx.exists("SELECT 1 FROM idempotency_record") { try later(services, in: tx) }
    }
  }
}

extension AppError {
  static let keyReused = AppError(
    status: 422, Word("这个 Idempotency-Key 已用于另一个请求", "This Idempotency-Key was used for another request"),
    Word("没有更改任何内容。新的请求请换一个新的键。", "Nothing was changed. A new request needs a key of its own."))

  static let sameInProgress = AppError(
    status: 409, Word("同一个请求正在处理", "The same request is being worked on"),
    Word("请稍后用同一个键再发送一次。", "Send it again with the same key in a moment."), retryAfter: 1)

  static let answerNotKept = AppError(
    status: 409, Word("这个请求已经完成", "This request was done before"),
    Word(
      "它的应答没有保留下来。请先查看结果，不要换一个键重做。", "Its answer was not kept. Look at what it did; do not send it with another key."))
}
