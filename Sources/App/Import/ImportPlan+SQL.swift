import Store

extension ImportPlan {
  /// Writes the plan, with totals, search and what is needed to undo it, in the same transaction.
  func write(for record: Import, in tx: Transaction) throws {
    try tx.insert(all: products)
    try tx.insert(all: fields)
    try tx.insert(all: tags)
    try Customer.add(customers, in: tx)
    for change in changedCustomers { try tx.update(change.after) }
    try tx.insert(all: contacts)
    for change in changedContacts { try tx.update(change.after) }
    try tx.append(
      to: "customer_tag", columns: ["customer_id", "tag_id"], rows: taggings.map { [$0.customer.value, $0.tag.value] })
    if !orders.isEmpty { try Totals.add(orders.lazy.map(\.order), in: tx) }
    let changed = try writeOrders(in: tx)
    if !orders.isEmpty { try Totals.settleReturns(of: orders.lazy.map(\.order), in: tx) }
    try Totals.recount(changed, in: tx)
    try Customer.index(searched, in: tx)
    try Product.index(products.map(\.id), in: tx)
    try tx.append(
      to: "import_change", columns: ImportChange.columns,
      rows: try changes(from: record.changes).lazy.map { $0.values(of: record.id) })
  }

  /// - Returns: whose orders changed, other than by new ones.
  private func writeOrders(in tx: Transaction) throws -> [Customer.ID] {
    let old = try SalesLedger.takeOut(changedOrders.map(\.after.order.id), in: tx)
    try tx.append(to: Order.table, columns: OrderImage.orderColumns, rows: orders.lazy.map(\.orderValues))
    for change in changedOrders {
      guard try tx.update(change.after.order) else { throw StoreError.conflict("an order was deleted") }
      guard change.before.lines != change.after.lines else { continue }
      try tx.run("DELETE FROM sales_order_line WHERE order_id = \(change.after.order.id)")
    }
    let replaced = changedOrders.filter { $0.before.lines != $0.after.lines }.map(\.after)
    let lines = [orders, replaced].lazy.joined().flatMap(\.lineValues)
    try tx.append(to: OrderLine.table, columns: OrderImage.lineColumns, rows: lines)
    try SalesLedger.add(
      [orders, changedOrders.map(\.after)].lazy.joined().map(\.order),
      areOfProducts: !changedOrders.isEmpty || orders.contains { $0.lines.contains { $0.productId != nil } }, in: tx)
    return Set(old.map(\.customerId) + changedOrders.map(\.after.order.customerId)).sorted()
  }

  /// How many records it makes or changes.
  var changeCount: Int {
    products.count + fields.count + tags.count + customers.count + changedCustomers.count + contacts.count
      + changedContacts.count
      + taggings.count + orders.count + changedOrders.count
  }
}

/// Bare rows: there may be millions of them.
extension OrderImage {
  static let orderColumns = [
    "id", "customer_id", "ordered_on", "quantity", "amount", "cost", "currency", "base_amount", "base_cost",
    "outside_source", "outside_id", "note", "created_at", "created_by", "updated_at", "updated_by",
  ]
  static let lineColumns = [
    "id", "order_id", "position", "product_id", "product_name", "quantity", "amount", "cost",
  ]

  var orderValues: [Value] {
    [
      order.id.value, order.customerId.value, order.orderedOn.value, order.quantity.value, order.amount.value,
      order.cost.value, order.currency.value, order.baseAmount.value, order.baseCost.value,
      order.outsideSource.value, order.outsideId?.value ?? .null, order.note.value, order.createdAt.value,
      order.createdBy?.value ?? .null, order.updatedAt.value, order.updatedBy?.value ?? .null,
    ]
  }

  var lineValues: [[Value]] {
    lines.map { line in
      [
        line.id.value, line.orderId.value, line.position.value, line.productId?.value ?? .null,
        line.productName.value, line.quantity.value, line.amount.value, line.cost.value,
      ]
    }
  }
}
