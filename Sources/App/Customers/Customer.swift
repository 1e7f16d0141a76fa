import Store
import Web

/// Whoever the firm deals with: a person or a company, who buys from it, sells for it or supplies it.
public struct Customer: Record, Identifiable, Equatable {
  public typealias ID = Store.ID<Customer>

  public enum Kind: String, Codable, CaseIterable, Sendable, Bindable { case person, company }

  /// On which side of the firm it stands; a company can have several.
  public enum Role: String, Codable, CaseIterable, Sendable, Bindable {
    case endCustomer = "end_customer"
    case distributor, partner, supplier
  }

  public let id: ID
  public var kind: Kind
  public var ownerId: User.ID?
  /// Administrative division (GB/T 2260), empty when it is not known.
  public var regionCode = ""
  public var roles: [Role] = [.endCustomer]
  public var name: String { didSet { sortName = Pinyin.sortKey(name) } }
  /// By pinyin for Chinese names, with Latin ones in between.
  public private(set) var sortName: String
  public var phones: [PhoneNumber] = []
  public var email = ""
  public var wechat = ""
  /// The region as it was typed.
  public var region = ""
  public var address = ""
  public var industry = ""
  public var occupation = ""
  public var employer = ""
  public var birthday: Day?
  public var interests = ""
  public var source = ""
  public var description = ""
  /// Where the record came from, and what it is called there; unique together.
  public var outsideSource = ""
  public var outsideId: String?
  public var pinnedAt: Instant?
  public let createdAt: Instant
  public let createdBy: User.ID?
  public var updatedAt: Instant
  public var updatedBy: User.ID?

  public init(id: ID, kind: Kind, name: String, at now: Instant, by user: User.ID?) {
    self.id = id
    self.kind = kind
    self.name = name
    sortName = Pinyin.sortKey(name)
    createdAt = now
    createdBy = user
    updatedAt = now
    updatedBy = user
  }
}
