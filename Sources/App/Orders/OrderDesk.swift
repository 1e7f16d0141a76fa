import Store
import Web

/// Where orders are written: from what was typed to rows, all in one transaction.
struct OrderDesk: Sendable {
  struct Work {
    let form: OrderForm
    let draft: OrderDraft
    let problems: Problems
  }

  let services: Services
  let access: Access
  let now: Instant
  let today: Day

  /// Works out what was typed, with everything that only the database can tell.
  /// - Parameter id: the order that is changed; nil for a new one.
  func form(_ id: Order.ID?, _ typed: OrderInput, in tx: Transaction) throws -> Work {
    var input = typed
    let old = try id.map { id in
      guard let order = try Order.find(id, access, in: tx) else { throw AppError.notFound }
      return order
    }
    let oldLines = try old?.lines(in: tx) ?? []
    let settings = try tx.ask(Settings.stored)
    let products = try TypedProducts.find(
      Array(input.writtenLines.prefix(OrderInput.lineLimit)), keeping: oldLines, in: tx)
    let draft = OrderDraft(input, products: products, settings: settings, today: today, old: old)
    var problems = draft.problems
    let customer = try customer(input, &problems, in: tx)
    if try isTaken(draft.number, by: old, in: tx) { problems["number"] = OrderWords.numberTaken }
    if let customer { input.customerId = customer.id }
    let form = OrderForm(
      id, input, draft, customer: customer.map { NamedCustomer(id: $0.id, name: $0.name) },
      currencies: settings.currencies)
    return Work(form: form, draft: draft, problems: problems)
  }

  /// The customer of the id while its name stands there, else whoever the text names.
  private func customer(_ input: OrderInput, _ problems: inout Problems, in tx: Transaction) throws
    -> Customer?
  {
    let text = Typed.line(input.customer, "customer", limit: 200, &problems)
    let known = try input.customerId.flatMap { try Customer.find($0, access, in: tx) }
    if let known, text.isEmpty || text == known.name { return known }
    guard !text.isEmpty else {
      problems["customer"] = input.customerId == nil ? Problems.missing : CustomerWords.noSuchCustomer
      return nil
    }
    let typed = try TypedCustomer.find(text, access, in: tx)
    problems["customer"] = typed.problem ?? problems["customer"]
    return if case .one(let customer) = typed { customer } else { nil }
  }

  private func isTaken(_ number: String?, by old: Order?, in tx: Transaction) throws -> Bool {
    guard let number else { return false }
    return try tx.exists(
      """
      SELECT 1 FROM sales_order WHERE outside_source = \(old?.outsideSource ?? "") AND outside_id = \(number)
      AND id <> \(old?.id.raw ?? 0)
      """)
  }

  /// Begins the return of an order: the same lines, the other way round.
  func takeBack(_ id: Order.ID, into input: inout OrderInput, in tx: Transaction) throws {
    guard let order = try Order.find(id, access, in: tx) else { throw AppError.notFound }
    let lines = try order.lines(in: tx)
    guard lines.count <= OrderInput.formLineLimit else { throw AppError.conflict(OrderWords.tooLongForForm) }
    input = OrderInput(order, lines: lines)
    input.orderedOn = today.description
    (input.number, input.version) = (nil, nil)
    input.isReturn = true
  }

  /// The row of an order, new or in place of an old one.
  func order(_ id: Order.ID, of customer: Customer.ID, _ draft: OrderDraft, in old: Order? = nil) -> Order {
    // A number an import made tells it that the order is there already, so it stays while nobody gives another.
    let number = draft.number ?? (old?.givenNumber == nil ? old?.outsideId : nil)
    return Order(
      id: id, customerId: customer, orderedOn: draft.orderedOn, quantity: draft.quantity,
      amount: draft.amount,
      cost: draft.cost, currency: draft.currency, baseAmount: draft.baseAmount, baseCost: draft.baseCost,
      outsideSource: old?.outsideSource ?? "", outsideId: number, note: draft.note,
      createdAt: old?.createdAt ?? now, createdBy: old == nil ? access.user : old?.createdBy,
      updatedAt: old.map { now.after($0.updatedAt) } ?? now,
      updatedBy: access.user)
  }

  func lines(of id: Order.ID, _ draft: OrderDraft) -> [OrderLine] {
    draft.lines.enumerated().map { index, line in
      OrderLine(
        id: services.ids.next(), orderId: id, position: index + 1, productId: line.productId,
        productName: line.name,
        quantity: line.quantity, amount: line.amount, cost: line.cost)
    }
  }

  /// What follows from a written order, in its transaction.
  func settle(_ order: Order, in tx: Transaction) throws {
    try Standing.refreshLater(services, in: tx)
  }

  /// The answer to a program: the order as it is now.
  func written(_ order: Order, _ work: Work, _ input: OrderInput) -> OrderForm {
    var input = input
    input.version = order.updatedAt
    return OrderForm(order.id, input, work.draft, customer: work.form.customer, currencies: work.form.currencies)
  }
}
