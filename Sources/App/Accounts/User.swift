import Store
import Web

/// A person who can sign in.
public struct User: Record, Identifiable, Equatable {
  public typealias ID = Store.ID<User>
  public static let table = "app_user"

  public let id: ID
  /// In lower case; it is what people sign in with.
  public var email: String
  public var name: String
  /// Argon2id in its encoded form. Nil until a password is set.
  var passwordHash: String?
  /// Nil follows the browser.
  public var language: Language?
  var administratorSince: Instant?
  var administratorBy: ID?
  public let createdAt: Instant
  public let createdBy: ID?
  public var updatedAt: Instant
  public var updatedBy: ID?
  public var disabledAt: Instant?
  public var disabledBy: ID?

  public var isAdministrator: Bool { administratorSince != nil }

  public init(
    id: ID, email: String, name: String, passwordHash: String? = nil, isAdministrator: Bool = false,
    language: Language? = nil, at now: Instant, by user: ID?
  ) {
    self.id = id
    self.email = email
    self.name = name
    self.passwordHash = passwordHash
    self.language = language
    administratorSince = isAdministrator ? now : nil
    administratorBy = isAdministrator ? user : nil
    createdAt = now
    createdBy = user
    updatedAt = now
    updatedBy = user
  }
}

/// What the product knows of a caller: kept in `Caller.identity`.
struct SignedIn: Sendable {
  let user: User
  let session: Session.ID
  /// See ``Access/version``.
  var rightsVersion = 0
}

extension Language: Bindable {}
