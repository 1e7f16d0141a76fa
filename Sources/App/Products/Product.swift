import Store
import Web

/// Something the firm sells.
struct Product: Edited, Identifiable, Equatable {
  typealias ID = Store.ID<Product>

  let id: ID
  var name: String { didSet { sortName = Pinyin.sortKey(name) } }
  private(set) var sortName: String
  var unit = ""
  /// Minor units of `currency` for one piece.
  var price: Int64?
  var cost: Int64?
  var currency: String
  var category = ""
  var brand = ""
  var description = ""
  var outsideSource = ""
  var outsideId: String?
  let createdAt: Instant
  let createdBy: User.ID?
  var updatedAt: Instant
  var updatedBy: User.ID?

  init(id: ID, name: String, currency: String, at now: Instant, by user: User.ID?) {
    self.id = id
    self.name = name
    sortName = Pinyin.sortKey(name)
    self.currency = currency
    createdAt = now
    createdBy = user
    updatedAt = now
    updatedBy = user
  }
}
