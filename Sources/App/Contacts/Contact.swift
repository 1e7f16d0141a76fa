import Store
import Web

/// A person at a company the firm deals with.
struct Contact: Edited, Identifiable, Equatable {
  typealias ID = Store.ID<Contact>

  /// The part played when the company buys.
  enum Role: String, Codable, CaseIterable, Sendable, Bindable {
    case decider, influencer, user, gatekeeper
    case unknown = ""
  }

  let id: ID
  let customerId: Customer.ID
  var name: String
  var role = Role.unknown
  var title = ""
  var phones: [PhoneNumber] = []
  var email = ""
  var wechat = ""
  var birthday: Day?
  var remark = ""
  let createdAt: Instant
  let createdBy: User.ID?
  var updatedAt: Instant
  var updatedBy: User.ID?

  init(id: ID, customerId: Customer.ID, name: String, at now: Instant, by user: User.ID?) {
    self.id = id
    self.customerId = customerId
    self.name = name
    createdAt = now
    createdBy = user
    updatedAt = now
    updatedBy = user
  }
}
