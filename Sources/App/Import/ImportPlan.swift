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
  struct Tagging: Codable, Equatable, Sendable {
    let customer: Customer.ID
    let tag: Tag.ID
  }

  var customers: [Customer] = []
  var changedCustomers: [Change<Customer>] = []
  var contacts: [Contact] = []
  var changedContacts: [Change<Contact>] = []
  var tags: [Tag] = []
  var taggings: [Tagging] = []
  var products: [Product] = []
  var orders: [OrderImage] = []
  var changedOrders: [Change<OrderImage>] = []
  var problems: [ImportProblem] = []
  var counts = ImportCounts()
  var samples: [ImportReport.Sample] = []

  static let sampleCount = 8

  /// Customers whose orders change, other than by new ones.
  var changedBuyers: [Customer.ID] {
    Set(changedOrders.lazy.flatMap { [$0.before.order.customerId, $0.after.order.customerId] }).sorted()
  }

  /// Customers that are to be found by other words than before.
  var searched: [Customer.ID] {
    var ids = Set(customers.map(\.id) + changedCustomers.map(\.after.id))
    ids.formUnion(contacts.map(\.customerId) + changedContacts.map(\.after.customerId))
    return ids.sorted()
  }
}
