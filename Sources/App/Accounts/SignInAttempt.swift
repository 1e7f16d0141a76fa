import Store
import Web

/// Somebody's try to sign in that has not succeeded. Kept in a table, so that it counts on every server.
struct SignInAttempt: Record {
  let id: Store.ID<SignInAttempt>
  let email: String
  let origin: String
  let happenedAt: Instant

  static let window: Int64 = 15 * 60
  static let perEmail = 5
  static let perOrigin = 30
}

extension SignInAttempt {
  /// Counts a try, before it is known whether it succeeds, so that many at once are counted too.
  /// - Throws: an ``AppError`` with status 429 when there were too many.
  static func begin(email: String, origin: String, _ services: Services, in tx: Transaction) throws {
    let now = services.clock()
    let start = now.adding(seconds: -window)
    try tx.run("DELETE FROM sign_in_attempt WHERE happened_at <= \(start)")
    let waits = [
      try free("email = \(email)", perEmail, in: tx), try free("origin = \(origin)", perOrigin, in: tx),
    ]
    if let free = waits.compactMap(\.self).max() {
      let seconds = max(1, (free.adding(seconds: window).milliseconds - now.milliseconds + 999) / 1000)
      throw AppError.tooManyAttempts(seconds: Int(seconds))
    }
    try tx.insert(SignInAttempt(id: services.ids.next(), email: email, origin: origin, happenedAt: now))
  }

  /// A right password takes back what was counted against its e-mail.
  static func forget(email: String, in tx: Transaction) throws {
    try tx.run("DELETE FROM sign_in_attempt WHERE email = \(email)")
  }

  /// The try that must grow old before the next is allowed; nil when one is allowed now.
  private static func free(_ whose: SQL, _ limit: Int, in tx: Transaction) throws -> Instant? {
    try tx.value(
      """
      SELECT happened_at FROM sign_in_attempt WHERE \(whose)
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
