import Store

/// What new orders of one customer add up to.
private struct AddedOrders {
  private var count: Int64 = 0
  private var quantity: Int64 = 0
  private var amount: Int64 = 0
  private var cost: Int64 = 0
  private(set) var days: [Day] = []
  private var firstOn: Day?
  private var lastOn: Day?
  private var firstAmount: Int64 = 0

  mutating func add(_ order: Order) {
    count += 1
    quantity = quantity.clampedPlus(order.quantity.thousandths)
    amount = amount.clampedPlus(order.baseAmount)
    cost = cost.clampedPlus(order.baseCost)
    guard !order.isReturn else { return }
    let day = order.orderedOn
    if days.last != day, !days.contains(day) { days.append(day) }
    lastOn = max(lastOn ?? day, day)
    if let firstOn, firstOn <= day {
      if firstOn == day { firstAmount = firstAmount.clampedPlus(order.baseAmount) }
    } else {
      (firstOn, firstAmount) = (day, order.baseAmount)
    }
  }

  static let columns = [
    "customer_id", "order_count", "purchase_days", "quantity", "amount", "cost", "first_on", "last_on", "first_amount",
  ]

  /// - Parameter known: days on which there is a purchase already.
  func values(of customer: Customer.ID, known: Int) -> [Value] {
    [
      customer.value, count.value, (days.count - known).value, quantity.value, amount.value, cost.value,
      firstOn?.value ?? "".value, lastOn?.value ?? "".value, firstAmount.value,
    ]
  }

  /// What they change in the row that is there.
  static let changes =
    ["order_count", "purchase_days", "quantity", "amount", "cost"].map {
      "\($0) = customer_total.\($0) + excluded.\($0)"
    }
    + [
      """
      first_on = CASE WHEN customer_total.first_on = '' OR (excluded.first_on <> '' AND excluded.first_on < customer_total.first_on)
        THEN excluded.first_on ELSE customer_total.first_on END
      """,
      """
      last_on = CASE WHEN excluded.last_on > customer_total.last_on THEN excluded.last_on ELSE customer_total.last_on END
      """,
      """
      first_amount = CASE
        WHEN excluded.first_on = '' OR (customer_total.first_on <> '' AND customer_total.first_on < excluded.first_on)
        THEN customer_total.first_amount
        WHEN customer_total.first_on = excluded.first_on THEN customer_total.first_amount + excluded.first_amount
        ELSE excluded.first_amount END
      """,
    ]
}

/// Orders in the order of their customers, added up one customer at a time: there may be hundreds of thousands.
private struct AddedByCustomer<Orders: Sequence<Order>>: Sequence, IteratorProtocol {
  private var orders: Orders.Iterator
  private var upcoming: Order?

  init(_ orders: Orders) {
    self.orders = orders.makeIterator()
    upcoming = self.orders.next()
  }

  mutating func next() -> (customer: Customer.ID, added: AddedOrders)? {
    guard let customer = upcoming?.customerId else { return nil }
    var added = AddedOrders()
    while let order = upcoming, order.customerId == customer {
      added.add(order)
      upcoming = orders.next()
    }
    return (customer, added)
  }
}

extension Totals {
  /// Adds new orders to the totals of their customers without reading those there are. Called before they are
  /// written: a day on which there is no purchase yet counts as a further one.
  /// - Parameter orders: in the order of their customers' ids.
  static func add(_ orders: some Sequence<Order>, in tx: Transaction) throws {
    let known = try knownDays(of: orders, in: tx)
    try tx.merge(
      into: "customer_total", columns: AddedOrders.columns,
      rows: AddedByCustomer(orders).lazy.map { $0.added.values(of: $0.customer, known: known[$0.customer] ?? 0) },
      key: "customer_id", set: AddedOrders.changes)
  }

  /// On how many of the days of new orders there is a purchase already, of customers where there are any. From here on
  /// nobody else writes orders of these customers.
  private static func knownDays(of orders: some Sequence<Order>, in tx: Transaction) throws -> [Customer.ID: Int] {
    try list(AddedByCustomer(orders).lazy.map { [$0.customer.value, "".value] }, in: tx)
    var known: [Customer.ID: Int] = [:]
    var inside: [(customer: Customer.ID, day: Day)] = []
    var added = AddedByCustomer(orders)
    // Not as `customer_id IN …`, which forgets that they are in order.
    try tx.each(
      """
      SELECT customer_total.customer_id, first_on, last_on
      FROM added_day JOIN customer_total ON customer_total.customer_id = added_day.customer_id
      ORDER BY customer_total.customer_id\(.holding("customer_total"))
      """
    ) { row in
      let customer: Customer.ID = try row[0]
      while let (id, orders) = added.next() {
        guard id == customer else { continue }
        // Most days come after the last purchase, or are that of the last.
        guard let first = try Day(row[1] as String), let last = try Day(row[2] as String) else { break }
        for day in orders.days where first...last ~= day {
          if day == first || day == last { known[id, default: 0] += 1 } else { inside.append((id, day)) }
        }
        break
      }
    }
    try list(inside.lazy.map { [$0.customer.value, $0.day.value] }, in: tx)
    try tx.each(
      """
      SELECT customer_id FROM added_day WHERE EXISTS (SELECT 1 FROM sales_order
        WHERE sales_order.customer_id = added_day.customer_id AND sales_order.ordered_on = added_day.ordered_on
        AND \(Order.isPurchase))
      """
    ) { row in known[ID(raw: row.integer(0)), default: 0] += 1 }
    return known
  }

  /// So that the database can be asked about very many at once.
  private static func list(_ days: some Sequence<[Value]>, in tx: Transaction) throws {
    try tx.run(
      "CREATE TEMPORARY TABLE IF NOT EXISTS added_day (customer_id BIGINT NOT NULL, ordered_on TEXT NOT NULL)")
    try tx.run(.empty("added_day"))
    try tx.append(to: "added_day", columns: ["customer_id", "ordered_on"], rows: days)
  }
}
