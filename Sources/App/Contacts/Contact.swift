import Store
import Web

/// A person at a company the firm deals with.
public struct Contact: Record, Identifiable, Equatable {
  public typealias ID = Store.ID<Contact>

  /// The part played when the company buys.
  public enum Role: String, Codable, CaseIterable, Sendable, Bindable {
    case decider, influencer, user, gatekeeper
    case unknown = ""
  }

  public let id: ID
  public let customerId: Customer.ID
  public var name: String
  public var role = Role.unknown
  public var title = ""
  public var phones: [PhoneNumber] = []
  public var email = ""
  public var wechat = ""
  public var birthday: Day?
  public var remark = ""
  public let createdAt: Instant
  public let createdBy: User.ID?
  public var updatedAt: Instant
  public var updatedBy: User.ID?

  public init(id: ID, customerId: Customer.ID, name: String, at now: Instant, by user: User.ID?) {
    self.id = id
    self.customerId = customerId
    self.name = name
    createdAt = now
    createdBy = user
    updatedAt = now
    updatedBy = user
  }
}
