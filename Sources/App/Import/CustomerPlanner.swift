import Store
import Web

/// Works out what customers of a file change.
struct CustomerPlanner: Sendable {
  let context: ImportContext

  /// What is there already.
  private struct Known {
    let people: KnownCustomers
    let tags: TagFinder
    let fields: FieldFinder
  }

  func plan(_ filed: [FiledCustomer], _ memory: inout ImportMemory, in tx: Transaction) throws -> ImportPlan {
    var plan = ImportPlan()
    let finder = try CustomerFinder(filed.lazy.map(\.sought), context, in: tx)
    // Those who will be compared are read at once; a row may still find somebody whom an earlier row makes.
    let likely = filed.compactMap { customer -> Customer.ID? in
      switch finder.find(customer.sought, memory) {
      case .found(let id), .named(let id), .adopted(let id): id
      case .several, nil: nil
      }
    }
    let known = Known(
      people: try KnownCustomers(likely, in: tx), tags: try TagFinder(filed.flatMap(\.row.tags), in: tx),
      fields: try FieldFinder(context, in: tx))
    for customer in filed {
      switch finder.find(customer.sought, memory) {
      case .several:
        plan.reject(customer.lines, .severalCustomers, column: "", value: customer.row.name)
      case .found(let id): place(customer, id, known, &memory, &plan)
      case .named(let id):
        memory.learn(customer.sought, of: id)
        plan.counts.byNameAlone = (plan.counts.byNameAlone ?? 0) + 1
        place(customer, id, known, &memory, &plan)
      case .adopted(let id):
        memory.adopted(id, number: customer.row.number)
        place(customer, id, known, &memory, &plan)
      case nil: place(customer, nil, known, &memory, &plan)
      }
    }
    return plan
  }

  private func place(
    _ filed: FiledCustomer, _ match: Customer.ID?, _ known: Known,
    _ memory: inout ImportMemory, _ plan: inout ImportPlan
  ) {
    let stored = match.flatMap { known.people.customers[$0] }
    let old = match.flatMap { plan.customer($0) } ?? stored
    var customer = old ?? new(filed.row, id: match ?? context.ids.next(), &plan)
    apply(filed, to: &customer, isNew: match == nil, &plan)
    known.fields.put(filed.row.more, into: &customer, isNew: match == nil, context, &memory, &plan)
    let before = (plan.taggings.count, plan.contacts.count + plan.changedContacts.count)
    add(filed.row.tags, to: customer.id, known, &memory, &plan)
    for person in filed.people { place(person, of: customer.id, known.people.contacts[customer.id] ?? [], &plan) }
    var outcome = ImportReport.Sample.Outcome.unchanged
    if match == nil {
      memory.made(customer, reachedBy: filed.sought.reach(context.match))
      plan.make(customer)
      outcome = .new
    } else if customer != old {
      customer.updatedAt = context.stamp
      customer.updatedBy = context.user
      plan.change(customer, before: stored)
      outcome = .updated
    } else if before != (plan.taggings.count, plan.contacts.count + plan.changedContacts.count) {
      outcome = .updated
    }
    plan.count(outcome, customer, filed)
  }

  private func new(_ row: CustomerRow, id: Customer.ID, _ plan: inout ImportPlan) -> Customer {
    let created = row.createdOn.map { Instant(startOf: $0, in: context.settings.timeZone) } ?? context.stamp
    let author = colleague(row.author, "author", row.line, &plan)
    var customer = Customer(id: id, kind: .guess(row.name), name: row.name, at: created, by: author ?? context.user)
    customer.updatedAt = context.stamp
    customer.updatedBy = context.user
    customer.outsideSource = context.source
    return customer
  }

  /// What the file says of the customer; what it leaves open, or may not write over, stays.
  private func apply(_ filed: FiledCustomer, to customer: inout Customer, isNew: Bool, _ plan: inout ImportPlan) {
    let row = filed.row
    func mayWrite(_ field: String, isEmpty: Bool) -> Bool {
      isNew || context.options.mayWrite(field, isEmpty: isEmpty)
    }
    func set(_ path: WritableKeyPath<Customer, String>, _ value: String, _ field: String) {
      guard !value.isEmpty, mayWrite(field, isEmpty: customer[keyPath: path].isEmpty) else { return }
      customer[keyPath: path] = value
    }
    if !row.number.isEmpty, mayWrite("id", isEmpty: customer.outsideId == nil), isNew || isOfSource(customer) {
      customer.outsideId = row.number
    }
    if row.name != row.number, row.name != customer.name { set(\.name, row.name, "name") }
    if let kind = row.kind, mayWrite("kind", isEmpty: false) { customer.kind = kind }
    if !filed.people.isEmpty, row.kind == nil { customer.kind = .company }
    if !row.roles.isEmpty, mayWrite("direction", isEmpty: customer.roles.isEmpty) { customer.roles = row.roles }
    // Beside a contact the numbers are the contact's.
    if filed.people.isEmpty {
      set(\.email, row.email, "email")
      set(\.wechat, row.wechat, "wechat")
      if mayWrite("phone", isEmpty: customer.phones.isEmpty) { customer.phones = customer.phones.adding(row.phones) }
    }
    let region = customer.region
    set(\.region, row.region, "region")
    if customer.region != region { customer.regionCode = Region.resolve(customer.region)?.code ?? "" }
    set(\.address, row.address, "address")
    if customer.regionCode.isEmpty, !customer.address.isEmpty {
      customer.regionCode = Region.resolve(customer.address)?.code ?? ""
    }
    set(\.industry, row.industry, "industry")
    set(\.source, row.source, "source")
    set(\.description, row.remark, "remark")
    customer.addToDescription(row.unread)
    if let birthday = row.birthday, mayWrite("birthday", isEmpty: customer.birthday == nil) {
      customer.birthday = birthday
    }
    if mayWrite("owner", isEmpty: customer.ownerId == nil), let owner = colleague(row.owner, "owner", row.line, &plan) {
      customer.ownerId = owner
    }
  }

