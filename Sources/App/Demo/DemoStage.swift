import Store
import Web

/// What the demo firm's customers meet: its people, its goods, its tags.
struct DemoStage: Sendable {
  var staff: [User]
  var products: [Product]
  var tags: [Tag]

  init(_ plan: Demo, ids: IDSource) {
    let opened = plan.instant(0, hour: 9)
    staff = DemoStaff.users(ids: ids, at: opened)
    let writer = staff.first?.id
    products = Catalogue.items.enumerated().map { offset, item in
      var product = Product(id: ids.next(), name: item.name, currency: Demo.currency, at: opened, by: writer)
      product.unit = item.unit
      product.price = item.price
      product.cost = item.cost
      product.category = item.category
      product.brand = item.brand
      product.outsideSource = Demo.source
      product.outsideId = "T\(101 + offset)"
      return product
    }
    tags = DemoTag.allCases.map { Tag(id: ids.next(), name: $0.rawValue) }
  }

  /// The people alone: who signs in is there from the beginning.
  func settledStaff(in tx: Transaction) throws -> [User] {
    try staff.map { user in try settled(user, try User.find(email: user.email, in: tx), in: tx) }
  }

  /// Writes what is not there yet, and takes what is in its place.
  func settled(in tx: Transaction) throws -> DemoStage {
    var stage = self
    stage.staff = try settledStaff(in: tx)
    stage.products = try products.map { product in
      let (source, id) = (product.outsideSource, product.outsideId)
      return try settled(
        product,
        try tx.first("SELECT * FROM product WHERE outside_source = \(source) AND outside_id = \(id)"), in: tx)
    }
    try Product.index(stage.products.map(\.id), in: tx)
    stage.tags = try tags.map { tag in
      try settled(tag, try tx.first("SELECT * FROM tag WHERE name = \(tag.name)"), in: tx)
    }
    return stage
  }

  private func settled<R: Record>(_ record: R, _ known: R?, in tx: Transaction) throws -> R {
    if let known { return known }
    try tx.insert(record)
    return record
  }
}

/// The people of the demo firm. Only the first can sign in, with a password made anew each time.
enum DemoStaff {
  static let administrator = "demo@guanxi.example"

  private static let people = [
    ("林晓岚", administrator), ("陈志远", "chenzhiyuan@guanxi.example"), ("王丽娟", "wanglijuan@guanxi.example"),
    ("周文博", "zhouwenbo@guanxi.example"), ("孙佳怡", "sunjiayi@guanxi.example"),
    ("吴建华", "wujianhua@guanxi.example"),
  ]

  static func users(ids: IDSource, at now: Instant) -> [User] {
    people.map { name, email in
      User(
        id: ids.next(), email: email, name: name, isAdministrator: email == administrator, at: now, by: nil)
    }
  }
}
