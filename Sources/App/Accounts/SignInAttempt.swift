import Store
import Web

/// Somebody's try to sign in that has not succeeded. Kept in a table, so that it counts on every server.
///
/// Tries are counted for each account and place together: who guesses somebody's password from elsewhere keeps nobody
/// from signing in at their desk.
struct SignInAttempt: Record {
  let id: Store.ID<SignInAttempt>
  let email: String
  /// The key of its ``Source``.
  let origin: String
  let happenedAt: Instant

  /// From where somebody tries.
  enum Source: Equatable, Sendable {
    case network(String)
    /// A browser that signed in to this account before: others' guesses do not count against it.
    case browser(KnownBrowser.ID)
    /// Somebody who is signed in and is asked for the password again.
    case session(Session.ID)

    fileprivate var key: String {
      switch self {
      case .network(let network): network
      case .browser(let id): "browser \(id)"
      case .session(let id): "session \(id)"
      }
    }
  }

  static let window: Int64 = 15 * 60
  static let perAccountAndSource = 5
  static let perNetwork = 30
  /// From all networks together: only who has very many of them comes so far.
  static let perAccount = 100
  /// How far the clocks of servers may be apart. What is later is of a clock that was wrong.
  static let drift: Int64 = 60
  /// Most rows that are kept, however many try.
  static let most = 20_000
}

extension SignInAttempt {
  /// - Throws: an ``AppError`` with status 429 when there were too many tries.
  static func check(email: String, from source: Source, at now: Instant, in tx: Transaction) throws {
    let mine: SQL = "origin = \(source.key)"
    var waits = [try free("email = \(email) AND \(mine)", perAccountAndSource, at: now, in: tx)]
    if case .network = source {
      waits.append(try free(mine, perNetwork, at: now, in: tx))
      waits.append(try free("email = \(email)", perAccount, at: now, in: tx))
    }
    guard let free = waits.compactMap(\.self).max() else { return }
    let seconds = max(1, (free.adding(seconds: window).milliseconds - now.milliseconds + 999) / 1000)
    throw AppError.tooManyAttempts(seconds: Int(seconds))
  }

  /// Counts a try, before it is known whether it succeeds, so that many at once are counted too.
  /// - Throws: an ``AppError`` with status 429 when there were too many.
  static func begin(email: String, from source: Source, _ services: Services, in tx: Transaction) throws {
    let now = services.clock()
    try tx.run(SQL.inTurn("sign_in_attempt"))
    try tx.run(
      """
      DELETE FROM sign_in_attempt
      WHERE happened_at <= \(now.adding(seconds: -window)) OR happened_at > \(now.adding(seconds: drift))
        OR id <= (SELECT id FROM sign_in_attempt ORDER BY id DESC LIMIT 1 OFFSET \(most - 1))
      """)
    try check(email: email, from: source, at: now, in: tx)
    try tx.insert(SignInAttempt(id: services.ids.next(), email: email, origin: source.key, happenedAt: now))
  }

  /// A right password takes back what was counted against its account from the same place.
  static func forget(email: String, from source: Source, in tx: Transaction) throws {
    try tx.run("DELETE FROM sign_in_attempt WHERE email = \(email) AND origin = \(source.key)")
  }

  /// The try that must grow old before the next is allowed; nil when one is allowed now.
  private static func free(_ whose: SQL, _ limit: Int, at now: Instant, in tx: Transaction) throws -> Instant? {
    try tx.value(
      """
      SELECT happened_at FROM sign_in_attempt
      WHERE \(whose) AND happened_at > \(now.adding(seconds: -window)) AND happened_at <= \(now.adding(seconds: drift))
      ORDER BY happened_at DESC, id DESC LIMIT 1 OFFSET \(limit - 1)
      """)
  }
}

extension AppError {
  static func tooManyAttempts(seconds: Int) -> AppError {
    let minutes = (seconds + 59) / 60
    return AppError(
      status: 429, AccountWords.tooManyTitle, AccountWords.tooMany(minutes: minutes), retryAfter: seconds)
  }
}
