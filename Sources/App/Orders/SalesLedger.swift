import Store

/// What all orders add up to by day, and their lines by product and month: kept beside them, so that nobody adds up millions
/// of rows to show a list.
///
/// Whoever writes orders adds rows of their own, which say what comes and what goes, so that no writer waits for another;
/// ``gather(in:)`` puts those of the same day, or product and month, together. They are of the whole firm.
enum SalesLedger {
  private struct Book {
    let name: String
    let columns: [String]
    let table: SQL
    /// What a row is of, and what it adds up.
    let keys: [SQL]
    let sums: [SQL]

    var key: SQL { keys.joined(", ") }
    var all: SQL { (keys + sums).joined(", ") }
  }

  private static let days = Book(
    name: "order_day", columns: ["ordered_on", "order_count", "quantity", "amount"], table: "order_day",
    keys: ["ordered_on"], sums: ["order_count", "quantity", "amount"])
  private static let months = Book(
    name: "product_month", columns: ["product_id", "month", "order_count", "quantity", "amount", "cost"],
    table: "product_month", keys: ["product_id", "month"], sums: ["order_count", "quantity", "amount", "cost"])

  /// Notes orders that were written, with their lines.
  /// - Parameter areOfProducts: whether any of their lines may name one.
  static func add(_ orders: some Sequence<Order>, areOfProducts: Bool = true, in tx: Transaction) throws {
    try note(orders, areOfProducts, isLeaving: false, in: tx)
  }

  /// The same of all orders of customers who had none before.
  static func add(of customers: [Customer.ID], in tx: Transaction) throws {
    let condition: SQL = "sales_order.customer_id IN \(in: customers)"
    try tx.run("INSERT INTO \(days.table) (\(days.all)) \(byDay(where: condition))")
    try tx.run("INSERT INTO \(months.table) (\(months.all)) \(byMonth(where: condition))")
  }

  /// Notes orders that are about to go, or to be written anew, as they are by now: who else writes one of them is waited for,
  /// and waits from here on. Those that went meanwhile are passed by.
  /// - Returns: those orders.
  @discardableResult
  static func takeOut(_ ids: [Order.ID], in tx: Transaction) throws -> [Order] {
    guard !ids.isEmpty else { return [] }
    let orders: [Order] = try tx.all(
      "SELECT * FROM sales_order WHERE id IN \(in: ids) ORDER BY id\(.locking("sales_order"))")
    try note(orders, true, isLeaving: true, in: tx)
    return orders
  }

  private static func note(
    _ orders: some Sequence<Order>, _ areOfProducts: Bool, isLeaving: Bool, in tx: Transaction
  ) throws {
    var sums: [Day: LedgerSums] = [:]
    for order in orders {
      let added = [1, order.quantity.thousandths, order.baseAmount]
      sums[order.orderedOn, default: LedgerSums(added.count)].add(added, isLeaving: isLeaving)
    }
    guard !sums.isEmpty else { return }
    try tx.append(
      to: days.name, columns: days.columns,
      rows: sums.lazy.flatMap { day, sums in sums.rows.map { [day.value] + $0.map(Value.integer) } })
    guard areOfProducts else { return }
    try tx.run(
      """
      INSERT INTO \(months.table) (\(months.all))
      \(byMonth(where: "sales_order.id IN \(in: orders.map(\.id))", isLeaving: isLeaving))
      """)
  }

  /// Puts rows together that are of the same day, or product and month.
  static func gather(in tx: Transaction) throws {
    for book in [days, months] {
      var sums: [[Value]: LedgerSums] = [:]
      try tx.each(
        """
        DELETE FROM \(book.table)
        WHERE (\(book.key)) IN (SELECT \(book.key) FROM \(book.table) GROUP BY \(book.key) HAVING count(*) > 1)
        RETURNING \(book.all)
        """
      ) { row in
        let key = book.keys.indices.map(row.value)
        sums[key, default: LedgerSums(book.sums.count)].add(
          book.sums.indices.map { row.integer(book.keys.count + $0) }, isLeaving: false)
      }
      try tx.append(
        to: book.name, columns: book.columns,
        rows: sums.lazy.flatMap { key, sums in sums.rows.map { key + $0.map(Value.integer) } })
    }
  }

  /// The same now and then in a long work, so that the rows stay few.
  /// - Parameters:
  ///   - before: records that were done before a portion of it,
  ///   - now: and with it.
  static func gather(after before: Int64, and now: Int64, in tx: Transaction) throws {
    if before / 100_000 != now / 100_000 { try gather(in: tx) }
  }

  /// Adds up all orders anew, and adds what is missing: writers need not wait, for a statement sees orders and what was
  /// noted of them at one moment. Two who did it at the same time would both add it.
  static func recountAll(in tx: Transaction) throws {
    if tx.engine == .postgres { try tx.run("LOCK TABLE order_day, product_month IN SHARE UPDATE EXCLUSIVE MODE") }
    for statement in recount { try tx.run(statement) }
    try recountHeld(
      in: days,
      by: { "SELECT 0, 1, quantity, base_amount FROM sales_order WHERE ordered_on = \($0[0])" }, in: tx)
    try recountHeld(
      in: months,
      by: { key in
        """
        SELECT 0, 1, \(Sales.quantity), \(Sales.amount), \(Sales.cost)
        FROM sales_order_line JOIN sales_order ON sales_order.id = sales_order_line.order_id
        WHERE sales_order_line.product_id = \(key[0]) AND substr(sales_order.ordered_on, 1, 7) = \(key[1])
        GROUP BY sales_order.id
        """
      }, in: tx)
  }

