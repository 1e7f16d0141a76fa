import Store
import Web

/// One product, as its page shows it: facts, and what was sold of it to whom and when.
struct ProductView: Codable, Equatable, Sendable {
  struct Buyer: Codable, Equatable, Sendable {
    let customer: NamedCustomer
    let quantity: Quantity
    let amount: Money
  }

  struct Month: Codable, Equatable, Sendable {
    /// `YYYY-MM`
    let month: String
    let amount: Money
  }

  struct Sale: Codable, Equatable, Sendable {
    let order: Order.ID
    let number: String
    let orderedOn: Day
    let customer: NamedCustomer
    let quantity: Quantity
    let amount: Money
  }

  let id: Product.ID
  let facts: ProductInput
  let name: String
  let price: Money?
  let cost: Money?
  /// Whether an order names it, so that it cannot be deleted.
  let isUsed: Bool
  let orderCount: Int
  let quantity: Quantity
  let amount: Money
  let margin: Money
  /// Those who bought most of it.
  let buyers: [Buyer]
  /// The last 24 months, oldest first.
  let months: [Month]
  let latestSales: [Sale]
  let updatedAt: Instant
  let updatedBy: String

  static let monthsShown = 24

  static func read(
    _ id: Product.ID, _ access: Access, today: Day, currency: String, in tx: Transaction
  ) throws -> ProductView? {
    guard let product = try Product.find(id, in: tx) else { return nil }
    let sold: [(Int64, Int64, Int64, Int64)] = try tx.map(
      """
      SELECT count(DISTINCT sales_order.id), \(Sales.quantity), \(Sales.amount), \(Sales.cost)
      FROM \(Sales.lines(access)) WHERE sales_order_line.product_id = \(id)
      """
    ) { ($0.integer(0), $0.integer(1), $0.integer(2), $0.integer(3)) }
    let (count, quantity, amount, cost) = sold.first ?? (0, 0, 0, 0)
    let names = try User.names(of: [product.updatedBy].compactMap(\.self), in: tx)
    return ProductView(
      id: id, facts: ProductInput(product), name: product.name,
      price: product.price.map { Money($0, product.currency) },
      cost: product.cost.map { Money($0, product.currency) },
      isUsed: try product.isUsed(in: tx), orderCount: Int(count), quantity: Quantity(thousandths: quantity),
      amount: Money(amount, currency),
      margin: Money(amount.subtractingReportingOverflow(cost).partialValue, currency),
      buyers: try buyers(id, access, currency, in: tx),
      months: try months(id, access, today, currency, in: tx),
      latestSales: try latest(id, access, in: tx), updatedAt: product.updatedAt,
      updatedBy: product.updatedBy.flatMap { names[$0] } ?? "")
  }

  private static func buyers(
    _ id: Product.ID, _ access: Access, _ currency: String, in tx: Transaction
  ) throws -> [Buyer] {
    try tx.map(
      """
      SELECT customer.id, customer.name, \(Sales.quantity) AS bought, \(Sales.amount) AS paid
      FROM \(Sales.lines(access)) WHERE sales_order_line.product_id = \(id)
      GROUP BY customer.id, customer.name ORDER BY paid DESC, customer.id LIMIT 10
      """
    ) { row in
      Buyer(
        customer: NamedCustomer(id: try row[0], name: try row[1]), quantity: try row[2],
        amount: Money(row.integer(3), currency))
    }
  }

  private static func months(
    _ id: Product.ID, _ access: Access, _ today: Day, _ currency: String, in tx: Transaction
  ) throws -> [Month] {
    let names = (0..<monthsShown).reversed().map { back -> String in
      let month = today.year * 12 + today.month - 1 - back
      return String(
        (Day(year: max(month / 12, 1), month: month % 12 + 1, day: 1) ?? today).description.prefix(7))
    }
    let rows: [(String, Int64)] = try tx.map(
      """
      SELECT substr(sales_order.ordered_on, 1, 7), \(Sales.amount) FROM \(Sales.lines(access))
      WHERE sales_order_line.product_id = \(id) AND sales_order.ordered_on >= \((names.first ?? "") + "-01")
      GROUP BY substr(sales_order.ordered_on, 1, 7)
      """
    ) { (try $0[0], $0.integer(1)) }
    let sums = Dictionary(rows, uniquingKeysWith: { first, _ in first })
    return names.map { Month(month: $0, amount: Money(sums[$0] ?? 0, currency)) }
  }

  private static func latest(_ id: Product.ID, _ access: Access, in tx: Transaction) throws -> [Sale] {
    try tx.map(
      """
      SELECT sales_order.id, sales_order.outside_id, sales_order.ordered_on, customer.id, customer.name,
        sales_order_line.quantity, sales_order_line.amount, sales_order.currency
      FROM \(Sales.lines(access)) WHERE sales_order_line.product_id = \(id)
      ORDER BY sales_order.ordered_on DESC, sales_order.id DESC, sales_order_line.position LIMIT 10
      """
    ) { row in
      let (order, number): (Order.ID, String?) = (try row[0], try row[1])
      return Sale(
        order: order, number: Order.number(number, order), orderedOn: try row[2],
        customer: NamedCustomer(id: try row[3], name: try row[4]), quantity: try row[5],
        amount: Money(row.integer(6), try row[7]))
    }
  }
}
