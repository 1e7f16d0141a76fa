import Store

/// A short word people put on customers.
struct Tag: Record, Identifiable, Equatable {
  typealias ID = Store.ID<Tag>

  let id: ID
  var name: String
  var sortName: String

  init(id: ID, name: String) {
    self.id = id
    self.name = name
    sortName = Pinyin.sortKey(name)
  }
}
