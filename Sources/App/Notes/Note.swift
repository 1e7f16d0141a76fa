import Store
import Web

/// Something written down about a customer: what was said, over which channel, and what it tells of them.
public struct Note: Record, Identifiable, Equatable {
  public typealias ID = Store.ID<Note>

  public enum Kind: String, Codable, CaseIterable, Sendable, Bindable { case note, call, visit, message, email }

  /// What a saved message tells of the customer, so that the next talk starts where the last one ended.
  public enum Topic: String, Codable, CaseIterable, Sendable, Bindable {
    case none = ""
    case preference, job, demand, worry, other
  }

  public let id: ID
  public let customerId: Customer.ID
  public var kind: Kind
  public var topic: Topic
  public var text: String
  public var happenedAt: Instant
  public var pinnedAt: Instant?
  public let createdAt: Instant
  public let createdBy: User.ID?
  public var updatedAt: Instant
  public var updatedBy: User.ID?
}
