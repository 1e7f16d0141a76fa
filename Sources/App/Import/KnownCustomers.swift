import Store

/// Customers of the database with what belongs to them, for comparing with a file.
struct KnownCustomers {
  private(set) var customers: [Customer.ID: Customer] = [:]
  private(set) var contacts: [Customer.ID: [Contact]] = [:]
  private(set) var tags: [Customer.ID: Set<Tag.ID>] = [:]

  init(_ ids: [Customer.ID], in tx: Transaction) throws {
    guard !ids.isEmpty else { return }
    let found: [Customer] = try tx.all("SELECT * FROM customer WHERE id IN \(in: ids)")
    customers = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let people: [Contact] = try tx.all("SELECT * FROM contact WHERE customer_id IN \(in: ids) ORDER BY id")
    contacts = Dictionary(grouping: people, by: \.customerId)
    try tx.each("SELECT customer_id, tag_id FROM customer_tag WHERE customer_id IN \(in: ids)") {
      tags[try $0[0], default: []].insert(try $0[1])
    }
  }
}

/// The tags of some names; those that are missing are made.
struct TagFinder {
  private var known: [String: Tag.ID] = [:]

  init(_ names: [String], in tx: Transaction) throws {
    let names = Array(Set(names))
    guard !names.isEmpty else { return }
    try tx.each("SELECT name, id FROM tag WHERE name IN \(in: names)") { known[try $0[0]] = try $0[1] }
  }

  func tag(_ name: String, _ ids: IDSource, _ memory: inout ImportMemory, _ plan: inout ImportPlan) -> Tag.ID {
    if let id = known[name] ?? memory.tags[name] { return id }
    let tag = Tag(id: ids.next(), name: name)
    memory.tags[name] = tag.id
    plan.tags.append(tag)
    return tag.id
  }
}
