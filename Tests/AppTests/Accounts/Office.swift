import Store
import Synchronization
import TestKit
import Testing
import Web

@testable import App

/// A firm with a database of its own and a clock that stands still until it is moved.
struct Office: Sendable {
  final class Clock: Sendable {
    private let time = Mutex(Instant(milliseconds: 1_800_000_000_000))
    var now: Instant { time.withLock { $0 } }
    func move(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
  }

  static let password = "correct horse battery"
  static let browser = Accounts.Place(agent: "Firefox/140.0 (X11; Linux)", origin: "192.0.2.7")

  let services: Services
  let clock: Clock
  var accounts: Accounts { Accounts(services) }
  var db: Database { services.db }

  static func open(_ engine: EngineKind, _ body: (Office) async throws -> Void) async throws {
    try await withDatabase(engine, migrations: Features.migrations) { db in
      let clock = Clock()
      try await body(Office(services: Services(db: db, clock: { clock.now }), clock: clock))
    }
  }

  func hire(_ name: String, isAdministrator: Bool = false) async throws -> User {
    try await accounts.create(
      email: "\(name)@example.cn", name: name, password: Self.password, isAdministrator: isAdministrator)
  }

  func signIn(_ name: String, _ password: String = Office.password, from place: Accounts.Place = browser)
    async throws -> String?
  {
    try await accounts.signIn(email: "\(name)@example.cn", password: password, from: place)
  }

  /// Who a cookie belongs to.
  func caller(_ token: String?, isBearer: Bool = false) async throws -> SignedIn? {
    guard let token else { return nil }
    return try await Reception(services).receive(Credential(token: token, isBearer: isBearer)).1?.identity as? SignedIn
  }

  func user(_ id: User.ID) async throws -> User {
    try #require(try await db.read { tx in try User.find(id, in: tx) })
  }
}

/// The status of the `AppError` that the body ends in; nil when it ends well.
func refusal(_ body: () async throws -> Void) async throws -> Int? {
  do {
    try await body()
    return nil
  } catch let error as AppError {
    return error.status
  }
}

/// The fields with a problem when the body ends in problems.
func problemFields(_ body: () async throws -> Void) async throws -> [String] {
  do {
    try await body()
    return []
  } catch let problems as Problems {
    return problems.fields.keys.sorted()
  }
}
