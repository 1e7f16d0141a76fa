import CPostgres
import Logging
import NIOPosix
import Synchronization

/// PostgreSQL by libpq: a pool of connections, each used by one thread of a pool of threads at a time.
final class PostgresEngine: Engine {
  static let poolSize = 8
  let kind = EngineKind.postgres
  private let uri: String
  private let schema: String
  private let limit: Duration
  private let log: Logger
  private let threads = NIOThreadPool(numberOfThreads: PostgresEngine.poolSize)
  private let idle = Mutex<[PostgresConnection]>([])

  init(uri: String, schema: String, limit: Duration, log: Logger) throws {
    self.uri = uri
    self.schema = schema
    self.limit = limit
    self.log = log
    let first = try PostgresConnection(uri: uri, schema: schema, limit: limit)
    guard first.serverVersion >= 150_000 else {
      throw StoreError.unavailable("PostgreSQL 15 or newer is needed; this is \(first.serverVersion / 10000)")
    }
    idle.withLock { $0.append(first) }
    threads.start()
  }

  func read<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws
    -> Result
  {
    try await transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
  }

  /// The body may be run again when another transaction came between.
  func write<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws
    -> Result
  {
    try await transaction("BEGIN", body)
  }

  func close() async throws {
    try await threads.shutdownGracefully()
    idle.withLock { $0.removeAll() }
  }

  func copy(to path: String) async throws {
    throw StoreError.url("copies of PostgreSQL are made by pg_dump: guanxi backup create calls it")
  }

  private func transaction<Result: Sendable>(
    _ begin: String, _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    var attempt = 1
    while true {
      do {
        let (result, hooks) = try await threads.runIfActive { try self.attempt(begin, body) }
        for hook in hooks { hook() }
        return result
      } catch StoreError.conflict(let why) where attempt < 4 {
        log.info("transaction runs again", metadata: ["why": "\(why)", "attempt": "\(attempt)"])
        attempt += 1
      }
    }
  }

  /// One try on one connection. A connection that broke while it lay idle is replaced before anything is asked.
  private func attempt<Result>(
    _ begin: String, _ body: (Transaction) throws -> Result
  ) throws -> (Result, [@Sendable () -> Void]) {
    let connection = try started(begin)
    let transaction = Transaction(connection)
    do {
      let result = try body(transaction)
      try transaction.finish()
      guard try connection.commit() else { throw StoreError.conflict("the server undid the transaction") }
      keep(connection)
      return (result, transaction.afterCommit)
    } catch {
      if connection.isAlive, (try? connection.command("ROLLBACK")) != nil { keep(connection) }
      throw error
    }
  }

  private func started(_ begin: String) throws -> PostgresConnection {
    while let connection = idle.withLock({ $0.popLast() }) {
      if connection.isAlive, (try? connection.command(begin)) != nil { return connection }
      log.info("a database connection was lost; connecting again")
    }
    let connection = try PostgresConnection(uri: uri, schema: schema, limit: limit)
    try connection.command(begin)
    return connection
  }

  private func keep(_ connection: PostgresConnection) {
    guard connection.isAlive else { return }
    idle.withLock { $0.append(connection) }
  }
}
