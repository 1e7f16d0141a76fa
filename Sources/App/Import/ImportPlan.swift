import Store
import Web

/// An order with its lines.
struct OrderImage: Codable, Equatable, Sendable {
  var order: Order
  var lines: [OrderLine]
}

/// What a portion of a file is going to change, worked out without writing anything.
struct ImportPlan: Sendable {
  struct Change<Value: Codable & Sendable>: Sendable {
    let before: Value
    var after: Value
  }

  /// A tag put on a customer.
  struct Tagging: Codable, Hashable, Sendable {
    let customer: Customer.ID
    let tag: Tag.ID
  }

  var customers: [Customer] = []
  var changedCustomers: [Change<Customer>] = []
  var contacts: [Contact] = []
  var changedContacts: [Change<Contact>] = []
  var fields: [CustomField] = []
  var tags: [Tag] = []
  private(set) var taggings: [Tagging] = []
  var products: [Product] = []
  var orders: [OrderImage] = []
  var changedOrders: [Change<OrderImage>] = []
  var problems: [ImportProblem] = []
  var counts = ImportCounts()
  var samples: [ImportReport.Sample] = []

  static let sampleCount = 8
  /// Changes that a dry run lists.
  static let changeLimit = 20

  /// Where a customer stands among those made, or those changed.
  private var madeAt: [Customer.ID: Int] = [:]
  private var changedAt: [Customer.ID: Int] = [:]
  private var isTagged: Set<Tagging> = []

  /// A customer as the plan leaves it so far; nil when the plan does not touch it.
  func customer(_ id: Customer.ID) -> Customer? {
    madeAt[id].map { customers[$0] } ?? changedAt[id].map { changedCustomers[$0].after }
  }

  func makes(_ customer: Customer.ID) -> Bool { madeAt[customer] != nil }

  mutating func make(_ customer: Customer) {
    madeAt[customer.id] = customers.count
    customers.append(customer)
  }

  /// - Parameter before: as the database has it; nil for one that the plan itself makes.
  mutating func change(_ customer: Customer, before: Customer?) {
    if let index = madeAt[customer.id] {
      customers[index] = customer
    } else if let index = changedAt[customer.id] {
      changedCustomers[index].after = customer
    } else if let before {
      changedAt[customer.id] = changedCustomers.count
      changedCustomers.append(Change(before: before, after: customer))
    }
  }

  mutating func put(_ tagging: Tagging) {
    if isTagged.insert(tagging).inserted { taggings.append(tagging) }
  }

  /// Notes what a person should know of a row that is taken.
  mutating func warn(_ code: ImportProblem.Code, _ line: Int, _ value: String, column: String = "") {
    counts.warnings += 1
    counts.problems += 1
    problems.append(ImportProblem(code, line: line, column: column, value: value, isWarning: true))
  }

  /// Leaves rows out.
  mutating func reject(_ lines: [Int], _ code: ImportProblem.Code, column: String, value: String) {
    problems += lines.map { ImportProblem(code, line: $0, column: column, value: value) }
    counts.problems += lines.count
    counts.rejected += lines.count
  }

  /// Customers that are to be found by other words than before.
  var searched: [Customer.ID] {
    var ids = Set(customers.map(\.id) + changedCustomers.map(\.after.id))
    ids.formUnion(contacts.map(\.customerId) + changedContacts.map(\.after.customerId))
    return ids.sorted()
  }
}
