import Store

/// Customers with everything that belongs to them, ready to be written in one transaction.
/// Orders and their lines are bare rows: there are millions of them.
struct DemoBatch: Sendable {
  var customers: [Customer] = []
  var contacts: [Contact] = []
  var notes: [Note] = []
  private(set) var tagged: [[Value]] = []
  private(set) var orders: [[Value]] = []
  private(set) var lines: [[Value]] = []

  private static let orderColumns = [
    "id", "customer_id", "ordered_on", "quantity", "amount", "cost", "currency", "base_amount", "base_cost",
    "outside_source", "outside_id", "note", "created_at", "created_by", "updated_at", "updated_by",
  ]
  private static let lineColumns = [
    "id", "order_id", "position", "product_id", "product_name", "quantity", "amount", "cost",
  ]

  mutating func put(_ tag: Tag, on customer: Customer.ID) { tagged.append([customer.value, tag.id.value]) }

  mutating func add(
    _ purchase: Purchase, id: Order.ID, number: String, on day: Day, of customer: Customer, plan: Demo,
    products: [Product], ids: IDSource
  ) {
    let (amount, cost) = (purchase.amount.value, purchase.cost.value)
    let written = plan.instant(purchase.day, hour: 10).value
    let writer = customer.ownerId?.value ?? .null
    orders.append([
      id.value, customer.id.value, day.value, .integer(purchase.pieces * 1000), amount, cost,
      .text(Demo.currency),
      amount, cost, .text(plan.outsideSource), .text(number), .text(purchase.amount < 0 ? "退货" : ""), written,
      writer,
      written, writer,
    ])
    for (index, line) in purchase.lines.enumerated() {
      let product = products[line.item]
      let lineId: OrderLine.ID = ids.next()
      lines.append([
        lineId.value, id.value, .integer(Int64(index + 1)), product.id.value, .text(product.name),
        .integer(line.pieces * 1000), .integer(line.amount), .integer(line.cost),
      ])
    }
  }

  func insert(in tx: Transaction) throws {
    try Customer.add(customers, in: tx)
    try tx.insert(all: contacts)
    try tx.insert(all: notes)
    try tx.append(to: "customer_tag", columns: ["customer_id", "tag_id"], rows: tagged)
    try tx.append(to: Order.table, columns: Self.orderColumns, rows: orders)
    try tx.append(to: OrderLine.table, columns: Self.lineColumns, rows: lines)
    try SalesLedger.add(of: customers.map(\.id), in: tx)
    try Totals.recount(customers.map(\.id), in: tx)
    try Customer.index(customers.map(\.id), in: tx)
  }
}
