import CPostgres
import Foundation
import Synchronization

/// One connection to PostgreSQL. Used by one thread at a time.
///
/// Nothing waits for the server without a limit: one that is stopped, or cut off without a word, answers nothing and
/// closes nothing.
final class PostgresConnection: Connection, @unchecked Sendable {
  let engine = EngineKind.postgres
  private static let cacheSize = 500
  /// How much longer than the server's own limit is waited for it to keep that.
  private static let margin: Duration = .seconds(2)

  let handle: OpaquePointer
  private let silence: Silence
  /// How long a statement may take; nil for as long as it needs.
  private var limit: Duration? = .seconds(5)
  /// How long a server that answers nobody is waited for.
  private var mostSilence: Duration?
  private var cancellation: Cancellation?
  /// The same as the server was told, in seconds; 0 for none.
  private var serverLimit = 0
  private var prepared: [String: PostgresPrepared] = [:]
  private var preparedEver = 0
  /// Asked ahead of their turn, in the order they will be opened.
  var foreseen: [PostgresForeseen] = []
  /// Whether the last answer was given row by row.
  private(set) var isByRow = false
  /// What a transaction that only reads begins with: it travels with what is asked first, and is nil once it has.
  var beginning: String?
  /// A transaction that only read was told to end, and has not said that it did.
  private var isEnding = false
  var isLost = false
  private let warnings = Warnings()

  /// Counts what the server warns of.
  private final class Warnings: Sendable {
    let count = Atomic(0)
  }

  /// - Parameter uri: complete; see ``PostgresServers``.
  init(uri: String, schema: String, _ silence: Silence) throws {
    self.silence = silence
    guard let handle = PQconnectdb(uri) else { throw StoreError.unavailable("no memory") }
    self.handle = handle
    guard PQstatus(handle) == CONNECTION_OK else {
      throw StoreError.unavailable(String(cString: PQerrorMessage(handle)).onOneLine)
    }
    PQsetNoticeReceiver(
      handle,
      { warnings, notice in
        let kind = PQresultErrorField(notice, 86 /* PG_DIAG_SEVERITY_NONLOCALIZED, "V" */)
        guard let warnings, let kind, String(cString: kind) == "WARNING" else { return }
        Unmanaged<Warnings>.fromOpaque(warnings).takeUnretainedValue().count.add(1, ordering: .relaxed)
      }, Unmanaged.passUnretained(warnings).toOpaque())
    // Disks without moving parts read any page as fast as the next one. Of a common word's hits PostgreSQL remembers each only
    // with more memory than it takes by itself; else it compares everything near them.
    try command(
      """
      SET client_encoding = 'UTF8'; SET bytea_output = 'hex'; SET search_path = "\(schema)", public;
      SET random_page_cost = 1.1; SET jit = off; SET work_mem = '32MB'
      """)
  }

  deinit {
    forget()
    PQfinish(handle)
  }

  var isAlive: Bool { !isLost && PQstatus(handle) == CONNECTION_OK }
  var serverVersion: Int { Int(PQserverVersion(handle)) }

  /// Whether the server, as far as it has said, takes no writes here.
  var isReadOnly: Bool {
    ["in_hot_standby", "default_transaction_read_only"].contains { (name: String) in
      PQparameterStatus(handle, name).map { String(cString: $0) } == "on"
    }
  }

