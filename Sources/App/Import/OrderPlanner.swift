import Store
import Web

/// Works out what orders of a file change.
struct OrderPlanner: Sendable {
  let context: ImportContext

  func plan(_ portion: ImportPortion, _ memory: inout ImportMemory, in tx: Transaction) throws -> ImportPlan {
    let filed = portion.orders
    var plan = ImportPlan()
    plan.orders.reserveCapacity(filed.count)
    let present = try Self.present((filed.map(\.number) + portion.leftOut.map(\.number)), context.source, in: tx)
    for left in portion.leftOut where present[left.number] != nil { plan.warn(.cancelledSince, left.line, left.number) }
    let customers = try CustomerFinder(filed.lazy.map(\.customer.sought), context, in: tx)
    let reachable = try self.reachable(filed, customers, memory, in: tx)
    try warnOfReturns(filed, present, &plan, in: tx)
    let products = try ProductFinder(filed.lazy.flatMap(\.lines), context, in: tx)
    var bought: [(index: Int, customer: Customer.ID)] = []
    bought.reserveCapacity(filed.count)
    for (index, order) in filed.enumerated() {
      let customer = try self.customer(of: order, present[order.number], customers, reachable, &memory, &plan, in: tx)
      if let customer { bought.append((index, customer)) }
    }
    // The index of orders by customer is far larger than a cache: it is gone through once, from its beginning.
    bought.sort { ($0.customer, $0.index) < ($1.customer, $1.index) }
    for (index, customer) in bought {
      let order = filed[index]
      let old = present[order.number]
      // Nothing is made for lines that are not written.
      let written = mayWriteLines(of: old) ? order.lines : []
      let lines = written.map { ($0, products.product(of: $0, context, &memory, &plan)) }
      place(order, old, customer, lines, &plan)
    }
    return plan
  }

  /// The customers there are already of orders that tell a phone.
  private func reachable(
    _ filed: [FiledOrder], _ finder: CustomerFinder, _ memory: ImportMemory, in tx: Transaction
  ) throws -> [Customer.ID: Customer] {
    let ids = filed.compactMap { order -> Customer.ID? in
      guard !order.customer.phones.isEmpty else { return nil }
      return switch finder.find(order.customer.sought, memory) {
      case .found(let id), .named(let id), .adopted(let id): id
      case .several, nil: nil
      }
    }
    return try KnownCustomers(Set(ids).sorted(), in: tx).customers
  }

  /// Returns that were made of an order and that the file tells no more: they stay, which a person should know.
  private func warnOfReturns(
    _ filed: [FiledOrder], _ present: [String: OrderImage], _ plan: inout ImportPlan, in tx: Transaction
  ) throws {
    guard !context.columns.isDisjoint(with: ["refund_amount", "status", "type"]) else { return }
    let told = Set(filed.map(\.number))
    let again = filed.filter { !$0.isRefund && present[$0.number] != nil }
    let gone = again.filter { !told.contains($0.number + "-R") }
    let stay = try Self.present(gone.map { $0.number + "-R" }, context.source, in: tx)
    for order in gone where stay[order.number + "-R"] != nil {
      plan.warn(.returnStays, order.line, order.number + "-R")
    }
  }

  private static func present(
    _ numbers: [String], _ source: String, in tx: Transaction
  ) throws -> [String: OrderImage] {
    let orders: [Order] = try tx.all(
      """
      SELECT sales_order.* FROM \(.rows(Set(numbers).sorted()))
      CROSS JOIN sales_order WHERE outside_source = \(source) AND outside_id = listed.value
      """)
    guard !orders.isEmpty else { return [:] }
    let lines: [OrderLine] = try tx.all(
      "SELECT * FROM sales_order_line WHERE order_id IN \(in: orders.map(\.id)) ORDER BY order_id, position, id")
    let byOrder = Dictionary(grouping: lines, by: \.orderId)
    return Dictionary(
      orders.map { ($0.outsideId ?? "", OrderImage(order: $0, lines: byOrder[$0.id] ?? [])) },
      uniquingKeysWith: { first, _ in first })
  }

  private func mayWrite(_ field: String, of old: OrderImage?) -> Bool {
    old == nil || context.options.mayWrite(field, isEmpty: false)
  }