  /// Sums that 64 bits cannot hold, which a statement holds at their end, are made exact, so that what is taken off later
  /// leaves what is there.
  /// - Parameter orders: each of a key, in one statement with what was noted of them, after a nought.
  private static func recountHeld(in book: Book, by orders: ([Value]) -> SQL, in tx: Transaction) throws {
    let isHeld = book.sums.map { "\(SQL.total($0)) IN (\(Int64.max), \(Int64.min))" as SQL }
    let keys = try tx.map(
      "SELECT \(book.key) FROM \(book.table) GROUP BY \(book.key) HAVING \(isHeld.joined(" OR "))"
    ) { row in book.keys.indices.map(row.value) }
    for key in keys {
      var missing = LedgerSums(book.sums.count)
      let isOfKey = zip(book.keys, key).map { "\($0) = \($1)" as SQL }
      try tx.each(
        "\(orders(key)) UNION ALL SELECT 1, \(book.sums.joined(", ")) FROM \(book.table)\(isOfKey.whereClause)"
      ) { row in missing.add(book.sums.indices.map { row.integer($0 + 1) }, isLeaving: row.integer(0) == 1) }
      try tx.append(to: book.name, columns: book.columns, rows: missing.rows.map { key + $0.map(Value.integer) })
    }
  }

  /// The statements that do so.
  static var recount: [SQL] {
    books.map { book, counted in
      """
      INSERT INTO \(book.table) (\(book.all))
      SELECT \(book.key), \(book.sums.map { .minus(said($0), noted($0)) }.joined(", ")) FROM \(missing(in: book, counted))
      """
    }
  }

  private static var books: [(Book, counted: SQL)] {
    [(days, byDay(where: "1 = 1")), (months, byMonth(where: "1 = 1"))]
  }

  private static func noted(_ sum: SQL) -> SQL { .total("noted_\(sum)") }
  private static func said(_ sum: SQL) -> SQL { .total("said_\(sum)") }

  /// Of which days, or products and months, it is not what the orders say. Sums that 64 bits cannot hold are the same where
  /// both are held at the same end.
  private static func missing(in book: Book, _ counted: SQL) -> SQL {
    """
    (SELECT \(book.key), \(book.sums.map { "\($0) AS noted_\($0), 0 AS said_\($0)" as SQL }.joined(", ")) FROM \(book.table)
      UNION ALL SELECT \(book.key), \(book.sums.map { "0, \($0)" as SQL }.joined(", ")) FROM (\(counted)) AS counted) AS both_ways
    GROUP BY \(book.key) HAVING \(book.sums.map { "\(noted($0)) <> \(said($0))" as SQL }.joined(" OR "))
    """
  }

  private static func byDay(where orders: SQL) -> SQL {
    """
    SELECT ordered_on, count(*) AS order_count, \(SQL.total("quantity")) AS quantity, \(SQL.total("base_amount")) AS amount
    FROM sales_order WHERE \(orders) GROUP BY ordered_on
    """
  }

  private static func byMonth(where orders: SQL, isLeaving: Bool = false) -> SQL {
    let count: SQL = "count(DISTINCT sales_order.id)"
    let sold = [Sales.quantity, Sales.amount, Sales.cost]
    let sums = isLeaving ? ["-" + count] + sold.map { .minus("0", $0) } : [count] + sold
    return """
      SELECT sales_order_line.product_id, substr(sales_order.ordered_on, 1, 7) AS month,
        \(zip(sums, months.sums).map { "\($0) AS \($1)" as SQL }.joined(", "))
      FROM sales_order_line JOIN sales_order ON sales_order.id = sales_order_line.order_id
      WHERE sales_order_line.product_id IS NOT NULL AND \(orders)
      GROUP BY sales_order_line.product_id, substr(sales_order.ordered_on, 1, 7)
      """
  }

  /// What was sold of a product.
  static func sold(
    of product: Product.ID, in tx: Transaction
  ) throws -> (orderCount: Int, quantity: Int64, amount: Int64, cost: Int64) {
    let sums = months.sums.map(SQL.total).joined(", ")
    let rows: [(Int, Int64, Int64, Int64)] = try tx.map(
      "SELECT \(sums) FROM product_month WHERE product_id = \(product)"
    ) { (Int($0.integer(0)), $0.integer(1), $0.integer(2), $0.integer(3)) }
    return rows.first ?? (0, 0, 0, 0)
  }

  /// What it brought in each month from one on, by `YYYY-MM`.
  static func amounts(of product: Product.ID, since month: String, in tx: Transaction) throws -> [String: Int64] {
    let rows: [(String, Int64)] = try tx.map(
      """
      SELECT month, \(SQL.total("amount")) FROM product_month WHERE product_id = \(product) AND month >= \(month)
      GROUP BY month
      """
    ) { (try $0[0], $0.integer(1)) }
    return Dictionary(rows, uniquingKeysWith: { first, _ in first })
  }

  /// The orders of some days.
  /// - Parameter conditions: on `ordered_on`.
  static func orders(where conditions: [SQL], in tx: Transaction) throws -> ListSum {
    let sums =
      try tx.map(
        "SELECT \(days.sums.map(SQL.total).joined(", ")) FROM order_day\(conditions.whereClause)"
      ) { row in days.sums.indices.map(row.integer) }.first ?? [0, 0, 0]
    return ListSum(count: Int(sums[0]), sums: Array(sums.dropFirst()), isWhole: true)
  }

  /// How many days, and months of products, are not what the orders say.
  static func differences(in tx: Transaction) throws -> Int {
    try books.reduce(0) { count, pair in
      let (book, counted) = pair
      return count
        + (try tx.value("SELECT count(*) FROM (SELECT \(book.key) FROM \(missing(in: book, counted))) AS missing") ?? 0)
    }
  }
}
