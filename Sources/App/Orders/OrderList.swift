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
    let (ids, sums) = try look(filter, access, today: today, in: tx)
    let stored = try Stored.of(ids.items, in: tx)
    let known = sums.isWhole ? sums.sums : nil
    return OrderList(
      filter: filter, orders: Slice(items: ids.items.compactMap { stored[$0] }, previous: ids.previous, next: ids.next),
      count: sums.count, isCounted: sums.isWhole,
      quantity: known.map { Quantity(thousandths: $0[0]) }, amount: known.map { Money($0[1], currency) },
      customerName: try filter.customer.flatMap { try Customer.find($0, access, in: tx)?.name },
      productName: try filter.product.flatMap { try Product.find($0, in: tx)?.name })
  }

  private static let rows: SQL = "sales_order JOIN customer ON customer.id = sales_order.customer_id"
  private static let added: [SQL] = ["sales_order.quantity", "sales_order.base_amount"]

  /// The page, and how many there are.
  private static func look(
    _ filter: OrderFilter, _ access: Access, today: Day, in tx: Transaction
  ) throws -> (ids: Slice<Order.ID>, sums: ListSum) {
    let sold = try filter.product.map { try SalesLedger.sold(of: $0, in: tx).orderCount } ?? 0
    let conditions = filter.conditions(access, today: today, isOften: sold > often)
    func page(_ conditions: [SQL], from rows: SQL = rows) throws -> Slice<Order.ID> {
      try tx.slice(idsFrom: rows, where: conditions, by: OrderFilter.order, at: filter.place, limit: pageSize)
    }
    func sums(_ conditions: [SQL]) throws -> ListSum {
      try ListSum.read(added, from: rows, where: conditions, filter.count, in: tx)
    }
    guard let q = filter.q, let query = filter.query else {
      let known =
        if filter.isOfDays {
          try SalesLedger.orders(where: filter.days(today: today), in: tx)
        } else if filter.isOfProduct, sold > ListSum.most, filter.count != .all {
          ListSum(count: ListSum.most, sums: [], isWhole: false)
        } else {
          try sums(conditions)
        }
      return (try page(conditions), known)
    }
    let found = try OrderFilter.found(q, query, in: tx)
    let slice: CandidateSlice<Order> = try tx.slice(
      of: found, from: rows, where: conditions, by: OrderFilter.order, at: filter.place, limit: pageSize, adding: added)
    switch slice {
    case .few(let page, let count, let sums): return (page, ListSum(count: count, sums: sums, isWhole: true))
    case .many(let first):
      if filter.count == .all {
        return (
          try page(conditions + ["sales_order.id IN (\(found))"]),
          try sums(conditions + ["sales_order.id IN (\(found))"])
        )
      }
      // Of so many the newest are soon met, and very many are told by the first of them.
      let some = try sums(conditions + ["sales_order.id IN \(in: first)"])
      let holding = conditions + [OrderFilter.holds(q, query)]
      return (try page(holding), some.isWhole ? try sums(holding) : some)
    }
  }

  /// So many orders of a product are more than are looked at one by one.
  private static let often = 6_000

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

    static func of(_ ids: [Order.ID], in tx: Transaction) throws -> [Order.ID: Row] {
      let rows: [Stored] = try tx.all(
        """
        SELECT sales_order.id, sales_order.outside_id, sales_order.ordered_on, sales_order.quantity,
          sales_order.amount, sales_order.currency, sales_order.customer_id, customer.name AS customer_name
        FROM \(OrderList.rows) WHERE sales_order.id IN \(in: ids)
        """)
      return Dictionary(rows.map { ($0.id, $0.row) }, uniquingKeysWith: { first, _ in first })
    }

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
