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
  let quantity: Quantity
  /// In the firm's currency.
  let amount: Money
  /// What the customer and the product of the filter are called.
  let customerName: String?
  let productName: String?

  static let pageSize = 50

  static func read(
    _ filter: OrderFilter, _ access: Access, today: Day, currency: String, in tx: Transaction
  ) throws -> OrderList {
    let conditions = filter.conditions(access, today: today)
    let found = try tx.slice(
      """
      SELECT sales_order.id, sales_order.outside_id, sales_order.ordered_on, sales_order.quantity,
        sales_order.amount, sales_order.currency, sales_order.customer_id, customer.name AS customer_name
      FROM sales_order JOIN customer ON customer.id = sales_order.customer_id
      """,
      where: conditions, by: OrderFilter.order, at: filter.place, limit: pageSize
    ) { (row: Stored) in (row.orderedOn.value, row.id.raw) }
    let sums = try sums(filter, conditions, access, in: tx)
    return OrderList(
      filter: filter, orders: found.map(\.row), count: Int(sums.count),
      quantity: Quantity(thousandths: sums.quantity),
      amount: Money(sums.amount, currency),
      customerName: try filter.customer.flatMap { try Customer.find($0, access, in: tx)?.name },
      productName: try filter.product.flatMap { try Product.find($0, in: tx)?.name })
  }

  private static func sums(
    _ filter: OrderFilter, _ conditions: [SQL], _ access: Access, in tx: Transaction
  ) throws -> (count: Int64, quantity: Int64, amount: Int64) {
    let sums: SQL
    if filter.isOfWholeCustomers {
      let one: SQL = filter.customer.map { " AND customer_id = \($0)" } ?? .nothing
      sums = """
        SELECT \(SQL.total("order_count")), \(SQL.total("quantity")), \(SQL.total("amount")) FROM customer_total
        WHERE order_count > 0 AND \(access.totals)\(one)
        """
    } else {
      sums = """
        SELECT count(*), \(SQL.total("sales_order.quantity")), \(SQL.total("sales_order.base_amount"))
        FROM sales_order JOIN customer ON customer.id = sales_order.customer_id\(conditions.whereClause)
        """
    }
    return try tx.map(sums) { ($0.integer(0), $0.integer(1), $0.integer(2)) }.first ?? (0, 0, 0)
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
