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
  /// Work on it takes the time that it needs; see ``within(_:)`` for what somebody waits for.
  /// - Throws: ``StoreError/locked(path:holder:)`` when another process has the SQLite file,
  ///   ``StoreError/unavailable(_:)`` when PostgreSQL cannot be reached.
  public init(
    _ url: DatabaseURL, log: Logger = Logger(label: "guanxi.store")
  ) throws {
    self.url = url
    limits = { DatabaseLimits() }
    hook = { nil }
    driver =
      switch url {
      case .sqlite(let path): try SQLiteEngine(path: path, log: log)
      case .postgres(let uri, let schema):
        try PostgresEngine(uri: uri, schema: schema, log: log)
      }
  }

  private init(frozen engine: FrozenEngine, _ path: String) {
    (url, driver, limits, hook) = (.sqlite(path: path), engine, { DatabaseLimits() }, { nil })
  }

  private init(
    _ other: Database, limits: (@Sendable () -> DatabaseLimits)? = nil, hook: (@Sendable () -> WriteHook?)? = nil
  ) {
    (url, driver) = (other.url, other.driver)
    (self.limits, self.hook) = (limits ?? other.limits, hook ?? other.hook)
  }

  /// A SQLite file that nobody writes, such as a backup, to be read as it is.
  public static func frozen(_ path: String) throws -> Database {
    Database(frozen: try FrozenEngine(path: path), path)
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
    try await uncancelled { driver, limits in try await driver.read(limits, body) }
  }

  /// Changes the database: everything in `body` or, when it throws, nothing.
  @discardableResult
  public func write<Result: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    let body = hook()?.around(body) ?? body
    return try await uncancelled { driver, limits in try await driver.write(limits, body) }
  }

  /// A transaction that was begun is done to its end even when its task is cancelled, unless a statement of it has no limit
  /// and takes long. What is begun by a task that was cancelled before, to leave things in order, is done.
  private func uncancelled<Result: Sendable>(
    _ work: @escaping @Sendable (any Engine, DatabaseLimits) async throws -> Result
  ) async throws -> Result {
    var limits = limits()
    let cancellation = limits.statement == nil && !Task.isCancelled ? Cancellation() : nil
    limits.cancellation = cancellation
    do {
      return try await withTaskCancellationHandler {
        try await Task { [driver, limits] in try await work(driver, limits) }.value
      } onCancel: {
        cancellation?.cancel()
      }
    } catch StoreError.timeout where cancellation?.isCancelled ?? false {
      throw CancellationError()
    }
  }

  /// Lets running work finish and gives the database free. Nothing may be asked afterwards.
  public func close() async throws { try await driver.close() }

  /// What can be done with the database now, found out by asking it. Answers within a few seconds, whatever else
  /// goes on, and finds a server that has become the one to write to.
  public func state() async -> DatabaseState { await driver.state() }

  /// How much of it is in use; nil where there are no connections to count.
  public var usage: DatabaseUsage? { driver.usage }

  /// What can be done with it as a file; nil on PostgreSQL.
  public var file: SQLiteFile? { (driver as? SQLiteEngine).map(SQLiteFile.init) }

  /// Ends work in progress on a frozen file.
  public func interrupt() { driver.interrupt() }

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
  func releaseMemory()
  func interrupt()
}

extension Engine {
  func interrupt() {}
}

/// How long work on the database may take.
public struct DatabaseLimits: Sendable {
  /// Until one statement is cancelled; nil for work that nobody waits for, which takes the time that it needs.
  public var statement: Duration?
  /// Until a connection is free.
  public var turn: Duration
  /// Until a server that answers nobody is given up, where its ``Database/state()`` is asked all the time; nil to wait for it
  /// as for any other.
  public var silence: Duration?
  /// Tells a statement without a limit that nobody wants it any more.
  var cancellation: Cancellation?

  public init(statement: Duration? = nil, turn: Duration = .seconds(3_600), silence: Duration? = nil) {
    self.statement = statement
    self.turn = turn
    self.silence = silence
  }

  /// For a person who looks at an empty page meanwhile.
  public static let request = DatabaseLimits(statement: .seconds(15), turn: .seconds(5), silence: .seconds(5))

  /// With each wait made as short as something else allows.
  public func shortened(_ left: (Duration) -> Duration) -> DatabaseLimits {
    DatabaseLimits(statement: statement.map(left), turn: left(turn), silence: silence)
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
