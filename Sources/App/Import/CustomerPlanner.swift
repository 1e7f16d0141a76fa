import Store
import Web

/// Works out what customers of a file change.
struct CustomerPlanner: Sendable {
  let context: ImportContext

  func plan(_ filed: [FiledCustomer], _ memory: inout ImportMemory, in tx: Transaction) throws -> ImportPlan {
    var plan = ImportPlan()
    let finder = try CustomerFinder(filed.lazy.map { ($0.row.number, $0.row.name) }, context, in: tx)
    let matches = filed.map { customer -> Customer.ID? in
      let (number, name) = (customer.row.number, customer.row.name)
      switch finder.find(number: number, name: name, memory) {
      case .found(let id): return id
      case .adopted(let id):
        memory.adopted(id, number: number, name: name)
        return id
      case nil: return nil
      }
    }
    let known = try KnownCustomers(matches.compactMap(\.self), in: tx)
    let tags = try TagFinder(filed.flatMap(\.row.tags), in: tx)
    for (customer, match) in zip(filed, matches) {
      place(customer, match, known, tags, &memory, &plan)
    }
    return plan
  }

  private func place(
    _ filed: FiledCustomer, _ match: Customer.ID?, _ known: KnownCustomers, _ tags: TagFinder,
    _ memory: inout ImportMemory, _ plan: inout ImportPlan
  ) {
    let old = match.flatMap { known.customers[$0] }
    var customer = old ?? new(filed.row, id: match ?? context.ids.next())
    apply(filed, to: &customer, &plan)
    let before = (plan.taggings.count, plan.contacts.count + plan.changedContacts.count)
    for name in filed.row.tags {
      let tag = tags.tag(name, context.ids, &memory, &plan)
      if known.tags[customer.id]?.contains(tag) != true {
        plan.taggings.append(ImportPlan.Tagging(customer: customer.id, tag: tag))
      }
    }
    for person in filed.people { place(person, of: customer.id, known.contacts[customer.id] ?? [], &plan) }
    var outcome = ImportReport.Sample.Outcome.unchanged
    if match == nil {
      memory.made(customer)
      plan.customers.append(customer)
      outcome = .new
    } else if customer != old {
      customer.updatedAt = context.stamp
      customer.updatedBy = context.user
      if let old { plan.changedCustomers.append(ImportPlan.Change(before: old, after: customer)) }
      outcome = .updated
    } else if before != (plan.taggings.count, plan.contacts.count + plan.changedContacts.count) {
      outcome = .updated
    }
    plan.count(outcome, customer, filed)
  }

  private func new(_ row: CustomerRow, id: Customer.ID) -> Customer {
    let created = row.createdOn.map { Instant(startOf: $0, in: context.settings.timeZone) } ?? context.stamp
    var customer = Customer(id: id, kind: .guess(row.name), name: row.name, at: created, by: context.user)
    customer.updatedAt = context.stamp
    customer.outsideSource = context.source
    return customer
  }

  /// What the file says of the customer; what it leaves open stays.
  private func apply(_ filed: FiledCustomer, to customer: inout Customer, _ plan: inout ImportPlan) {
    let row = filed.row
    if !row.number.isEmpty { customer.outsideId = row.number }
    if row.name != row.number, row.name != customer.name { customer.name = row.name }
    if let kind = row.kind { customer.kind = kind }
    if !filed.people.isEmpty, row.kind == nil { customer.kind = .company }
    if !row.roles.isEmpty { customer.roles = row.roles }
    // Beside a contact the numbers are the contact's.
    if filed.people.isEmpty {
      if !row.email.isEmpty { customer.email = row.email }
      if !row.wechat.isEmpty { customer.wechat = row.wechat }
      customer.phones = customer.phones.adding(row.phones)
    }
    if !row.region.isEmpty, row.region != customer.region {
      customer.region = row.region
      customer.regionCode = Region.resolve(row.region)?.code ?? ""
    }
    if !row.address.isEmpty { customer.address = row.address }
    if customer.regionCode.isEmpty, !customer.address.isEmpty {
      customer.regionCode = Region.resolve(customer.address)?.code ?? ""
    }
    if !row.industry.isEmpty { customer.industry = row.industry }
    if !row.source.isEmpty { customer.source = row.source }
    if !row.remark.isEmpty { customer.description = row.remark }
    if let birthday = row.birthday { customer.birthday = birthday }
    setOwner(row, &customer, &plan)
  }

  private func setOwner(_ row: CustomerRow, _ customer: inout Customer, _ plan: inout ImportPlan) {
    guard !row.owner.isEmpty else { return }
    if let owner = context.owners[row.owner.lowercased()] {
      customer.ownerId = owner
    } else {
      plan.counts.warnings += 1
      plan.counts.problems += 1
      plan.problems.append(
        ImportProblem(.unknownOwner, line: row.line, column: "field:owner", value: row.owner, isWarning: true))
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
    if filed.person.role != .unknown { contact.role = filed.person.role }
    if !filed.person.title.isEmpty { contact.title = filed.person.title }
    if !filed.email.isEmpty { contact.email = filed.email }
    if !filed.wechat.isEmpty { contact.wechat = filed.wechat }
    contact.phones = contact.phones.adding(filed.phones)
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

extension [PhoneNumber] {
  /// With those that are not there yet.
  fileprivate func adding(_ more: [PhoneNumber]) -> [PhoneNumber] {
    self + more.filter { phone in !contains { $0.normal == phone.normal } }
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
        region: Region.shown(customer.regionCode, typed: customer.region)))
  }
}
