import Store
import Web

/// Something written down about a customer: what was said, over which channel, and what it tells of them.
struct Note: Edited, Identifiable, Equatable {
  typealias ID = Store.ID<Note>

  enum Kind: String, Codable, CaseIterable, Sendable, Bindable { case note, call, visit, message, email }

  /// What a saved message tells of the customer, so that the next talk starts where the last one ended.
  enum Topic: String, Codable, CaseIterable, Sendable, Bindable {
    case none = ""
    case preference, job, demand, worry, other
  }

  let id: ID
  let customerId: Customer.ID
  var kind: Kind
  var topic: Topic
  var text: String
  var happenedAt: Instant
  var pinnedAt: Instant?
  let createdAt: Instant
  let createdBy: User.ID?
  var updatedAt: Instant
  var updatedBy: User.ID?
}
