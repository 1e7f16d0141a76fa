import Store

extension Product {
  static func find(_ id: ID, in tx: Transaction) throws -> Product? {
    try tx.first("SELECT * FROM product WHERE id = \(id)")
  }

  /// What these products are called in the firm's own numbering.
  static func codes(of products: [ID], in tx: Transaction) throws -> [ID: String] {
    let rows: [(ID, String)] = try tx.map(
      "SELECT id, outside_id FROM product WHERE outside_id IS NOT NULL AND id IN \(in: Array(Set(products)))"
    ) { (try $0[0], try $0[1]) }
    return Dictionary(rows, uniquingKeysWith: { first, _ in first })
  }

  /// Whether an order names it, so that it must stay.
  func isUsed(in tx: Transaction) throws -> Bool {
    try tx.exists("SELECT 1 FROM sales_order_line WHERE product_id = \(id)")
  }

  /// Makes products findable by their names and codes.
  static func index(_ ids: [ID], in tx: Transaction) throws {
    let products: [Product] = try tx.all("SELECT * FROM product WHERE id IN \(in: ids)")
    try tx.index(
      all: products.map { product in
        var terms = SearchTerms()
        terms.name(product.name)
        terms.code(product.outsideId ?? "")
        return SearchDocument(id: product.id.raw, kind: .product, name: terms)
      })
  }
}

/// What was sold of products, from the lines of the orders the caller may see, in the firm's currency.
enum Sales {
  /// Lines with their orders and customers.
  static func lines(_ access: Access) -> SQL {
    """
    sales_order_line JOIN sales_order ON sales_order.id = sales_order_line.order_id
    JOIN customer ON customer.id = sales_order.customer_id AND \(access.customers)
    """
  }

  static let quantity = SQL.total("sales_order_line.quantity")
  static let amount = SQL.total(inBase("sales_order_line.amount"))
  static let cost = SQL.total(inBase("sales_order_line.cost"))

  /// A line's share of what its order comes to in the firm's currency.
  private static func inBase(_ column: SQL) -> SQL {
    """
    CASE WHEN sales_order.base_amount = sales_order.amount OR sales_order.amount = 0 THEN \(column)
    ELSE \(SQL.whole("CAST(\(column) AS DOUBLE PRECISION) * sales_order.base_amount / sales_order.amount")) END
    """
  }
}
