import Store
import Web

extension Feature {
  static let customers = Feature(
    menu: [Site.Item(CustomerWords.customers, path: "/customers", icon: "customers", key: "c", isPrimary: true)],
    migrations: CustomerSchema.migrations,
    routes: { CustomerRoutes(services: $0).all })
}

struct CustomerRoutes: Sendable {
  let services: Services
  private let shelves = CardShelves()

  init(services: Services) { self.services = services }

  var all: [Route] {
    [
      Route(.get, "/", Word("首页", "Home")) { _ in .redirect(to: "/customers") },
      Route(.get, "/customers", Word("客户列表", "List customers"), index, view: CustomerListPages.index),
      Route(.get, "/customers/new", Word("新建客户的表单", "Form of a new customer"), new, view: CustomerFormPages.form),
      Route(
        .get, "/customers/lookalikes", Word("可能重复的客户", "Customers that may be the same"), lookalikes,
        view: CustomerFormPages.lookalikes),
      Route(.get, "/customers/suggestions", Word("可选的客户", "Customers to choose from"), suggestions),
      Route(
        .post, "/customers", Word("新建客户", "Add a customer"), success: 201, create, view: CustomerFormPages.form),
      Route(.get, "/customers/{id}", Word("客户资料卡", "A customer's data card"), show, view: CustomerCardPages.show),
      Route(.get, "/customers/{id}/peek", Word("小卡片", "A customer in brief"), show, view: CustomerCardPages.peek),
      Route(
        .get, "/customers/{id}/edit", Word("编辑客户的表单", "Form of a customer"), edit, view: CustomerFormPages.form),
      Route(.put, "/customers/{id}", Word("修改客户", "Change a customer"), update, view: CustomerFormPages.form),
      .patch(
        "/customers/{id}", Word("修改客户的几个字段", "Change some fields of a customer"), of: present, update,
        view: CustomerFormPages.form),
      Route(
        .delete, "/customers/{id}", Word("删除客户", "Delete a customer"), canBeUndone: true, destroy,
        view: CustomerFormPages.form),
    ]
  }

  @Sendable func index(_ filter: CustomerFilter, _ call: Call) async throws -> Answer<CustomerList> {
    let access = try call.access
    let today = services.today(for: call)
    return try await services.db.read { tx in
      .show(try CustomerList.read(filter, access, today: today, currency: call.reader.currency, in: tx))
    }
  }

  @Sendable func show(_ query: CustomerCard.Query, _ call: Call) async throws -> Answer<CustomerCard> {
    let access = try call.access
    let id: Customer.ID = try call.parameter("id")
    let today = services.today(for: call)
    return try await services.db.read { tx in
      guard
        let card = try CustomerCard.read(
          id, query, access, shelves, today: today, reader: call.reader, in: tx)
      else {
        throw AppError.notFound
      }
      return .show(card)
    }
  }

  /// What a new customer begins with.
  struct Beginning: Codable, Sendable {
    var referrer: Customer.ID?
  }

  @Sendable func new(_ beginning: Beginning, _ call: Call) async throws -> Answer<CustomerForm> {
    let access = try call.access
    return try await services.db.read { tx in
      var input = CustomerInput()
      input.owner = access.user
      input.referrerId = beginning.referrer
      return .show(try Self.form(nil, input, nil, access, in: tx))
    }
  }

  @Sendable func edit(_: Nothing, _ call: Call) async throws -> Answer<CustomerForm> {
    let access = try call.access
    let id: Customer.ID = try call.parameter("id")
    return try await services.db.read { tx in
      guard let customer = try Customer.find(id, access, in: tx) else { throw AppError.notFound }
      return .show(try Self.form(id, CustomerInput(customer, []), customer, access, in: tx))
    }
  }

  @Sendable private func present(_ call: Call) async throws -> CustomerInput {
    let access = try call.access
    let id: Customer.ID = try call.parameter("id")
    return try await services.db.read { tx in
      guard let customer = try Customer.find(id, access, in: tx) else { throw AppError.notFound }
      return CustomerInput(customer, [])
    }
  }

  @Sendable func create(_ input: CustomerInput, _ call: Call) async throws -> Answer<CustomerForm> {
    let access = try call.access
    let customer = Customer(
      id: services.ids.next(), kind: .company, name: "", at: services.clock(), by: access.user)
    return try await services.db.write { [customer] tx in
      var customer = customer
      let problems = try Self.problems(input, &customer, access, in: tx)
      var input = input
      input.version = problems.isEmpty ? customer.updatedAt : nil
      let form = try Self.form(problems.isEmpty ? customer.id : nil, input, nil, access, in: tx)
      guard problems.isEmpty else { return .invalid(form, problems) }
      try Customer.add([customer], in: tx)
      try Customer.index([customer.id], in: tx)
      return .created(form, at: "/customers/\(customer.id)", saying: CustomerWords.added(customer.name))
    }
  }

