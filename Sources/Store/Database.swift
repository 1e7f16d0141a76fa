import Logging

/// The product's data, on either engine.
///
///     let open = try await db.read { tx in try Deal.open(of: owner, in: tx) }
///
/// Values of this type are safe to use from anywhere; work runs on the engine's own threads.
public final class Database: Sendable {
  public let url: DatabaseURL
  private let driver: any Engine
  private let limits: @Sendable () -> DatabaseLimits
  private let hook: @Sendable () -> WriteHook?

  /// Opens, and for SQLite creates, a database. It is not migrated yet: see ``Migrator``.
  /// - Parameter limit: how long one statement may take before it is cancelled.
  /// - Throws: ``StoreError/locked(path:holder:)`` when another process has the SQLite file,
  ///   ``StoreError/unavailable(_:)`` when PostgreSQL cannot be reached.
  public init(
    _ url: DatabaseURL, limit: Duration = .seconds(120), log: Logger = Logger(label: "guanxi.store")
  ) throws {
    self.url = url
    limits = { DatabaseLimits(statement: limit) }
    hook = { nil }
    driver =
      switch url {
      case .sqlite(let path): try SQLiteEngine(path: path)
      case .postgres(let uri, let schema):
        try PostgresEngine(uri: uri, schema: schema, log: log)
      }
  }

  private init(
    _ other: Database, limits: (@Sendable () -> DatabaseLimits)? = nil, hook: (@Sendable () -> WriteHook?)? = nil
  ) {
    (url, driver) = (other.url, other.driver)
    (self.limits, self.hook) = (limits ?? other.limits, hook ?? other.hook)
  }

  /// The same database for work that somebody waits for.
  /// - Parameter limits: asked whenever work begins.
  public func within(_ limits: @autoclosure @escaping @Sendable () -> DatabaseLimits) -> Database {
    Database(self, limits: limits)
  }

  /// The same database, where something is done along with each write.
  /// - Parameter hook: asked whenever a write begins, in the task that asks for it.
  public func hooked(_ hook: @escaping @Sendable () -> WriteHook?) -> Database { Database(self, hook: hook) }

  public var engine: EngineKind { driver.kind }

  /// Reads one state of the database.
  public func read<Result: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    let limits = limits()
    return try await uncancelled { driver in try await driver.read(limits, body) }
  }

  /// Changes the database: everything in `body` or, when it throws, nothing.
  @discardableResult
  public func write<Result: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    let (limits, body) = (limits(), hook()?.around(body) ?? body)
    return try await uncancelled { driver in try await driver.write(limits, body) }
  }

  /// A transaction that was begun is done to its end even when its task is cancelled.
  private func uncancelled<Result: Sendable>(
    _ work: @escaping @Sendable (any Engine) async throws -> Result
  ) async throws -> Result {
    let driver = driver
    return try await Task { try await work(driver) }.value
  }

  /// Lets running work finish and gives the database free. Nothing may be asked afterwards.
  public func close() async throws { try await driver.close() }

  /// What can be done with the database now, found out by asking it. Answers within a few seconds, whatever else
  /// goes on, and finds a server that has become the one to write to.
  public func state() async -> DatabaseState { await driver.state() }

  /// How much of it is in use; nil where there are no connections to count.
  public var usage: DatabaseUsage? { driver.usage }

  /// Writes a complete copy of a SQLite database to a new file while work goes on.
  /// - Throws: ``StoreError/url(_:)`` on PostgreSQL, which has tools of its own.
  public func copy(to path: String) async throws { try await driver.copy(to: path) }

  /// Gives back, once work in progress is done, the memory of what was read and written lately: for after something
  /// large that is not asked for again soon.
  public func releaseMemory() { driver.releaseMemory() }
}

/// What a database engine must do.
protocol Engine: Sendable {
  var kind: EngineKind { get }
  var usage: DatabaseUsage? { get }
  func read<Result: Sendable>(
    _ limits: DatabaseLimits, _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result
  func write<Result: Sendable>(
    _ limits: DatabaseLimits, _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result
  func state() async -> DatabaseState
  func close() async throws
  func copy(to path: String) async throws
  func releaseMemory()
}

/// How long work on the database may take.
public struct DatabaseLimits: Sendable {
  /// Until one statement is cancelled.
  public var statement: Duration
  /// Until a connection is free.
  public var turn: Duration
  /// Until a server that answers nobody is given up, where its ``Database/state()`` is asked all the time; nil to wait for it
  /// as for any other.
  public var silence: Duration?

  public init(statement: Duration = .seconds(120), turn: Duration = .seconds(60), silence: Duration? = nil) {
    self.statement = statement
    self.turn = turn
    self.silence = silence
  }

  /// For a person who looks at an empty page meanwhile.
  public static let request = DatabaseLimits(statement: .seconds(15), turn: .seconds(5), silence: .seconds(5))

  /// With each wait made as short as something else allows.
  public func shortened(_ left: (Duration) -> Duration) -> DatabaseLimits {
    DatabaseLimits(statement: left(statement), turn: left(turn), silence: silence)
  }
}

/// What can be done with a database.
public enum DatabaseState: Sendable, Equatable {
  case writable
  /// Looked at, but not changed: a standby, or a server that was told so.
  case readOnly(String)
  /// Looked at, but its disk has no room for changes.
  case full(String)
  case away(String)

  /// In a word, for programs and logs.
  public var name: String {
    switch self {
    case .writable: "writable"
    case .readOnly: "read only"
    case .full: "full"
    case .away: "away"
    }
  }

  public var why: String? {
    switch self {
    case .writable: nil
    case .readOnly(let why), .full(let why), .away(let why): why
    }
  }
}

/// Connections to a server.
public struct DatabaseUsage: Sendable, Equatable {
  public let limit: Int
  public let busy: Int
  /// Work that waits for one.
  public let waiting: Int
  /// Work that waited too long, since the start.
  public let refused: Int
}
