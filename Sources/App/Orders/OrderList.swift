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

  /// - Parameter few: so many orders are looked at one by one; more are walked through, from the newest on.
  static func read(
    _ filter: OrderFilter, _ access: Access, today: Day, currency: String, few: Int = 30_000, in tx: Transaction
  ) throws -> OrderList {
    let (ids, sums) = try look(filter, access, today: today, few, in: tx)
    let stored = try Stored.of(ids.items, in: tx)
    let known = sums.isWhole ? sums.sums : nil
    return OrderList(
      filter: filter, orders: Slice(items: ids.items.compactMap { stored[$0] }, previous: ids.previous, next: ids.next),
      count: sums.count, isCounted: sums.isWhole,
      quantity: known.map { Quantity(thousandths: $0[0]) }, amount: known.map { Money($0[1], currency) },
      customerName: try filter.customer.flatMap { try Customer.find($0, access, in: tx)?.name },
      productName: try filter.product.flatMap { try Product.find($0, in: tx)?.name })
  }

  private static let added: [SQL] = ["sales_order.quantity", "sales_order.base_amount"]

  private typealias Look = (ids: Slice<Order.ID>, sums: ListSum)

  /// The page, and how many there are.
  private static func look(
    _ filter: OrderFilter, _ access: Access, today: Day, _ few: Int, in tx: Transaction
  ) throws -> Look {
    let all = filter.conditions(access, today: today)
    let met = filter.conditions(access, today: today, isMet: true)
    if let q = filter.q, let query = filter.query {
      return try search(
        OrderFilter.found(q, query, in: tx), OrderFilter.holds(q, query), filter, met, all, today: today, few, in: tx)
    }
    let sold = try filter.product.map { try SalesLedger.sold(of: $0, in: tx).orderCount } ?? 0
    let page =
      try sold > few
      ? filter.page(met: met, all: all, today: today, limit: pageSize, in: tx)
      : tx.slice(
        idsFrom: OrderFilter.rows, where: all, by: OrderFilter.order, at: filter.position, limit: pageSize)
    if filter.isOfDays { return (page, try SalesLedger.orders(where: filter.days(today: today), in: tx)) }
    if filter.isOfProduct, sold > ListSum.most, filter.count != .all {
      return (page, ListSum(count: ListSum.most, sums: [], isWhole: false))
    }
    return (page, try ListSum.read(added, from: OrderFilter.rows, where: all, filter.count, in: tx))
  }

  /// Where very many are found, some of them tell that.
  /// - Parameters:
  ///   - found: the ids of what is searched for, each once.
  ///   - holds: the same of a row at hand.
  private static func search(
    _ found: SQL, _ holds: SQL, _ filter: OrderFilter, _ met: [SQL], _ all: [SQL], today: Day, _ few: Int,
    in tx: Transaction
  ) throws -> Look {
    let slice: CandidateSlice<Order> = try tx.slice(
      of: found, few: few, from: OrderFilter.rows, where: met, by: OrderFilter.order, at: filter.position,
      limit: pageSize, adding: added)
    switch slice {
    case .few(let page, let count, let sums): return (page, ListSum(count: count, sums: sums, isWhole: true))
    case .many(let first):
      func sums(_ conditions: [SQL]) throws -> ListSum {
        try ListSum.read(added, from: OrderFilter.rows, where: conditions, filter.count, in: tx)
      }
      // Those of some days are gone through one by one, others found by the index.
      let isShort = try SalesLedger.orders(where: filter.days(today: today), in: tx).count <= few * 15
      let all = isShort ? met + [holds] : all + ["sales_order.id IN (\(found))"]
      let page =
        try isShort
        ? tx.slice(idsFrom: OrderFilter.rows, where: all, by: OrderFilter.order, at: filter.position, limit: pageSize)
        : filter.page(met: met + [holds], all: all, today: today, limit: pageSize, in: tx)
      if filter.count == .all { return (page, try sums(all)) }
      let some = try sums(met + ["sales_order.id IN \(in: Array(first.prefix(6_000)))"])
      return (page, some.isWhole ? try sums(all) : some)
    }
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

    static func of(_ ids: [Order.ID], in tx: Transaction) throws -> [Order.ID: Row] {
      let rows: [Stored] = try tx.all(
        """
        SELECT sales_order.id, sales_order.outside_id, sales_order.ordered_on, sales_order.quantity,
          sales_order.amount, sales_order.currency, sales_order.customer_id, customer.name AS customer_name
        FROM \(OrderFilter.rows) WHERE sales_order.id IN \(in: ids)
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