  /// A number of another source would not be this one's.
  private func isOfSource(_ customer: Customer) -> Bool { customer.outsideSource == context.source }

  /// Nil when nobody is named, or nobody goes by that name, which is noted.
  private func colleague(_ name: String, _ field: String, _ line: Int, _ plan: inout ImportPlan) -> User.ID? {
    guard !name.isEmpty else { return nil }
    if let user = context.owners[name.lowercased()] { return user }
    plan.warn(.unknownOwner, line, name, column: "field:\(field)")
    return nil
  }

  private func add(
    _ names: [String], to customer: Customer.ID, _ known: Known,
    _ memory: inout ImportMemory, _ plan: inout ImportPlan
  ) {
    let present = known.people.tags[customer] ?? []
    guard context.options.mayWrite("tags", isEmpty: present.isEmpty) else { return }
    for name in names {
      let tagging = ImportPlan.Tagging(customer: customer, tag: known.tags.tag(name, context.ids, &memory, &plan))
      if !present.contains(tagging.tag) { plan.put(tagging) }
    }
  }

  /// A contact is known by its name.
  private func place(
    _ filed: FiledCustomer.Person, of customer: Customer.ID, _ known: [Contact], _ plan: inout ImportPlan
  ) {
    let old = known.first { $0.name == filed.person.name }
    var contact =
      old
      ?? Contact(
        id: context.ids.next(), customerId: customer, name: filed.person.name, at: context.stamp, by: context.user)
    func set(_ path: WritableKeyPath<Contact, String>, _ value: String, _ field: String) {
      let isEmpty = contact[keyPath: path].isEmpty
      guard !value.isEmpty, old == nil || context.options.mayWrite(field, isEmpty: isEmpty) else { return }
      contact[keyPath: path] = value
    }
    if filed.person.role != .unknown, context.options.mayWrite("contact_role", isEmpty: contact.role == .unknown) {
      contact.role = filed.person.role
    }
    set(\.title, filed.person.title, "contact_role")
    set(\.email, filed.email, "email")
    set(\.wechat, filed.wechat, "wechat")
    if context.options.mayWrite("phone", isEmpty: contact.phones.isEmpty) {
      contact.phones = contact.phones.adding(filed.phones)
    }
    guard let old else {
      plan.contacts.append(contact)
      plan.counts.contacts.new += 1
      return
    }
    guard contact != old else {
      plan.counts.contacts.unchanged += 1
      return
    }
    contact.updatedAt = context.stamp
    contact.updatedBy = context.user
    plan.changedContacts.append(ImportPlan.Change(before: old, after: contact))
    plan.counts.contacts.updated += 1
  }
}

extension ImportPlan {
  fileprivate mutating func count(_ outcome: ImportReport.Sample.Outcome, _ customer: Customer, _ filed: FiledCustomer)
  {
    switch outcome {
    case .new: counts.customers.new += 1
    case .updated: counts.customers.updated += 1
    case .unchanged: counts.customers.unchanged += 1
    }
    guard samples.count < Self.sampleCount else { return }
    samples.append(
      ImportReport.Sample(
        line: filed.row.line, outcome: outcome, customer: customer.name, isNewCustomer: outcome == .new,
        number: customer.outsideId ?? "",
        region: Region.shown(customer.regionCode, typed: customer.region),
        more: (customer.phones.map(\.shown) + [customer.email]).filter { !$0.isEmpty }.joined(separator: " / ")))
  }
}

extension Customer {
  /// Adds lines that are not there yet, as far as they fit.
  fileprivate mutating func addToDescription(_ lines: [String]) {
    for line in lines where !description.contains(line) && description.count + line.count < 10_000 {
      description += (description.isEmpty ? "" : "\n") + line
    }
  }
}
