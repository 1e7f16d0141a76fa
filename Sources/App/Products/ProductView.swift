import Store
import Web

/// One product, as its page shows it: facts, and what was sold of it to whom and when.
struct ProductView: Codable, Equatable, Sendable, Tagged {
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
  /// Those who bought most of it; nil where that takes a while, and was not asked for.
  let buyers: [Buyer]?
  /// The last 24 months, oldest first.
  let months: [Month]
  let latestSales: [Sale]
  let updatedAt: Instant
  let updatedBy: String

  var tag: String? { updatedAt.description }

  static let monthsShown = 24

  /// What the page is asked for besides.
  struct Wish: Codable, Sendable {
    /// Those who bought most, also where finding them takes a while.
    var buyers: ListSum.Counting?
  }

  /// So many orders are gone through while somebody waits for the page.
  private static let few = 5_000

  static func read(
    _ id: Product.ID, _ wish: Wish, _ access: Access, today: Day, currency: String, in tx: Transaction
  ) throws -> ProductView? {
    guard let product = try Product.find(id, in: tx) else { return nil }
    let sold = try SalesLedger.sold(of: id, in: tx)
    let names = try User.names(of: [product.updatedBy].compactMap(\.self), in: tx)
    let isFew = sold.orderCount <= few
    return ProductView(
      id: id, facts: ProductInput(product), name: product.name,
      price: product.price.map { Money($0, product.currency) },
      cost: product.cost.map { Money($0, product.currency) },
      isUsed: try product.isUsed(in: tx), orderCount: sold.orderCount, quantity: Quantity(thousandths: sold.quantity),
      amount: Money(sold.amount, currency),
      margin: Money(sold.amount.clampedMinus(sold.cost), currency),
      buyers: try isFew || wish.buyers == .all ? buyers(id, access, currency, in: tx) : nil,
      months: try months(id, today, currency, in: tx),
      latestSales: try latest(id, isFew, access, today, in: tx), updatedAt: product.updatedAt,
      updatedBy: product.updatedBy.flatMap { names[$0] } ?? "")
  }

  private static func buyers(
    _ id: Product.ID, _ access: Access, _ currency: String, in tx: Transaction
  ) throws -> [Buyer] {
    try tx.map(
      """
      SELECT customer.id, customer.name, \(Sales.quantity) AS bought, \(Sales.amount) AS paid
      FROM \(Sales.lines(access)) WHERE sales_order_line.product_id = \(id)
        AND customer.kind <> \(Customer.Kind.walkIn)
      GROUP BY customer.id, customer.name ORDER BY paid DESC, customer.id LIMIT 10
      """
    ) { row in
      Buyer(
        customer: NamedCustomer(id: try row[0], name: try row[1]), quantity: try row[2],
        amount: Money(row.integer(3), currency))
    }
  }

  private static func months(
    _ id: Product.ID, _ today: Day, _ currency: String, in tx: Transaction
  ) throws -> [Month] {
    let names = (0..<monthsShown).reversed().map { back -> String in
      let month = today.year * 12 + today.month - 1 - back
      return String(
        (Day(year: max(month / 12, 1), month: month % 12 + 1, day: 1) ?? today).description.prefix(7))
    }
    let sums = try SalesLedger.amounts(of: id, since: names.first ?? "", in: tx)
    return names.map { Month(month: $0, amount: Money(sums[$0] ?? 0, currency)) }
  }

  private static func latest(
    _ id: Product.ID, _ isFew: Bool, _ access: Access, _ today: Day, in tx: Transaction
  ) throws -> [Sale] {
    let (filter, shown) = (OrderFilter(product: id), 10)
    let all = filter.conditions(access, today: today)
    let met = filter.conditions(access, today: today, isMet: true)
    let orders =
      try isFew
      ? tx.slice(idsFrom: OrderFilter.rows, where: all, by: OrderFilter.order, at: nil, limit: shown)
      : filter.page(met: met, all: all, today: today, limit: shown, in: tx)
    return try tx.map(
      """
      SELECT sales_order.id, sales_order.outside_id, sales_order.ordered_on, customer.id, customer.name,
        sales_order_line.quantity, sales_order_line.amount, sales_order.currency
      FROM \(Sales.lines(access)) WHERE sales_order.id IN \(in: orders.items)
        AND \(SQL.unindexed("sales_order_line.product_id")) = \(id)
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
