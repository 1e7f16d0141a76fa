import Store
import Web

/// Something the firm sells.
public struct Product: Record, Identifiable, Equatable {
  public typealias ID = Store.ID<Product>

  public let id: ID
  public var name: String { didSet { sortName = Pinyin.sortKey(name) } }
  public private(set) var sortName: String
  public var unit = ""
  /// Minor units of `currency` for one piece.
  public var price: Int64?
  public var cost: Int64?
  public var currency: String
  public var category = ""
  public var description = ""
  public var outsideSource = ""
  public var outsideId: String?
  public let createdAt: Instant
  public let createdBy: User.ID?
  public var updatedAt: Instant
  public var updatedBy: User.ID?

  public init(id: ID, name: String, currency: String, at now: Instant, by user: User.ID?) {
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
