import Synchronization

/// Finds the server to talk to among those that the URI names: the one that takes writes or, where none does, one
/// that can be read. What was found out is remembered for a moment, so that requests which come while a server is
/// gone do not each wait for it.
final class PostgresServers: Sendable {
  private static let memory: Duration = .seconds(1)

  private struct Known {
    /// Why there is nothing to write to, and until when that is believed.
    var standby: (why: String, until: ContinuousClock.Instant)?
    /// Why there is nothing at all, and until when that is believed.
    var failure: (error: any Error, until: ContinuousClock.Instant)?
  }

  private let uri: String
  private let schema: String
  private let known = Mutex(Known())
  let silence = Silence()

  init(uri: String, schema: String) {
    self.uri = uri
    self.schema = schema
  }

  /// Whether, as far as is known, no server takes writes.
  var isOnlyStandby: Bool { known.withLock { $0.standby != nil } }

  /// - Throws: ``StoreError/readOnly(_:)`` for a write where all servers can only be read,
  ///   ``StoreError/unavailable(_:)`` where none answers.
  func connect(toWrite: Bool) throws -> PostgresConnection {
    let known = known.withLock(\.self)
    if let failure = known.failure, failure.until > .now { throw failure.error }
    if let standby = known.standby, standby.until > .now {
      guard !toWrite else { throw StoreError.readOnly(standby.why) }
      return try connect("any")
    }
    // The others go on with what they have while this one looks.
    self.known.withLock { $0.standby?.until = .now + Self.memory }
    do {
      let found = try connect("read-write")
      self.known.withLock { $0 = Known() }
      return found
    } catch let StoreError.unavailable(why) {
      return try second(toWrite: toWrite, why)
    }
  }

  private func second(toWrite: Bool, _ why: String) throws -> PostgresConnection {
    do {
      let found = try connect("any")
      guard found.isReadOnly else {
        known.withLock { $0 = Known() }
        return found
      }
      known.withLock { $0 = Known(standby: (why, .now + Self.memory)) }
      if toWrite { throw StoreError.readOnly(why) }
      return found
    } catch StoreError.unavailable(let why) {
      let error = StoreError.unavailable(why)
      known.withLock { $0.failure = (error, .now + Self.memory) }
      throw error
    }
  }

  private func connect(_ wanted: String) throws -> PostgresConnection {
    try PostgresConnection(uri: Self.complete(uri, wanted), schema: schema, silence)
  }

  /// What an operator left out: limits on connecting and on waiting for a peer that is gone. One that is there, and busy
  /// with what was sent, may take no more of it for as long as a statement may take. Which server is wanted
  /// is for this type to say.
  static func complete(_ uri: String, _ wanted: String) -> String {
    let standard = [
      "connect_timeout": "3", "keepalives_idle": "15", "keepalives_interval": "5", "keepalives_count": "3",
      "tcp_user_timeout": "120000", "application_name": "guanxi",
    ]
    let halves = uri.split(separator: "?", maxSplits: 1).map(String.init)
    var options = halves.dropFirst().first?.split(separator: "&").map(String.init) ?? []
    options.removeAll { $0.hasPrefix("target_session_attrs=") }
    options += standard.filter { !uri.contains($0.key + "=") }.map { "\($0.key)=\($0.value)" }.sorted()
    return halves[0] + "?" + (options + ["target_session_attrs=\(wanted)"]).joined(separator: "&")
  }
}
