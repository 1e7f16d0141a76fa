import CPostgres
import Foundation

/// One connection to PostgreSQL. Used by one thread at a time.
final class PostgresConnection: Connection, @unchecked Sendable {
  let engine = EngineKind.postgres
  /// Seconds after which a statement is cancelled.
  static let statementSeconds = 120
  private static let cacheSize = 500

  let handle: OpaquePointer
  private var prepared: [String: String] = [:]
  private var isLost = false

  /// Connects to the first host of the URI that takes writes.
  init(uri: String, schema: String) throws {
    guard let handle = PQconnectdb(Self.complete(uri)) else { throw StoreError.unavailable("no memory") }
    self.handle = handle
    guard PQstatus(handle) == CONNECTION_OK else {
      let why = String(cString: PQerrorMessage(handle)).trimmingCharacters(in: .whitespacesAndNewlines)
      PQfinish(handle)
      throw StoreError.unavailable(why)
    }
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    do {
      try command("SET client_encoding = 'UTF8'")
      try command("SET search_path = \"\(schema)\", public")
      try command("SET statement_timeout = '\(Self.statementSeconds)s'")
    } catch {
      PQfinish(handle)
      throw error
    }
  }

  deinit { PQfinish(handle) }

  /// What an operator left out: writes wanted, dead peers noticed, a limit on connecting.
  private static func complete(_ uri: String) -> String {
    let wanted = ["target_session_attrs": "read-write", "connect_timeout": "5", "keepalives_idle": "30", "application_name": "guanxi"]
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

  func run(_ statement: Statement, each: (Row) throws -> Void) throws -> Int {
    let parameters = try PostgresParameters(statement.values, sql: statement.text)
    let name = try prepare(statement.text, parameters)
    let sent = parameters.withPointers { values, lengths, formats in
      PQsendQueryPrepared(handle, name, CInt(parameters.count), values, lengths, formats, 0)
    }
    guard sent == 1 else { throw failure(nil, statement.text) }
    PQsetSingleRowMode(handle)
    return try receive(statement.text, each)
  }

  /// Takes all results of what was sent, so that the connection is ready again whatever happens.
  private func receive(_ text: String, _ each: (Row) throws -> Void) throws -> Int {
    var changed = 0
    var columns: Columns?
    var error: (any Error)?
    while let result = try nextResult(text) {
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_SINGLE_TUPLE where error == nil:
        let names = columns ?? PostgresCursor.columns(of: result)
        columns = names
        do { try each(Row(cursor: PostgresCursor(result, columns: names))) } catch let thrown {
          error = thrown
          cancel()
        }
      case PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK, PGRES_COMMAND_OK:
        changed = Int(String(cString: PQcmdTuples(result))) ?? 0
      default: error = error ?? failure(result, text)
      }
    }
    if let error { throw error }
    return changed
  }

  /// Waits for the next result, a little longer than the server's own limit, then cancels.
  private func nextResult(_ text: String) throws -> OpaquePointer? {
    var left = Self.statementSeconds + 10
    while PQisBusy(handle) == 1 {
      var wait = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
      let ready = poll(&wait, 1, 1000)
      if ready == 0 {
        left -= 1
        if left == 0 { cancel() }
        if left < -10 {
          isLost = true
          throw StoreError.timeout
        }
      } else if ready > 0, PQconsumeInput(handle) == 0 {
        throw failure(nil, text)
      }
    }
    return PQgetResult(handle)
  }

  private func cancel() {
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
    let message = String(cString: PQerrorMessage(handle)).trimmingCharacters(in: .whitespacesAndNewlines)
    let code = result.flatMap { PQresultErrorField($0, 67 /* PG_DIAG_SQLSTATE, "C" */) }.map { String(cString: $0) } ?? ""
    switch code {
    case "57014": return .timeout
    case "40001", "40P01": return .conflict(message)
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
