import Store
import Web

extension Feature {
  static let orders = Feature(
    menu: [Site.Item(OrderWords.orders, path: "/orders", icon: "orders", key: "o", isPrimary: true)],
    migrations: OrderSchema.migrations,
    routes: { OrderRoutes(services: $0).all },
    jobs: { [ReturnRefresh.kind: ReturnRefresh.handler($0)] })
}

struct OrderRoutes: Sendable {
  let services: Services

  var all: [Route] {
    [
      Route(.get, "/orders", Word("订单列表", "List orders"), index, view: OrderListPages.index),
      Route(.get, "/orders/new", Word("新建订单的表单", "Form of a new order"), new, view: OrderFormPages.form),
      Route(.get, "/orders/new/products", Word("可选的产品", "Products to choose from"), products),
      Route(
        .post, "/orders/draft", Word("试算订单，不保存", "Work out an order without writing it"), draft,
        view: OrderFormPages.form),
      Route(.post, "/orders", Word("新建订单", "Add an order"), success: 201, create, view: OrderFormPages.form),
      Route(.get, "/orders/{id}", Word("订单", "An order"), show, view: OrderPages.show),
      Route(.get, "/orders/{id}/edit", Word("编辑订单的表单", "Form of an order"), edit, view: OrderFormPages.form),
      Route(.put, "/orders/{id}", Word("修改订单", "Change an order"), update, view: OrderFormPages.form),
      .patch(
        "/orders/{id}", Word("修改订单的几个字段", "Change some fields of an order"), of: present, update,
        view: OrderFormPages.form),
      Route(
        .get, "/orders/{id}/delete", Word("删除订单前的确认", "What deleting an order takes away"), show,
        view: OrderPages.confirm),
      Route(
        .delete, "/orders/{id}", Word("删除订单", "Delete an order"), canBeUndone: true, destroy, view: OrderPages.show
      ),
    ]
  }

  @Sendable func index(_ filter: OrderFilter, _ call: Call) async throws -> Answer<OrderList> {
    let access = try call.access
    let today = services.today(for: call)
    return try await services.db.read { tx in
      .show(try OrderList.read(filter, access, today: today, currency: call.reader.currency, in: tx))
    }
  }

  @Sendable func show(_: Nothing, _ call: Call) async throws -> Answer<OrderView> {
    let access = try call.access
    let id: Order.ID = try call.parameter("id")
    return try await services.db.read { tx in
      guard let order = try OrderView.read(id, access, currency: call.reader.currency, in: tx) else {
        throw AppError.notFound
      }
      return .show(order)
    }
  }

  /// What a new order begins with.
  struct Beginning: Codable, Sendable {
    var customer: Customer.ID?
    /// The order whose goods come back.
    var returnOf: Order.ID?
  }

  @Sendable func new(_ query: Beginning, _ call: Call) async throws -> Answer<OrderForm> {
    let desk = try desk(call)
    return try await services.db.read { tx in
      var input = OrderInput()
      input.orderedOn = desk.today.description
      input.customerId = query.customer
      if let id = query.returnOf { try desk.takeBack(id, into: &input, in: tx) }
      return .show(try desk.form(nil, input, in: tx).form)
    }
  }

  @Sendable func draft(_ typed: TypedOrder, _ call: Call) async throws -> Answer<OrderForm> {
    let desk = try desk(call)
    return try await services.db.read { tx in .show(try desk.form(typed.id, typed.input, in: tx).form) }
  }

  @Sendable func edit(_: Nothing, _ call: Call) async throws -> Answer<OrderForm> {
    let desk = try desk(call)
    let id: Order.ID = try call.parameter("id")
    return try await services.db.read { tx in
      guard let order = try Order.find(id, desk.access, in: tx) else { throw AppError.notFound }
      let lines = try order.lines(in: tx)
      guard lines.count <= OrderInput.formLineLimit else {
        throw AppError.conflict(OrderWords.tooLongForForm)
      }
      return .show(try desk.form(id, OrderInput(order, lines: lines), in: tx).form)
    }
  }

  @Sendable private func present(_ call: Call) async throws -> OrderInput {
    let access = try call.access
    let id: Order.ID = try call.parameter("id")
    return try await services.db.read { tx in
      guard let order = try Order.find(id, access, in: tx) else { throw AppError.notFound }
      return OrderInput(order, lines: try order.lines(in: tx))
    }
  }

  @Sendable func create(_ input: OrderInput, _ call: Call) async throws -> Answer<OrderForm> {
    let desk = try desk(call)
    let id: Order.ID = services.ids.next()
    return try await services.writing { tx in
      let work = try desk.form(nil, input, in: tx)
      guard work.problems.isEmpty, let customer = work.form.customer else {
        return .invalid(work.form, work.problems)
      }
      let order = desk.order(id, of: customer.id, work.draft)
      try order.insert(with: desk.lines(of: id, work.draft), in: tx)
      try desk.settle(order, in: tx)
      return .created(
        desk.written(order, work, input), at: "/orders/\(id)", saying: OrderWords.added(order.number))
    }
  }

  @Sendable func update(_ input: OrderInput, _ call: Call) async throws -> Answer<OrderForm> {
    let desk = try desk(call)
    let id: Order.ID = try call.parameter("id")
    return try await services.writing { tx in
      try tx.hold(Order.self, id)
      guard let old = try Order.find(id, desk.access, in: tx) else { throw AppError.notFound }
      var (input, stale) = (input, Problems.none)
      try call.check(&input.version, is: old.updatedAt, by: old.updatedBy, &stale, in: tx) { [input] in
        differing(OrderInput(old, lines: try old.lines(in: tx)), from: input, OrderFormPages.labels)
      }
      let work = try desk.form(id, input, in: tx)
      var problems = work.problems
      problems["version"] = stale["version"]
      guard problems.isEmpty, let customer = work.form.customer else { return .invalid(work.form, problems) }
      let order = desk.order(id, of: customer.id, work.draft, in: old)
      try order.update(with: desk.lines(of: id, work.draft), in: tx)
      try desk.settle(order, in: tx)
      return .changed(desk.written(order, work, input), at: "/orders/\(id)", saying: OrderWords.saved)
    }
  }

  @Sendable func destroy(_: Nothing, _ call: Call) async throws -> Answer<OrderView> {
    let desk = try desk(call)
    let id: Order.ID = try call.parameter("id")
    return try await services.db.write { tx in
      guard let order = try Order.find(id, desk.access, in: tx) else { throw AppError.notFound }
      let image = OrderImage(order: order, lines: try order.lines(in: tx))
      let undo = try Deletion.keep(.order(image), desk.services, by: desk.access.user, in: tx)
      try order.delete(in: tx)
      try Standing.refreshLater(desk.services, in: tx)
      return .removed(at: "/orders", saying: OrderWords.removed(order.number), undo: undo)
    }
  }

  private func desk(_ call: Call) throws -> OrderDesk {
    OrderDesk(
      services: services, access: try call.access, now: services.clock(), today: services.today(for: call))
  }
}

extension Services {
  /// A write whose collision with another one is a conflict to tell of, not an accident.
  func writing<Result: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    do { return try await db.write(body) } catch StoreError.constraint {
      throw AppError.conflict(
        Word("与此同时有人改动了相关记录，请重试。", "Somebody changed a record this needs at the same moment; try again."))
    }
  }
}
