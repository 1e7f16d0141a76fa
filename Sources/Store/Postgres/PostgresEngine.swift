import CPostgres
import Logging
import Synchronization

/// PostgreSQL by libpq: a pool of connections, each used by one thread of a pool of threads at a time.
final class PostgresEngine: Engine {
  static let poolSize = 8
  let kind = EngineKind.postgres
  private let servers: PostgresServers
  private let log: Logger
  private let turns = Turns(PostgresEngine.poolSize)
  private let idle = Mutex<[PostgresConnection]>([])
  /// Asks for the state of the database when all other threads may be stuck.
  private let prober = Turns(1)
  private let probe = Mutex<PostgresConnection?>(nil)

  init(uri: String, schema: String, log: Logger) throws {
    servers = PostgresServers(uri: uri, schema: schema)
    self.log = log
    let first = try servers.connect(toWrite: false)
    guard first.serverVersion >= 150_000 else {
      throw StoreError.unavailable("PostgreSQL 15 or newer is needed; this is \(first.serverVersion / 10000)")
    }
    idle.withLock { $0.append(first) }
  }

  var usage: DatabaseUsage? { turns.usage }

  func read<Result: Sendable>(
    _ limits: DatabaseLimits, _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    try await transaction(false, limits, body)
  }

  /// The body may be run again when another transaction came between.
  func write<Result: Sendable>(
    _ limits: DatabaseLimits, _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    try await transaction(true, limits, body)
  }

  func state() async -> DatabaseState {
    do {
      return try await prober.run(within: .seconds(5)) { try self.look() }
    } catch StoreError.readOnly(let why) {
      servers.silence.end()
      return .readOnly(why)
    } catch {
      return .away("\(error)")
    }
  }

  /// Whether the server that takes writes is still there; else whether there is another.
  private func look() throws -> DatabaseState {
    let kept = probe.withLock { $0.take() }
    servers.silence.ask()
    var connection: PostgresConnection
    if let kept, !servers.isOnlyStandby, (try? kept.command("SELECT 1", within: .seconds(2))) != nil, !kept.isReadOnly {
      connection = kept
    } else {
      connection = try servers.connect(toWrite: true)
    }
    servers.silence.end()
    probe.withLock { $0 = connection }
    return .writable
  }

  func close() async throws {
    try await turns.close()
    try await prober.close()
    idle.withLock { $0.removeAll() }
    probe.withLock { $0 = nil }
  }

  /// The server keeps what was read.
  func releaseMemory() {}

  private func transaction<Result: Sendable>(
    _ isWrite: Bool, _ limits: DatabaseLimits, _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    var attempt = 1
    while true {
      do {
        let (result, hooks) = try await turns.run(within: limits.turn) {
          try self.attempt(isWrite, limits, body)
        }
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
    _ isWrite: Bool, _ limits: DatabaseLimits, _ body: (Transaction) throws -> Result
  ) throws -> (Result, [@Sendable () -> Void]) {
    let connection = try started(isWrite, limits)
    let transaction = Transaction(connection)
    do {
      let result = try body(transaction)
      try transaction.finish()
      if !isWrite {
        connection.end()
        keep(connection)
        return (result, transaction.afterCommit)
      }
      guard try connection.commit() else { throw StoreError.conflict("the server undid the transaction") }
      keep(connection)
      return (result, transaction.afterCommit)
    } catch StoreError.unavailable(let why) where connection.beginning != nil {
      // As was this one, the others may have been cut off while they lay idle.
      idle.withLock { $0.removeAll() }
      throw StoreError.conflict(why)
    } catch {
      if connection.isAlive, connection.beginning != nil || (try? connection.command("ROLLBACK")) != nil {
        keep(connection)
      } else {
        log.warning("a database connection was lost at work", metadata: ["why": "\(error)"])
      }
      throw error
    }
  }

  private func started(_ isWrite: Bool, _ limits: DatabaseLimits) throws -> PostgresConnection {
    while let connection = takeIdle(toWrite: isWrite) {
      do {
        try connection.begin(isWrite, limits)
        if !isWrite || !connection.isReadOnly { return connection }
      } catch StoreError.timeout {
        throw StoreError.timeout
      } catch {
        log.info("a database connection was lost; connecting again")
      }
    }
    // Whoever asks for the state finds out when it is back.
    if let silence = limits.silence, servers.silence.lasts(silence) {
      throw StoreError.unavailable("the server is silent")
    }
    let connection = try servers.connect(toWrite: isWrite)
    try connection.begin(isWrite, limits)
    return connection
  }

  /// Connections that can only be read are kept as long as there is nothing better.
  private func takeIdle(toWrite: Bool) -> PostgresConnection? {
    let isOnlyStandby = servers.isOnlyStandby
    return idle.withLock { idle in
      idle.removeAll { !$0.isAlive || ($0.isReadOnly && !isOnlyStandby) }
      guard let index = idle.lastIndex(where: { !toWrite || !$0.isReadOnly }) else { return nil }
      return idle.remove(at: index)
    }
  }

  private func keep(_ connection: PostgresConnection) {
    guard connection.isAlive else { return }
    idle.withLock { $0.append(connection) }
  }
}
