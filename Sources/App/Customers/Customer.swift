import Store
import Web

/// Whoever the firm deals with: a person or a company, who buys from it, sells for it or supplies it.
struct Customer: Edited, Identifiable, Equatable {
  typealias ID = Store.ID<Customer>

  enum Kind: String, Codable, CaseIterable, Sendable, Bindable {
    case person, company
    /// Nobody in particular: what strangers buy at the counter. Counts in totals, and never in a ranking, a model or an average.
    case walkIn = "walk_in"
  }

  /// On which side of the firm it stands; a company can have several.
  enum Role: String, Codable, CaseIterable, Sendable, Bindable {
    case endCustomer = "end_customer"
    case distributor, partner, supplier
  }

  let id: ID
  var kind: Kind
  var ownerId: User.ID?
  /// Administrative division (GB/T 2260), empty when it is not known.
  var regionCode = ""
  var roles: [Role] = [.endCustomer]
  var name: String { didSet { sortName = Pinyin.sortKey(name) } }
  /// By pinyin for Chinese names, with Latin ones in between.
  private(set) var sortName: String
  var phones: [PhoneNumber] = []
  var email = ""
  var wechat = ""
  /// The region as it was typed.
  var region = ""
  var address = ""
  var industry = ""
  var occupation = ""
  var employer = ""
  var birthday: Day?
  var interests = ""
  var source = ""
  /// Who brought it. Not a foreign key: whoever is deleted and brought back has brought the same ones.
  var referrerId: ID?
  var description = ""
  /// Where the record came from, and what it is called there; unique together.
  var outsideSource = ""
  var outsideId: String?
  var pinnedAt: Instant?
  let createdAt: Instant
  let createdBy: User.ID?
  var updatedAt: Instant
  var updatedBy: User.ID?
  /// What it has in the firm's own fields.
  var more = FieldValues()

  init(id: ID, kind: Kind, name: String, at now: Instant, by user: User.ID?) {
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