  /// Lines that do not add up to the amount would say something else than the order.
  private func mayWriteLines(of old: OrderImage?) -> Bool {
    ["product_id", "product_name", "amount"].allSatisfy { mayWrite($0, of: old) }
  }

  /// Whose order it is; the customer is made when nobody is found. Nil when several could be meant.
  private func customer(
    of order: FiledOrder, _ old: OrderImage?, _ finder: CustomerFinder, _ reachable: [Customer.ID: Customer],
    _ memory: inout ImportMemory, _ plan: inout ImportPlan, in tx: Transaction
  ) throws -> Customer.ID? {
    let name = order.customer
    // An order that was given to somebody by hand is not taken back.
    if let old, name.isWalkIn || !mayWrite("customer_id", of: old) || !mayWrite("customer_name", of: old) {
      return old.order.customerId
    }
    switch finder.find(name.sought, memory) {
    case .several:
      if let old, name.number.isEmpty { return old.order.customerId }
      plan.reject(order.rows, .severalCustomers, column: "", value: name.name)
      return nil
    case .found(let id):
      memory.learn(name.sought, of: id)
      plan.add(name.phones, to: id, reachable, context)
      return id
    case .named(let id):
      memory.learn(name.sought, of: id)
      plan.counts.byNameAlone = (plan.counts.byNameAlone ?? 0) + 1
      plan.add(name.phones, to: id, reachable, context)
      return id
    case .adopted(let id):
      memory.learn(name.sought, of: id)
      try plan.number(id, name.number, context, in: tx)
      plan.add(name.phones, to: id, reachable, context)
      memory.adopted(id, number: name.number)
      return id
    case nil:
      if let old, name.number.isEmpty { return old.order.customerId }
      let customer = make(name)
      memory.made(customer, reachedBy: name.sought.reach(context.match))
      plan.make(customer)
      plan.counts.customers.new += 1
      return customer.id
    }
  }

  private func make(_ name: CustomerName) -> Customer {
    let isPerson = name.name == name.number || (!name.phones.isEmpty && !FirmName.isOne(name.name))
    let kind = name.isWalkIn ? Customer.Kind.walkIn : isPerson ? .person : .guess(name.name)
    var customer = Customer(id: context.ids.next(), kind: kind, name: name.name, at: context.stamp, by: context.user)
    customer.outsideSource = context.source
    customer.outsideId = name.number.isEmpty ? nil : name.number
    customer.phones = name.phones
    customer.region = String(name.region.prefix(100))
    customer.regionCode = Region.resolve(name.region)?.code ?? ""
    if name.region.count > 12 { customer.address = name.region }
    return customer
  }

  /// Compares an order with what is written of it.
  private func place(
    _ filed: FiledOrder, _ old: OrderImage?, _ customer: Customer.ID, _ lines: [(FiledOrder.Line, Product.ID?)],
    _ plan: inout ImportPlan
  ) {
    var new = written(filed, old, customer, lines)
    var outcome = ImportReport.Sample.Outcome.unchanged
    if let old {
      if !new.says(the: old) {
        new.order.updatedAt = context.stamp
        new.order.updatedBy = context.user
        plan.changedOrders.append(ImportPlan.Change(before: old, after: new))
        outcome = .updated
      }
    } else {
      plan.orders.append(new)
      outcome = .new
    }
    plan.count(outcome, new.order)
    guard plan.samples.count < ImportPlan.sampleCount else { return }
    plan.samples.append(
      ImportReport.Sample(
        line: filed.line, outcome: outcome, customer: filed.customer.name,
        isNewCustomer: plan.makes(customer), number: filed.number, day: filed.day,
        amount: Money(filed.amount, filed.currency), region: filed.customer.region))
  }

