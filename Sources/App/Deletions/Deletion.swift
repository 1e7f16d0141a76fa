import Foundation
import Store
import Web

/// Something that was deleted, kept for a month so that it can be brought back.
struct Deletion: Record, Identifiable, Equatable {
  typealias ID = Store.ID<Deletion>

  /// What was deleted, whole.
  enum Content: Codable, Equatable, Sendable {
    case customer(CustomerImage)
    case contact(Contact)
    case note(Note)
    case order(OrderImage)
    case product(Product)
    case tagging(Tagging)
  }

  let id: ID
  /// JSON of a ``Content``.
  let content: String
  let deletedAt: Instant
  let deletedBy: User.ID?

  private static let daysKept: Int64 = 30

  /// Keeps what is about to be deleted, in the same transaction.
  /// - Returns: where it is brought back.
  static func keep(_ content: Content, _ services: Services, by user: User.ID?, in tx: Transaction) throws -> String {
    let now = services.clock()
    try tx.run("DELETE FROM deletion WHERE deleted_at < \(now.adding(seconds: -daysKept * 86_400))")
    let json = String(decoding: try JSONEncoder().encode(content), as: UTF8.self)
    let deletion = Deletion(id: services.ids.next(), content: json, deletedAt: now, deletedBy: user)
    try tx.insert(deletion)
    return "/deletions/\(deletion.id)"
  }

  /// Writes it again as it was.
  /// - Returns: the page that shows it.
  /// - Throws: ``AppError`` when what it belonged to is gone, or its number is another's now.
  func undo(in tx: Transaction) throws -> String {
    let content = try JSONDecoder().decode(Content.self, from: Data(content.utf8))
    try tx.delete(Deletion.self, id)
    do { return try content.restore(in: tx) } catch StoreError.constraint {
      throw AppError.conflict(DeletionWords.inTheWay)
    }
  }
}

/// A tag as it was on a customer.
struct Tagging: Codable, Equatable, Sendable {
  let customer: Customer.ID
  let tag: Tag.ID
}

/// A customer with what is deleted along with it.
struct CustomerImage: Codable, Equatable, Sendable {
  let customer: Customer
  let contacts: [Contact]
  let notes: [Note]
  let tags: [Tag.ID]

  static func read(_ customer: Customer, in tx: Transaction) throws -> CustomerImage {
    CustomerImage(
      customer: customer, contacts: try tx.ask(Contact.of(customer.id)),
      notes: try tx.all("SELECT * FROM note WHERE customer_id = \(customer.id) ORDER BY id"),
      tags: try tx.ask(Tag.on(customer.id)).map(\.id))
  }
}

extension Deletion.Content {
  fileprivate func restore(in tx: Transaction) throws -> String {
    switch self {
    case .customer(let image):
      var customer = image.customer
      // It may have been deleted when names were read otherwise, and sorts as they are now.
      customer.name = image.customer.name
      try Customer.add([customer], in: tx)
      try tx.insert(all: image.contacts)
      try tx.insert(all: image.notes)
      for tag in image.tags where try tx.exists("SELECT 1 FROM tag WHERE id = \(tag)") {
        try tx.run("INSERT INTO customer_tag (customer_id, tag_id) VALUES (\(image.customer.id), \(tag))")
      }
      try Customer.index([image.customer.id], in: tx)
      return "/customers/\(image.customer.id)"
    case .contact(let contact):
      try tx.insert(contact)
      try Customer.index([contact.customerId], in: tx)
      return "/customers/\(contact.customerId)"
    case .note(let note):
      try tx.insert(note)
      return "/customers/\(note.customerId)"
    case .order(let image):
      try image.order.insert(with: image.lines, in: tx)
      return "/orders/\(image.order.id)"
    case .product(let image):
      var product = image
      product.name = image.name
      try tx.insert(product)
      try Product.index([product.id], in: tx)
      return "/products/\(product.id)"
    case .tagging(let tagging):
      try tx.run(
        """
        INSERT INTO customer_tag (customer_id, tag_id) VALUES (\(tagging.customer), \(tagging.tag))
        ON CONFLICT (customer_id, tag_id) DO NOTHING
        """)
      return "/customers/\(tagging.customer)"
    }
  }
}
