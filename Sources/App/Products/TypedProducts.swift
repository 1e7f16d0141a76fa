import Store
import Web

/// The products that what was typed may mean.
struct TypedProducts: Equatable, Sendable {
  private let byID: [Product.ID: Product]
  private let byText: [String: Product]
  /// What products were called when the order was first written.
  private let oldNames: [Product.ID: Set<String>]

  init(_ products: [Product] = [], keeping lines: [OrderLine] = []) {
    byID = Dictionary(products.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var byText: [String: Product] = [:]
    // Names before codes, older products before newer ones.
    for product in products.sorted(by: { $0.id < $1.id }) {
      byText[product.name] = byText[product.name] ?? product
    }
    for product in products { if let code = product.outsideId { byText[code] = byText[code] ?? product } }
    self.byText = byText
    oldNames = lines.reduce(into: [:]) { names, line in
      if let id = line.productId { names[id, default: []].insert(line.productName) }
    }
  }

  static func find(_ lines: [OrderLineInput], keeping old: [OrderLine], in tx: Transaction) throws
    -> TypedProducts
  {
    let typed = lines.compactMap { $0.product?.written?.replacing("\0", with: "") }
    let texts = Array(Set(typed + typed.map(\.unmarked))).filter { $0.count <= 200 }
    let ids = Array(Set(lines.compactMap(\.productId)))
    let products: [Product] = try tx.all(
      "SELECT * FROM product WHERE name IN \(in: texts) OR outside_id IN \(in: texts) OR id IN \(in: ids)")
    return TypedProducts(products, keeping: old)
  }

  func has(_ id: Product.ID) -> Bool { byID[id] != nil }

  /// The product that is meant, and what the line calls it.
  func product(named text: String, id: Product.ID?) -> (Product?, name: String) {
    if let product = id.flatMap({ byID[$0] }) {
      if text.isEmpty || text == product.name || text == product.outsideId { return (product, product.name) }
      if oldNames[product.id]?.contains(text) == true { return (product, text) }
    }
    guard let product = byText[text] ?? byText[text.unmarked] else { return (nil, text) }
    return (product, product.name)
  }
}
