import Logging
import Store
import Synchronization
import Web

/// Finds out who calls, by the token in a cookie or one a program shows, and how pages are written. Asks the database
/// each time, so that a session that was revoked, or a setting that was changed, on any server counts at once.
public final class Reception: Sendable {
  private let services: Services
  private let touching = Mutex<Set<Session.ID>>([])

  public init(_ services: Services) { self.services = services }

  /// No caller when the token is none of ours, has expired or was revoked, or its user is disabled.
  @Sendable public func receive(_ credential: Credential?) async throws -> (Reader, Caller?) {
    let now = services.clock()
    let known = credential.flatMap { $0.token.utf8.count <= 200 ? $0 : nil }
    let (settings, session, user) = try await services.db.read { tx -> (Settings, Session?, User?) in
      guard let known else { return (try tx.ask(Settings.stored), nil, nil) }
      let live = Session.Live(token: known.token, known.isBearer ? .api : .browser, at: now)
      return try tx.ask(Settings.stored, live.session, live.user)
    }
    let reader = Reader(
      language: settings.language, timeZone: settings.timeZone, currency: settings.currency, now: now.milliseconds)
    guard let known, let session, let user, session.scopes.mayRead else { return (reader, nil) }
    if session.seenAt.adding(seconds: 60) <= now { touch(session.id, at: now) }
    let caller = Caller(
      name: user.name, language: user.language, formToken: session.formToken, isBearer: known.isBearer,
      mayWrite: session.scopes.mayWrite,
      identity: SignedIn(user: user, session: session.id, rightsVersion: settings.rightsVersion))
    return (reader, caller)
  }

  /// Notes the use beside the request: a page need not wait while a long import has the writer.
  private func touch(_ session: Session.ID, at now: Instant) {
    guard touching.withLock({ $0.insert(session).inserted }) else { return }
    Task {
      do {
        try await services.db.write { tx in try Session.touch(session, at: now, in: tx) }
      } catch StoreError.readOnly {
        // Nothing is noted meanwhile.
      } catch {
        services.log.warning("the use of a session was not noted", metadata: ["cause": "\(error)"])
      }
      _ = touching.withLock { $0.remove(session) }
    }
  }
}