  @Sendable func update(_ input: CustomerInput, _ call: Call) async throws -> Answer<CustomerForm> {
    let access = try call.access
    let id: Customer.ID = try call.parameter("id")
    let now = services.clock()
    return try await services.db.write { tx in
      try tx.hold(Customer.self, id)
      guard var customer = try Customer.find(id, access, in: tx) else { throw AppError.notFound }
      let before = customer
      var input = input
      var problems = try Self.problems(input, &customer, access, in: tx)
      try call.check(&input.version, is: before.updatedAt, by: before.updatedBy, &problems, in: tx) {
        [customer, input] in
        try Self.differing(before, input, customer.referrerId, in: tx)
      }
      if problems.isEmpty {
        customer.change(at: now, by: access.user)
        input.version = customer.updatedAt
      }
      let form = try Self.form(id, input, before, access, in: tx)
      guard problems.isEmpty else { return .invalid(form, problems) }
      try tx.update(customer)
      try Customer.index([id], in: tx)
      return .changed(form, at: "/customers/\(id)", saying: CustomerWords.saved)
    }
  }

  @Sendable func destroy(_: Nothing, _ call: Call) async throws -> Answer<CustomerForm> {
    let access = try call.access
    let id: Customer.ID = try call.parameter("id")
    return try await services.db.write { [services] tx in
      guard let customer = try Customer.find(id, access, in: tx) else { throw AppError.notFound }
      let image = try CustomerImage.read(customer, in: tx)
      guard try customer.remove(in: tx) else { throw AppError.conflict(CustomerWords.hasOrders) }
      let undo = try Deletion.keep(.customer(image), services, by: access.user, in: tx)
      return .removed(at: "/customers", saying: CustomerWords.removed(customer.name), undo: undo)
    }
  }

  @Sendable func lookalikes(_ query: Lookalikes.Query, _ call: Call) async throws -> Answer<Lookalikes> {
    let access = try call.access
    var ignored = Problems.none
    let phones = Typed.phones(query.phones, "phones", &ignored)
    let name = Typed.line(query.name, "name", limit: 200, &ignored)
    return try await services.db.read { tx in
      let found = try Customer.lookalikes(name: name, phones: phones, except: query.id, access, in: tx)
      return .show(Lookalikes(customers: found.map { Lookalikes.Found(id: $0.id, name: $0.name) }))
    }
  }

  /// What stands there now where the form says otherwise.
  private static func differing(
    _ customer: Customer, _ input: CustomerInput, _ referrer: Customer.ID?, in tx: Transaction
  ) throws -> [Word] {
    let fields = try tx.ask(CustomField.all)
    var differing = CustomerInput(customer, fields).differing(from: input.completed(fields, customer))
    if customer.referrerId != referrer {
      let name: String? = try tx.value("SELECT name FROM customer WHERE id = \(customer.referrerId)")
      differing.append((field: "referrer", value: name ?? ""))
    }
    return differing.map { CustomerFormPages.label(of: $0.field, saying: $0.value) }
  }

  /// What is wrong with what was typed, also where only the database can tell.
  private static func problems(
    _ input: CustomerInput, _ customer: inout Customer, _ access: Access, in tx: Transaction
  ) throws -> Problems {
    var problems = input.apply(to: &customer, try tx.ask(CustomField.all))
    try setReferrer(input, &customer, access, &problems, in: tx)
    if let owner = customer.ownerId, try User.names(of: [owner], in: tx)[owner] == nil {
      problems["owner"] = CustomerWords.noSuchOwner
    }
    let isTaken = try tx.exists(
      """
      SELECT 1 FROM customer WHERE outside_source = \(customer.outsideSource)
      AND outside_id = \(customer.outsideId ?? "") AND id <> \(customer.id)
      """)
    if isTaken { problems["outside_id"] = CustomerWords.numberTaken }
    return problems
  }

  /// What stands in the field, else who is told by the id. Who is there already stays without questions.
  private static func setReferrer(
    _ input: CustomerInput, _ customer: inout Customer, _ access: Access, _ problems: inout Problems, in tx: Transaction
  ) throws {
    let (text, before) = (Typed.line(input.referrer, "referrer", limit: 200, &problems), customer.referrerId)
    let shown = try input.referrerShown.flatMap { try Customer.find($0, access, in: tx) }
    let told: Customer.ID? = input.referrerShown == nil ? input.referrerId : nil
    let typed: TypedCustomer? =
      if let shown, text == shown.name { .one(shown) } else if !text.isEmpty {
        try .find(text, access, in: tx)
      } else if let told, told != before { try Customer.find(told, access, in: tx).map { .one($0) } ?? .nobody } else {
        nil
      }
    if let problem = typed?.problem { problems["referrer"] = problem }
    customer.referrerId = if case .one(let referrer) = typed { referrer.id } else { told == before ? before : nil }
    if case .one(let referrer) = typed, referrer.id != before, try referrer.wasBrought(by: customer.id, in: tx) {
      problems["referrer"] = CustomerWords.circular
    }
  }

  /// - Parameter customer: as the database has it.
  private static func form(
    _ id: Customer.ID?, _ input: CustomerInput, _ customer: Customer?, _ access: Access, in tx: Transaction
  ) throws -> CustomerForm {
    let input = input.completed(try tx.ask(CustomField.all), customer)
    let owners = try tx.ask(CustomerList.Choice.owners)
    let referrer = try (input.referrerShown ?? input.referrerId).flatMap { try Customer.find($0, access, in: tx) }
    return CustomerForm(
      id: id, input: input, owners: owners, referrer: referrer.map { NamedCustomer(id: $0.id, name: $0.name) })
  }
}

extension Services {
  /// The calendar day on the firm's clocks.
  func today(for call: Call) -> Day { clock().day(in: call.reader.timeZone) }
}
