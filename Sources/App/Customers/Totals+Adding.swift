import Store

/// What new orders of one customer add up to.
private struct AddedOrders {
  let customer: Customer.ID
  /// Days of them on which there is a purchase already.
  var known = 0
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

  init(customer: Customer.ID) { self.customer = customer }

  var values: [Value] {
    [
      customer.value, count.value, (days.count - known).value, quantity.value, amount.value, cost.value,
      firstOn?.value ?? "".value, lastOn?.value ?? "".value, firstAmount.value,
    ]
  }

  /// What they change in the row that is there.
  static let changes: [SQL] =
    (["order_count", "purchase_days", "quantity", "amount", "cost"] as [SQL]).map {
      "\($0) = \(SQL.plus("customer_total.\($0)", "excluded.\($0)"))"
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
        WHEN customer_total.first_on = excluded.first_on THEN \(SQL.plus("customer_total.first_amount", "excluded.first_amount"))
        ELSE excluded.first_amount END
      """,
    ]
}

extension Totals {
  /// Adds new orders to the totals of their customers without reading those there are. Called before they are
  /// written: a day on which there is no purchase yet counts as a further one.
  /// - Parameter orders: in the order of their customers' ids.
  static func add(_ orders: some Sequence<Order>, in tx: Transaction) throws {
    var added = sums(of: orders)
    try findKnownDays(of: &added, in: tx)
    try tx.merge(
      into: "customer_total", columns: AddedOrders.columns, rows: added.lazy.map(\.values), key: "customer_id",
      set: AddedOrders.changes)
  }

  private static func sums(of orders: some Sequence<Order>) -> [AddedOrders] {
    var sums: [AddedOrders] = []
    sums.reserveCapacity(orders.underestimatedCount)
    for order in orders {
      if sums.last?.customer != order.customerId { sums.append(AddedOrders(customer: order.customerId)) }
      sums[sums.count - 1].add(order)
    }
    return sums
  }

  /// Notes on how many of the days of new orders there is a purchase already. From here on nobody else writes orders of
  /// these customers.
  private static func findKnownDays(of added: inout [AddedOrders], in tx: Transaction) throws {
    var inside: [(place: Int, customer: Customer.ID, day: Day)] = []
    var place = 0
    try tx.each(
      """
      SELECT customer_id, first_on, last_on FROM \(.rows(added.map(\.customer)))
      CROSS JOIN customer_total WHERE customer_id = listed.value ORDER BY customer_id\(.locking("customer_total"))
      """
    ) { row in
      while place < added.count, added[place].customer.raw < row.integer(0) { place += 1 }
      // Most days come after the last purchase, or are that of the last.
      guard place < added.count, let first = try Day(row[1] as String), let last = try Day(row[2] as String) else {
        return
      }
      for day in added[place].days where day >= first && day <= last {
        if day == first || day == last {
          added[place].known += 1
        } else {
          inside.append((place, added[place].customer, day))
        }
      }
    }
    guard !inside.isEmpty else { return }
    try tx.run(
      """
      CREATE TEMPORARY TABLE IF NOT EXISTS added_day (
        place BIGINT, customer_id BIGINT NOT NULL, ordered_on TEXT\(SQL.byteOrder) NOT NULL)
      """
    )
    try tx.run(.empty("added_day"))
    try tx.append(
      to: "added_day", columns: ["place", "customer_id", "ordered_on"],
      rows: inside.lazy.map { [$0.place.value, $0.customer.value, $0.day.value] })
    try tx.each(
      """
      SELECT place FROM added_day WHERE EXISTS (SELECT 1 FROM sales_order
        WHERE sales_order.customer_id = added_day.customer_id AND sales_order.ordered_on = added_day.ordered_on
        AND \(Order.isPurchase))
      """
    ) { row in added[Int(row.integer(0))].known += 1 }
  }
}
