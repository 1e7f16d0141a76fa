import Logging

/// The product's data, on either engine.
///
///     let open = try await db.read { tx in try Deal.open(of: owner, in: tx) }
///
/// Values of this type are safe to use from anywhere; work runs on the engine's own threads.
public final class Database: Sendable {
  public let url: DatabaseURL
  private let driver: any Engine

  /// Opens, and for SQLite creates, a database. It is not migrated yet: see ``Migrator``.
  /// - Parameter limit: how long one statement may take before it is cancelled.
  /// - Throws: ``StoreError/locked(path:holder:)`` when another process has the SQLite file,
  ///   ``StoreError/unavailable(_:)`` when PostgreSQL cannot be reached.
  public init(
    _ url: DatabaseURL, limit: Duration = .seconds(120), log: Logger = Logger(label: "guanxi.store")
  ) throws {
    self.url = url
    driver =
      switch url {
      case .sqlite(let path): try SQLiteEngine(path: path, limit: limit)
      case .postgres(let uri, let schema):
        try PostgresEngine(uri: uri, schema: schema, limit: limit, log: log)
      }
  }

  public var engine: EngineKind { driver.kind }

  /// Reads one state of the database.
  public func read<Result: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    try await uncancelled { driver in try await driver.read(body) }
  }

  /// Changes the database: everything in `body` or, when it throws, nothing.
  @discardableResult
  public func write<Result: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    try await uncancelled { driver in try await driver.write(body) }
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

  /// Writes a complete copy of a SQLite database to a new file while work goes on.
  /// - Throws: ``StoreError/url(_:)`` on PostgreSQL, which has tools of its own.
  public func copy(to path: String) async throws { try await driver.copy(to: path) }
}

/// What a database engine must do.
protocol Engine: Sendable {
  var kind: EngineKind { get }
  func read<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws
    -> Result
  func write<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws
    -> Result
  func close() async throws
  func copy(to path: String) async throws
}
