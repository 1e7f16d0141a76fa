import Store
import Web

extension Contact {
  static func of(_ customer: Customer.ID) -> Question<[Contact]> {
    .all("SELECT * FROM contact WHERE customer_id = \(customer) ORDER BY id")
  }

  /// - Throws: ``AppError/notFound`` when there is no such contact, or none the caller may see.
  static func found(_ id: ID, _ access: Access, in tx: Transaction) throws -> Contact {
    let contact: Contact? = try tx.first(
      """
      SELECT contact.* FROM contact JOIN customer ON customer.id = contact.customer_id
      WHERE contact.id = \(id) AND \(access.customers)
      """)
    guard let contact else { throw AppError.notFound }
    return contact
  }
}
