import Store

/// A short word people put on customers.
public struct Tag: Record, Identifiable, Equatable {
  public typealias ID = Store.ID<Tag>

  public let id: ID
  public var name: String
  public var sortName: String

  public init(id: ID, name: String) {
    self.id = id
    self.name = name
    sortName = Pinyin.sortKey(name)
  }
}
