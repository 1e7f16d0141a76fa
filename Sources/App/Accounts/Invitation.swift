import Store
import Web

/// A link that works once. It lets somebody new set a name and a password, or a user who forgot the password set another.
struct Invitation: Record, Identifiable, Equatable {
  typealias ID = Store.ID<Invitation>

  static let lifetime: Int64 = 7 * 86_400
  static let firstLifetime: Int64 = 86_400

  /// For whom a link is.
  enum Guest: Equatable, Sendable {
    /// Makes its bearer the first administrator.
    case first
    /// Makes a user with this address, and never touches one who is there.
    case somebodyNew(String)
    /// Gives this user a new password, and never makes one.
    case user(User.ID)
  }

  let id: ID
  let email: String?
  let userId: User.ID?
  /// Of the key in the link, which itself is kept nowhere.
  let keyHash: String
  let createdAt: Instant
  let createdBy: User.ID?
  let expiresAt: Instant
  var acceptedAt: Instant?
  var acceptedBy: User.ID?
  var revokedAt: Instant?
  var revokedBy: User.ID?

  var guest: Guest { userId.map(Guest.user) ?? email.map(Guest.somebodyNew) ?? .first }
}

extension Invitation {
  init(for guest: Guest, key: String, lifetime: Int64, by actor: User.ID?, _ services: Services) {
    let now = services.clock()
    var (email, userId): (String?, User.ID?) = (nil, nil)
    switch guest {
    case .first: break
    case .somebodyNew(let address): email = address
    case .user(let id): userId = id
    }
    self.init(
      id: services.ids.next(), email: email, userId: userId, keyHash: Secret.hash(key), createdAt: now,
      createdBy: actor, expiresAt: now.adding(seconds: lifetime))
  }
}
