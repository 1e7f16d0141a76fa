import Logging
import Store
import Synchronization
import Web

/// Finds out who calls, by the token in a cookie or one a program shows. Asks the database each time, so that
/// a session that was revoked on any server is over at once.
public final class Identification: Sendable {
  private let services: Services
  private let touching = Mutex<Set<Session.ID>>([])

  public init(_ services: Services) { self.services = services }

  /// Nil when the token is none of ours, has expired or was revoked, or its user is disabled.
  @Sendable public func caller(token: String, isBearer: Bool) async throws -> Caller? {
    guard token.utf8.count <= 200 else { return nil }
    let now = services.clock()
    let found = try await services.db.read { tx -> (Session, User)? in
      guard let session = try Session.live(token: token, isBearer ? .api : .browser, at: now, in: tx),
        let user = try User.find(session.userId, in: tx), user.disabledAt == nil
      else { return nil }
      return (session, user)
    }
    guard let (session, user) = found else { return nil }
    if session.seenAt.adding(seconds: 60) <= now { touch(session.id, at: now) }
    return Caller(
      name: user.name, language: user.language, formToken: session.formToken, isBearer: isBearer,
      identity: SignedIn(user: user, session: session.id))
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
