import Store
import Web

/// Which products a list shows and how it is sorted: the query of its address, field by field.
struct ProductFilter: Codable, Equatable, Sendable {
  enum Sort: String, Codable, CaseIterable, Sendable { case name, price, quantity, amount, margin }

  var q: String?
  var category: String?
  var brand: String?
  var sort: Sort?
  var position: Position?

  var order: Store.Order {
    switch sort ?? .amount {
    case .name: Store.Order(by: "listed.sort_name", .text, id: "listed.id")
    case .price: Store.Order(by: "listed.price_or_none", .integer, id: "listed.id", descending: true)
    case .quantity: Store.Order(by: "listed.quantity", .integer, id: "listed.id", descending: true)
    case .amount: Store.Order(by: "listed.amount", .integer, id: "listed.id", descending: true)
    case .margin: Store.Order(by: "listed.margin", .integer, id: "listed.id", descending: true)
    }
  }

  var conditions: [SQL] {
    var conditions: [SQL] = []
    if let q, let query = SearchQuery(q) {
      conditions.append("listed.id IN \(SQL.matching(query, kind: .product))")
    }
    if let category, !category.isEmpty { conditions.append("listed.category = \(category)") }
    if let brand, !brand.isEmpty { conditions.append("listed.brand = \(brand)") }
    return conditions
  }

  var fields: Fields {
    Fields().with("q", q).with("category", category).with("brand", brand).with("sort", sort?.rawValue)
  }

  /// Whether anything narrows the list.
  var isNarrow: Bool { !fields.with("sort", nil).pairs.isEmpty }
}

/// One page of the list of products, with what the whole filter adds up to.
struct ProductList: Codable, Equatable, Sendable {
  struct Row: Codable, Equatable, Sendable {
    let id: Product.ID
    let name: String
    let code: String
    let category: String
    let brand: String
    let unit: String
    let price: Money?
    let quantity: Quantity
    /// What was sold of it, in the firm's currency.
    let amount: Money
    let margin: Money
  }

  let filter: ProductFilter
  let products: Slice<Row>
  let count: Int
  let quantity: Quantity
  let amount: Money
  let margin: Money
  /// To filter by.
  let categories: [String]
  let brands: [String]

  static let pageSize = 50

  static func read(_ filter: ProductFilter, currency: String, in tx: Transaction) throws -> ProductList {
    let found = try tx.slice(
      "SELECT * FROM \(listed)", where: filter.conditions, by: filter.order, at: filter.position,
      limit: pageSize
    ) { (row: Stored) in (row.key(filter.sort ?? .amount), row.id.raw) }
    let sums: [(Int64, Int64, Int64, Int64)] = try tx.map(
      """
      SELECT count(*), \(SQL.total("listed.quantity")), \(SQL.total("listed.amount")), \(SQL.total("listed.margin"))
      FROM \(listed)\(filter.conditions.whereClause)
      """
    ) { ($0.integer(0), $0.integer(1), $0.integer(2), $0.integer(3)) }
    let (count, quantity, amount, margin) = sums.first ?? (0, 0, 0, 0)
    return ProductList(
      filter: filter, products: found.map { $0.row(in: currency) }, count: Int(count),
      quantity: Quantity(thousandths: quantity), amount: Money(amount, currency),
      margin: Money(margin, currency),
      categories: try names("category", in: tx), brands: try names("brand", in: tx))
  }

  private static func names(_ column: SQL, in tx: Transaction) throws -> [String] {
    try tx.values("SELECT DISTINCT \(column) FROM product WHERE \(column) <> '' ORDER BY \(column) LIMIT 100")
  }

  /// Products with what was sold of each.
  private static let listed: SQL = """
    (SELECT product.id, product.name, product.sort_name, product.outside_id, product.category, product.brand, product.unit,
      product.price, product.currency, coalesce(product.price, -1) AS price_or_none,
      coalesce(sold.quantity, 0) AS quantity, coalesce(sold.amount, 0) AS amount,
      coalesce(\(SQL.minus("sold.amount", "sold.cost")), 0) AS margin
    FROM product LEFT JOIN (
      SELECT product_id, \(SQL.total("quantity")) AS quantity, \(SQL.total("amount")) AS amount, \(SQL.total("cost")) AS cost
      FROM product_month GROUP BY product_id
    ) AS sold ON sold.product_id = product.id) AS listed
    """

  /// The columns a row of the list is made from.
  private struct Stored: Decodable {
    let id: Product.ID
    let name: String
    let sortName: String
    let outsideId: String?
    let category: String
    let brand: String
    let unit: String
    let price: Int64?
    let currency: String
    let quantity: Quantity
    let amount: Int64
    let margin: Int64

    func key(_ sort: ProductFilter.Sort) -> Value {
      switch sort {
      case .name: .text(sortName)
      case .price: .integer(price ?? -1)
      case .quantity: quantity.value
      case .amount: .integer(amount)
      case .margin: .integer(margin)
      }
    }

    func row(in base: String) -> Row {
      Row(
        id: id, name: name, code: outsideId ?? "", category: category, brand: brand, unit: unit,
        price: price.map { Money($0, currency) }, quantity: quantity, amount: Money(amount, base),
        margin: Money(margin, base))
    }
  }
}
