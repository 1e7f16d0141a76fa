import Store
import Web

/// Something that was done to an account: who may sign in as whom can be traced by these.
struct AccountEvent: Record {
  enum Kind: String, Codable, CaseIterable, Sendable, Bindable {
    case email, password
    /// A new password by a link, in place of a forgotten one.
    case passwordByLink = "password_by_link"
    case link
    case linkTakenBack = "link_taken_back"
    case disabled, enabled, administrator, member, token
    case tokenRevoked = "token_revoked"
    case signedOut = "signed_out"
  }

  let id: Store.ID<AccountEvent>
  let userId: User.ID
  let kind: Kind
  /// The old and the new address, or the name of a token.
  let detail: String
  let createdAt: Instant
  /// Nil for the command line.
  let createdBy: User.ID?

  /// A line of the history as a page shows it.
  struct Line: Codable, Equatable, Sendable {
    let kind: Kind
    let detail: String
    let at: Instant
    /// Who did it; nil for the command line.
    let by: String?
  }
}

extension AccountEvent {
  private static let shown = 20

  /// The latest of an account, the newest first.
  static func lines(of user: User.ID, in tx: Transaction) throws -> [Line] {
    let events: [AccountEvent] = try tx.all(
      "SELECT * FROM account_event WHERE user_id = \(user) ORDER BY id DESC LIMIT \(shown)")
    let names = try User.names(of: events.compactMap(\.createdBy), in: tx)
    return events.map { event in
      Line(kind: event.kind, detail: event.detail, at: event.createdAt, by: event.createdBy.flatMap { names[$0] })
    }
  }
}

extension Accounts {
  /// Keeps in an account's history what is done to it in this transaction.
  func note(
    _ kind: AccountEvent.Kind, of user: User.ID, _ detail: String = "", at now: Instant, by actor: User.ID?,
    in tx: Transaction
  ) throws {
    try tx.insert(
      AccountEvent(
        id: services.ids.next(), userId: user, kind: kind, detail: detail, createdAt: now, createdBy: actor))
  }
}