  func begin(_ isWrite: Bool, _ limits: DatabaseLimits) throws {
    (limit, mostSilence, cancellation) = (limits.statement, limits.silence, limits.cancellation)
    beginning = nil
    if isEnding {
      isEnding = false
      try finish("COMMIT")
    }
    if prepared.count >= Self.cacheSize {
      try command("DEALLOCATE ALL")
      prepared.removeAll()
    }
    // In whole seconds it is mostly the one that the server has already.
    let seconds = limits.statement.map { Int(($0 / .seconds(1)).rounded(.up)) } ?? 0
    if seconds != serverLimit {
      try command("SET statement_timeout = '\(seconds)s'")
      serverLimit = seconds
    }
    if isWrite { try command("BEGIN") } else { beginning = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" }
  }

  /// Begins at once what was to begin with the first question.
  private func beginNow() throws {
    guard let beginning else { return }
    try command(beginning)
    self.beginning = nil
  }

  /// A fixed command without values.
  func command(_ text: String, within limit: Duration? = nil) throws {
    forget()
    if let limit { self.limit = limit }
    guard PQsendQuery(handle, text) == 1 else { throw failure(nil, text) }
    isByRow = false
    try finish(text)
  }

  /// Takes all results of what was sent.
  /// - Returns: what the last of them says it did.
  @discardableResult
  private func finish(_ text: String) throws -> String {
    var error: StoreError?
    var done = ""
    while let result = try nextResult(text) {
      switch PQresultStatus(result) {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK: done = String(cString: PQcmdStatus(result))
      default: error = error ?? failure(result, text)
      }
      PQclear(result)
    }
    if let error { throw error }
    return done
  }

  func open(_ statement: Statement) throws -> any Cursor {
    if let answer = foreseen.first, answer.statement == statement {
      foreseen.removeFirst()
      return PostgresCursor(self, answer)
    }
    forget()
    guard !isLost else { throw StoreError.unavailable("the connection was lost") }
    try beginNow()
    let parameters = PostgresParameters(statement.values)
    let (prepared, isNew) = try sendPrepare(statement.text, parameters)
    if isNew {
      do { try finish(statement.text) } catch {
        unprepare(prepared)
        throw error
      }
    }
    try send(prepared, parameters, statement.text)
    isByRow = PQsetSingleRowMode(handle) == 1
    return PostgresCursor(self, prepared, text: statement.text)
  }

  /// Ends a transaction that only read, without waiting for that.
  func end() {
    forget()
    guard beginning == nil else { return beginning = nil }
    isEnding = PQsendQuery(handle, "COMMIT") == 1
    if !isEnding { isLost = true }
  }

  /// Whether the transaction was kept; one that had failed is undone by `COMMIT`, without an error.
  /// - Throws: ``StoreError/uncertain(_:)`` when the answer did not come, or came with a warning: then it was kept by
  ///   this server, but perhaps not by the standby that was to have it too.
  func commit() throws -> Bool {
    forget()
    guard isAlive, PQsendQuery(handle, "COMMIT") == 1 else { throw failure(nil, "COMMIT") }
    let before = warnings.count.load(ordering: .relaxed)
    let done: String
    do { done = try finish("COMMIT") } catch StoreError.unavailable(let why) {
      throw StoreError.uncertain(why)
    } catch StoreError.timeout where isLost {
      throw StoreError.uncertain("the server did not answer")
    }
    if warnings.count.load(ordering: .relaxed) != before {
      isLost = true
      throw StoreError.uncertain("the server was told not to wait for its standby")
    }
    return done == "COMMIT"
  }

  /// Waits for the next result, a little longer than the server's own limit, and not for a server that answers nobody. Then
  /// nothing is to be hoped for from this connection.
  func nextResult(_ text: String) throws -> OpaquePointer? {
    guard PQisBusy(handle) == 1 else { return PQgetResult(handle) }
    let began = ContinuousClock.now
    let end = limit.map { began + $0 + Self.margin }
    while PQisBusy(handle) == 1 {
      var wait = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
      let ready = poll(&wait, 1, 500)
      if ready > 0, PQconsumeInput(handle) == 0 {
        isLost = true
        throw failure(nil, text)
      }
      // Whether a transaction was kept is always waited for.
      if text != "COMMIT", cancellation?.isDue ?? false {
        cancellation = nil
        cancel()
      }
      let isSilent = mostSilence.map { silence.lasts($0) && .now > began + Self.margin } ?? false
      if isSilent || end.map({ .now > $0 }) ?? false {
        isLost = true
        throw StoreError.timeout
      }
    }
    silence.hear()
    return PQgetResult(handle)
  }

  /// Stops the statement in progress. Asking for that takes a connection of its own, which is not waited for without
  /// end; a request that came late would stop the next statement, so this connection is then left.
  func cancel() {
    guard let request = PQgetCancel(handle) else { return }
    let isDone = DispatchSemaphore(value: 0)
    let pointer = UInt(bitPattern: request)
    DispatchQueue.global().async {
      var why = [CChar](repeating: 0, count: 256)
      let request = OpaquePointer(bitPattern: pointer)
      PQcancel(request, &why, CInt(why.count))
      PQfreeCancel(request)
      isDone.signal()
    }
    if isDone.wait(timeout: .now() + 5) == .timedOut { isLost = true }
  }

  /// A statement by the name that the server knows it by, and whether it is about to hear of it only now.
  func sendPrepare(
    _ text: String, _ parameters: PostgresParameters
  ) throws -> (prepared: PostgresPrepared, isNew: Bool) {
    let key = parameters.signature + text
    if let known = prepared[key] { return (known, false) }
    preparedEver += 1
    let new = PostgresPrepared(name: "s\(preparedEver)")
    guard PQsendPrepare(handle, new.name, text, CInt(parameters.count), parameters.types) == 1 else {
      throw failure(nil, text)
    }
    prepared[key] = new
    return (new, true)
  }

  /// Forgets a statement that the server would not prepare, or perhaps did not.
  func unprepare(_ refused: PostgresPrepared) {
    guard let key = prepared.first(where: { $0.value === refused })?.key else { return }
    prepared[key] = nil
  }

  func send(_ prepared: PostgresPrepared, _ parameters: PostgresParameters, _ text: String) throws {
    let sent = parameters.withPointers { values, lengths, formats in
      PQsendQueryPrepared(handle, prepared.name, CInt(parameters.count), values, lengths, formats, 0)
    }
    guard sent == 1 else { throw failure(nil, text) }
  }

  /// What went wrong, in the product's terms.
  func failure(_ result: OpaquePointer?, _ text: String) -> StoreError {
    let message = String(cString: result.map { PQresultErrorMessage($0) } ?? PQerrorMessage(handle)).onOneLine
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
    case "25006":
      isLost = true
      return .readOnly(message)
    case "57P01", "57P02", "57P03":
      isLost = true
      return .unavailable(message)
    case "53100": return .full(message)
    case "53300": return .busy
    case _ where code.hasPrefix("23"): return .constraint(message)
    case _ where code.hasPrefix("08") || PQstatus(handle) != CONNECTION_OK: return .unavailable(message)
    case _ where code.hasPrefix("XX001") || code.hasPrefix("XX002"): return .damaged(message)
    default: return .statement(message, sql: text)
    }
  }
}

extension String {
  fileprivate var onOneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
