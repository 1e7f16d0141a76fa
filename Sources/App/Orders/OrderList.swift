import Store
import Web

/// One page of the list of orders, with what the whole filter adds up to.
struct OrderList: Codable, Equatable, Sendable {
  struct Row: Codable, Equatable, Sendable {
    let id: Order.ID
    let number: String
    let customer: NamedCustomer
    let orderedOn: Day
    let isReturn: Bool
    let quantity: Quantity
    let amount: Money
  }

  let filter: OrderFilter
  let orders: Slice<Row>
  let count: Int
  /// Whether `count` is how many there are; else there are more, and the query `count=all` counts them.
  let isCounted: Bool
  /// Nil where not everything was counted.
  let quantity: Quantity?
  /// In the firm's currency.
  let amount: Money?
  /// What the customer and the product of the filter are called.
  let customerName: String?
  let productName: String?

  static let pageSize = 50

  static func read(
    _ filter: OrderFilter, _ access: Access, today: Day, currency: String, in tx: Transaction
  ) throws -> OrderList {
    let conditions = try filter.conditions(access, today: today, in: tx)
    let found = try tx.slice(
      """
      SELECT sales_order.id, sales_order.outside_id, sales_order.ordered_on, sales_order.quantity,
        sales_order.amount, sales_order.currency, sales_order.customer_id, customer.name AS customer_name
      FROM sales_order JOIN customer ON customer.id = sales_order.customer_id
      """,
      where: conditions, by: OrderFilter.order, at: filter.place, limit: pageSize
    ) { (row: Stored) in (row.orderedOn.value, row.id.raw) }
    let sums = try sums(filter, conditions, access, in: tx)
    let known = sums.isWhole ? sums.sums : nil
    return OrderList(
      filter: filter, orders: found.map(\.row), count: sums.count, isCounted: sums.isWhole,
      quantity: known.map { Quantity(thousandths: $0[0]) }, amount: known.map { Money($0[1], currency) },
      customerName: try filter.customer.flatMap { try Customer.find($0, access, in: tx)?.name },
      productName: try filter.product.flatMap { try Product.find($0, in: tx)?.name })
  }

  private static func sums(
    _ filter: OrderFilter, _ conditions: [SQL], _ access: Access, in tx: Transaction
  ) throws -> ListSum {
    let found = try ListSum.read(
      ["sales_order.quantity", "sales_order.base_amount"],
      from: "sales_order JOIN customer ON customer.id = sales_order.customer_id", where: conditions,
      filter.isOfWholeCustomers ? nil : filter.count, in: tx)
    guard !found.isWhole, filter.count == .all else { return found }
    // The totals of customers say it sooner.
    let one: SQL = filter.customer.map { " AND customer_id = \($0)" } ?? .nothing
    let totals: SQL = """
      SELECT \(SQL.total("order_count")), \(SQL.total("quantity")), \(SQL.total("amount")) FROM customer_total
      WHERE order_count > 0 AND \(access.totals)\(one)
      """
    let sums = try tx.map(totals) { row in (0...2).map(row.integer) }.first ?? [0, 0, 0]
    return ListSum(count: Int(sums[0]), sums: Array(sums.dropFirst()), isWhole: true)
  }

  /// The columns a row of the list is made from.
  private struct Stored: Decodable {
    let id: Order.ID
    let outsideId: String?
    let orderedOn: Day
    let quantity: Quantity
    let amount: Int64
    let currency: String
    let customerId: Customer.ID
    let customerName: String

    var row: Row {
      Row(
        id: id, number: Order.number(outsideId, id),
        customer: NamedCustomer(id: customerId, name: customerName),
        orderedOn: orderedOn, isReturn: amount < 0 || quantity.thousandths < 0, quantity: quantity,
        amount: Money(amount, currency))
    }
  }
}

/// Which customer is meant, and what it is called.
struct NamedCustomer: Codable, Equatable, Sendable {
  let id: Customer.ID
  let name: String
}
