import Foundation
import GRDB

/// A SQLite file that nobody writes, such as a backup: read as it is, leaving nothing beside it, on threads that let all
/// others go first, for as long as it takes.
final class FrozenEngine: Engine {
  let kind = EngineKind.sqlite
  private let queue: DatabaseQueue
  private let stop = BackgroundThread.Stop()

  init(path: String) throws {
    try PageSums.install()
    var configuration = Configuration()
    configuration.readonly = true
    configuration.prepareDatabase { db in
      try SaturatingSum.add(to: db)
      try db.execute(sql: "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768")
    }
    do {
      queue = try DatabaseQueue(path: Self.address(of: path), configuration: configuration)
    } catch { throw error.ofStore }
  }

  /// Without it SQLite would look for a log, and make one.
  private static func address(of path: String) -> String {
    let path = URL(fileURLWithPath: path).path
    let escaped = path.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "/._-")))
    return "file:\(escaped ?? path)?immutable=1"
  }

  var usage: DatabaseUsage? { nil }

  func read<Result: Sendable>(
    _: DatabaseLimits, _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    let queue = queue
    do {
      return try await BackgroundThread.run(stop: stop) { stop in
        try queue.read { db in try SQLiteEngine.transaction(db, DatabaseLimits(), stop: stop, body).result }
      }
    } catch {
      if stop.isOn { throw CancellationError() }
      throw error.ofStore
    }
  }

  func write<Result: Sendable>(
    _: DatabaseLimits, _: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result { throw StoreError.readOnly(queue.path) }

  func state() async -> DatabaseState { .readOnly(queue.path) }
  func interrupt() { stop.set() }
  func close() async throws { try queue.close() }
  func releaseMemory() { queue.releaseMemory() }
}