  /// The order as it is to be; what no column tells stays as it was.
  private func written(
    _ filed: FiledOrder, _ old: OrderImage?, _ customer: Customer.ID, _ lines: [(FiledOrder.Line, Product.ID?)]
  ) -> OrderImage {
    let id = old?.order.id ?? context.ids.next()
    var order =
      old?.order
      ?? Order(
        id: id, customerId: customer, orderedOn: filed.day, quantity: Quantity(thousandths: 0), amount: 0, cost: 0,
        currency: filed.currency, baseAmount: 0, baseCost: 0, outsideSource: context.source, outsideId: filed.number,
        note: filed.note, createdAt: context.stamp, createdBy: context.user, updatedAt: context.stamp,
        updatedBy: context.user)
    func isWritten(_ field: String) -> Bool { mayWrite(field, of: old) }
    let (amount, currency) = isWritten("amount") ? (filed.amount, filed.currency) : (order.amount, order.currency)
    let hasCost = old == nil || context.columns.contains("cost") && isWritten("cost")
    let cost = hasCost ? filed.cost : order.cost
    if old == nil || order.amount != amount || order.cost != cost || order.currency != currency {
      order.baseAmount = context.settings.convert(amount, from: currency) ?? 0
      order.baseCost = context.settings.convert(cost, from: currency) ?? 0
    }
    order.customerId = customer
    if isWritten("date") { order.orderedOn = filed.day }
    if isWritten("quantity") { order.quantity = Quantity(thousandths: filed.quantity) }
    (order.amount, order.cost, order.currency) = (amount, cost, currency)
    if !filed.note.isEmpty, old == nil || context.options.mayWrite("note", isEmpty: order.note.isEmpty) {
      order.note = filed.note
    }
    if lines.isEmpty { return OrderImage(order: order, lines: old?.lines ?? []) }
    let written = lines.enumerated().map { index, line in
      OrderLine(
        id: context.ids.next(), orderId: id, position: index + 1, productId: line.1,
        productName: line.0.productName.isEmpty ? line.0.productNumber : line.0.productName,
        quantity: Quantity(thousandths: line.0.quantity), amount: line.0.amount, cost: line.0.cost)
    }
    return OrderImage(order: order, lines: written)
  }
}

extension OrderImage {
  /// The same, whoever wrote it when.
  fileprivate func says(the other: OrderImage) -> Bool {
    order == other.order
      && lines.elementsEqual(other.lines) {
        $0.productId == $1.productId && $0.productName == $1.productName && $0.quantity == $1.quantity
          && $0.amount == $1.amount && $0.cost == $1.cost
      }
  }
}

extension ImportPlan {
  /// Phones a customer can have by orders: behind them are those of whoever took the goods.
  private static let mostPhones = 10

  /// Keeps the phones that an order tells.
  fileprivate mutating func add(
    _ phones: [PhoneNumber], to id: Customer.ID, _ known: [Customer.ID: Customer], _ context: ImportContext
  ) {
    guard !phones.isEmpty, let old = customer(id) ?? known[id], old.phones.count < Self.mostPhones else { return }
    var reached = old
    reached.phones = old.phones.adding(phones)
    guard reached.phones != old.phones, context.options.mayWrite("phone", isEmpty: old.phones.isEmpty) else { return }
    if !makes(id), old.updatedAt != context.stamp { counts.customers.updated += 1 }
    reached.updatedAt = context.stamp
    reached.updatedBy = context.user
    change(reached, before: known[id])
  }

  fileprivate mutating func count(_ outcome: ImportReport.Sample.Outcome, _ order: Order) {
    var outcomes = ImportCounts.Outcomes()
    switch outcome {
    case .new: outcomes.new = 1
    case .updated: outcomes.updated = 1
    case .unchanged: outcomes.unchanged = 1
    }
    if order.isReturn { counts.returns += outcomes } else { counts.orders += outcomes }
    counts.amount = counts.amount.clampedPlus(order.baseAmount)
    counts.see(order.orderedOn)
  }

  /// Gives a customer that was known by name its number.
  fileprivate mutating func number(
    _ id: Customer.ID, _ number: String, _ context: ImportContext, in tx: Transaction
  ) throws {
    let planned = customer(id)
    guard let old = try planned ?? Customer.find(id, context.access, in: tx) else { return }
    if planned == nil { counts.customers.updated += 1 }
    var numbered = old
    numbered.outsideId = number
    numbered.updatedAt = context.stamp
    numbered.updatedBy = context.user
    change(numbered, before: old)
  }
}
