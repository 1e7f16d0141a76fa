import Foundation
import HTTPTypes
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
  /// Another one to change to.
  static let next = "staple of the giraffe"
  static let browser = Accounts.Place(agent: "Firefox/140.0 (X11; Linux)", origin: "192.0.2.7")

  let services: Services
  let clock: Clock
  var accounts: Accounts { Accounts(services) }
  var db: Database { services.db }

  static func open(_ engine: EngineKind, _ body: (Office) async throws -> Void) async throws {
    try await withDatabase(engine, migrations: Features.migrations) { db in
      let clock = Clock()
      // Where nobody ever looks.
      let backups = BackupFolder(FileManager.default.temporaryDirectory.appending(path: "office-\(UUID())").path)
      try await body(Office(services: Services(db: db, clock: { clock.now }, backups: backups), clock: clock))
    }
  }

  func hire(_ name: String, isAdministrator: Bool = false) async throws -> User {
    try await accounts.create(
      email: "\(name)@example.cn", name: name, password: Self.password, isAdministrator: isAdministrator)
  }

  func signIn(_ name: String, _ password: String = Office.password, from place: Accounts.Place = browser)
    async throws -> String?
  {
    try await accounts.signIn(email: "\(name)@example.cn", password: password, from: place)?.session
  }

  /// Who a cookie belongs to.
  func caller(_ token: String?, isBearer: Bool = false) async throws -> SignedIn? {
    guard let token else { return nil }
    return try await Reception(services).receive(Credential(token: token, isBearer: isBearer)).1?.identity as? SignedIn
  }

  /// The key of a link for a new password.
  func passwordLink(for user: User) async throws -> String {
    try await accounts.passwordLink(for: user.id, by: nil).0.key
  }

  func accept(_ key: String, _ password: String = Office.next) async throws -> String {
    try await accounts.accept(key: key, name: "赵", password: password, language: .zh, from: Self.browser).session
  }

  /// Gives a user another address to sign in with.
  func move(_ name: String, to email: String) async throws {
    let caller = try #require(try await caller(try await signIn(name)))
    try await accounts.changeEmail(of: caller, to: email, password: Self.password)
  }

  /// What an account's history tells, the newest first.
  func history(of user: User) async throws -> [AccountEvent.Kind] {
    try await db.read { tx in try AccountEvent.lines(of: user.id, in: tx).map(\.kind) }
  }

  /// A browser in which somebody signed in.
  func browse(_ name: String) async throws -> SignedInBrowser {
    let token = try #require(try await signIn(name))
    let caller = try await Reception(services).receive(Credential(token: token, isBearer: false)).1
    return SignedInBrowser(
      site: TestSite(House.site(services)), token: token, formToken: try #require(caller).formToken)
  }

  func user(_ id: User.ID) async throws -> User {
    try #require(try await db.read { tx in try User.find(id, in: tx) })
  }
}

/// Asks as the pages do: with the cookie and the token that is in each form.
struct SignedInBrowser: Sendable {
  let site: TestSite
  let token: String
  let formToken: String
  private var cookie: String { "session=\(token)" }
  var headers: [String: String] { ["Cookie": cookie, "X-Form-Token": formToken] }

  func get(_ path: String) async throws -> TestSite.Answer { try await site.get(path, headers: ["Cookie": cookie]) }

  func post(_ path: String, _ form: [String: String]) async throws -> TestSite.Answer {
    try await site.post(path, form: form.merging(["_token": formToken]) { $1 }, headers: ["Cookie": cookie])
  }

  /// Sends JSON to the API.
  func send(_ method: HTTPRequest.Method, _ path: String, json: String = "{}") async throws -> TestSite.Answer {
    try await site.ask(
      method, "/api/v1\(path)",
      headers: ["Cookie": cookie, "X-Form-Token": formToken, "Content-Type": "application/json"], body: Array(json.utf8)
    )
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

/// Waits for what happens beside.
func eventually(_ isTrue: () async throws -> Bool) async throws {
  let end = ContinuousClock.now + .seconds(20)
  while ContinuousClock.now < end {
    if try await isTrue() { return }
    try await Task.sleep(for: .milliseconds(5))
  }
  Issue.record("it did not happen")
}
