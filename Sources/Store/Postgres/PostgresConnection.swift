import CPostgres
import Foundation

/// One connection to PostgreSQL. Used by one thread at a time.
final class PostgresConnection: Connection, @unchecked Sendable {
  let engine = EngineKind.postgres
  private static let cacheSize = 500

  let handle: OpaquePointer
  /// How long a statement may take; nil for as long as it needs.
  private var limit: Duration?
  private var prepared: [String: String] = [:]
  private var isLost = false

  /// Connects to the first host of the URI that takes writes.
  init(uri: String, schema: String, limit: Duration) throws {
    guard let handle = PQconnectdb(Self.complete(uri)) else { throw StoreError.unavailable("no memory") }
    self.handle = handle
    self.limit = limit
    guard PQstatus(handle) == CONNECTION_OK else {
      throw StoreError.unavailable(String(cString: PQerrorMessage(handle)).trimmed)
    }
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    // Disks without moving parts read any page as fast as the next one.
    try command(
      """
      SET client_encoding = 'UTF8'; SET bytea_output = 'hex'; SET search_path = "\(schema)", public;
      SET statement_timeout = \(limit / .milliseconds(1)); SET random_page_cost = 1.1
      """)
  }

  deinit { PQfinish(handle) }

  /// What an operator left out: writes wanted, dead peers noticed, a limit on connecting.
  private static func complete(_ uri: String) -> String {
    let wanted = [
      "target_session_attrs": "read-write", "connect_timeout": "5", "keepalives_idle": "30",
      "application_name": "guanxi",
    ]
    let missing = wanted.filter { !uri.contains($0.key + "=") }.map { "\($0.key)=\($0.value)" }.sorted()
    guard !missing.isEmpty else { return uri }
    return uri + (uri.contains("?") ? "&" : "?") + missing.joined(separator: "&")
  }

  var isAlive: Bool { !isLost && PQstatus(handle) == CONNECTION_OK }
  var serverVersion: Int { Int(PQserverVersion(handle)) }

  /// A fixed command without values.
  func command(_ text: String) throws {
    let result = PQexec(handle, text)
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure(result, text) }
  }

  func open(_ statement: Statement) throws -> any Cursor {
    let parameters = PostgresParameters(statement.values)
    let name = try prepare(statement.text, parameters)
    let sent = parameters.withPointers { values, lengths, formats in
      PQsendQueryPrepared(handle, name, CInt(parameters.count), values, lengths, formats, 0)
    }
    guard sent == 1 else { throw failure(nil, statement.text) }
    PQsetSingleRowMode(handle)
    return PostgresCursor(self, text: statement.text)
  }

  func liftLimit() throws {
    try command("SET LOCAL statement_timeout = 0")
    limit = nil
  }

  /// Whether the transaction was kept; one that had failed is undone by `COMMIT`, without an error.
  func commit() throws -> Bool {
    let result = PQexec(handle, "COMMIT")
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure(result, "COMMIT") }
    return String(cString: PQcmdStatus(result)) == "COMMIT"
  }

  /// Waits for the next result, a little longer than the server's own limit, then cancels.
  func nextResult(_ text: String) throws -> OpaquePointer? {
    var cancelAt = limit.map { ContinuousClock.now + $0 + .seconds(5) }
    var isCancelled = false
    while PQisBusy(handle) == 1 {
      var wait = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
      let ready = poll(&wait, 1, 1000)
      if ready > 0, PQconsumeInput(handle) == 0 { throw failure(nil, text) }
      guard let end = cancelAt, .now > end else { continue }
      if isCancelled {
        isLost = true
        throw StoreError.timeout
      }
      cancel()
      isCancelled = true
      cancelAt = .now + .seconds(5)
    }
    return PQgetResult(handle)
  }

  func cancel() {
    guard let request = PQgetCancel(handle) else { return }
    var why = [CChar](repeating: 0, count: 256)
    PQcancel(request, &why, CInt(why.count))
    PQfreeCancel(request)
  }

  private func prepare(_ text: String, _ parameters: PostgresParameters) throws -> String {
    let key = parameters.signature + text
    if let name = prepared[key] { return name }
    if prepared.count >= Self.cacheSize {
      try command("DEALLOCATE ALL")
      prepared.removeAll()
    }
    let name = "s\(prepared.count)"
    let result = PQprepare(handle, name, text, CInt(parameters.count), parameters.types)
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure(result, text) }
    prepared[key] = name
    return name
  }

  /// What went wrong, in the product's terms.
  func failure(_ result: OpaquePointer?, _ text: String) -> StoreError {
    let message = String(cString: result.map { PQresultErrorMessage($0) } ?? PQerrorMessage(handle)).trimmed
    let code =
      result.flatMap { PQresultErrorField($0, 67 /* PG_DIAG_SQLSTATE, "C" */) }.map { String(cString: $0) }
      ?? ""
    switch code {
    case "57014": return .timeout
    case "40001", "40P01": return .conflict(message)
    case "26000", "0A000":
      // Another server changed a table, or a pooler between lost what was prepared: a new connection helps.
      isLost = true
      return .conflict(message)
    case "25006", "57P01", "57P02", "57P03":
      isLost = true
      return .unavailable(message)
    case _ where code.hasPrefix("23"): return .constraint(message)
    case _ where code.hasPrefix("08") || PQstatus(handle) != CONNECTION_OK: return .unavailable(message)
    case _ where code.hasPrefix("XX001") || code.hasPrefix("XX002"): return .damaged(message)
    default: return .statement(message, sql: text)
    }
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
