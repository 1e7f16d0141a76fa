import Store

/// What new orders of one customer add up to.
private struct AddedOrders {
  private var count: Int64 = 0
  private var quantity: Int64 = 0
  private var amount: Int64 = 0
  private var cost: Int64 = 0
  private(set) var days: Set<Day> = []
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
    days.insert(day)
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

  func values(of customer: Customer.ID) -> [Value] {
    [
      customer.value, count.value, days.count.value, quantity.value, amount.value, cost.value,
      firstOn?.value ?? "".value, lastOn?.value ?? "".value, firstAmount.value,
    ]
  }
}

extension Totals {
  /// Adds new orders to the totals of their customers without reading those there are. Called before they are
  /// written: a day on which there is no purchase yet counts as a further one.
  static func add(_ orders: some Sequence<Order>, in tx: Transaction) throws {
    var added: [Customer.ID: AddedOrders] = [:]
    for order in orders { added[order.customerId, default: AddedOrders()].add(order) }
    try keep(added.sorted { $0.key < $1.key }, in: tx)
    try hold("customer_id IN (SELECT customer_id FROM added_total)", in: tx)
    let isKnown: SQL = """
      EXISTS (SELECT 1 FROM sales_order WHERE sales_order.customer_id = added_day.customer_id
        AND sales_order.ordered_on = added_day.ordered_on AND \(Order.isPurchase))
      """
    try tx.run(
      """
      UPDATE added_total SET purchase_days = purchase_days - known.days
      FROM (SELECT customer_id, count(CASE WHEN \(isKnown) THEN 1 END) AS days FROM added_day GROUP BY customer_id) AS known
      WHERE known.customer_id = added_total.customer_id AND known.days > 0
      """)
    try tx.run(
      """
      UPDATE customer_total SET
        order_count = customer_total.order_count + added.order_count,
        purchase_days = customer_total.purchase_days + added.purchase_days,
        quantity = customer_total.quantity + added.quantity,
        amount = customer_total.amount + added.amount,
        cost = customer_total.cost + added.cost,
        first_on = CASE WHEN customer_total.first_on = '' OR (added.first_on <> '' AND added.first_on < customer_total.first_on)
          THEN added.first_on ELSE customer_total.first_on END,
        last_on = CASE WHEN added.last_on > customer_total.last_on THEN added.last_on ELSE customer_total.last_on END,
        first_amount = CASE
          WHEN added.first_on = '' OR (customer_total.first_on <> '' AND customer_total.first_on < added.first_on)
          THEN customer_total.first_amount
          WHEN customer_total.first_on = added.first_on THEN customer_total.first_amount + added.first_amount
          ELSE added.first_amount END
      FROM added_total AS added WHERE added.customer_id = customer_total.customer_id
      """)
  }

  /// Puts sums where a statement can join them.
  private static func keep(_ added: [(key: Customer.ID, value: AddedOrders)], in tx: Transaction) throws {
    try tx.run(
      """
      CREATE TEMPORARY TABLE IF NOT EXISTS added_total (
        customer_id \(SQL.key), order_count BIGINT NOT NULL, purchase_days BIGINT NOT NULL, quantity BIGINT NOT NULL,
        amount BIGINT NOT NULL, cost BIGINT NOT NULL, first_on TEXT NOT NULL, last_on TEXT NOT NULL,
        first_amount BIGINT NOT NULL)
      """)
    try tx.run(
      "CREATE TEMPORARY TABLE IF NOT EXISTS added_day (customer_id BIGINT NOT NULL, ordered_on TEXT NOT NULL)")
    try tx.run(.empty("added_total"))
    try tx.run(.empty("added_day"))
    try tx.append(
      to: "added_total", columns: AddedOrders.columns, rows: added.lazy.map { $0.value.values(of: $0.key) })
    try tx.append(
      to: "added_day", columns: ["customer_id", "ordered_on"],
      rows: added.lazy.flatMap { customer, orders in orders.days.sorted().map { [customer.value, $0.value] } })
  }
}
