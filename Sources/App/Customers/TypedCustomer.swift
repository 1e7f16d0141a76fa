import Store
import Web

/// Whom somebody typed by number, id or whole name.
enum TypedCustomer {
  case nobody, several
  case one(Customer)

  static func find(_ text: String, _ access: Access, in tx: Transaction) throws -> TypedCustomer {
    let code = text.unmarked
    let found: [Customer] = try tx.all(
      """
      SELECT customer.* FROM customer
      WHERE (outside_id = \(code) OR id = \(Customer.ID(code)?.raw ?? 0) OR (name = \(text) AND sort_name IN \(in: Pinyin.sortKeys(text))))
      AND \(access.customers) ORDER BY id LIMIT 3
      """)
    let exact = found.filter { $0.outsideId == code || $0.id.description == code }
    if exact.count == 1 { return .one(exact[0]) }
    if found.count == 1 { return .one(found[0]) }
    return found.isEmpty ? .nobody : .several
  }

  /// What is wrong with it; nil where it is one.
  var problem: Word? {
    switch self {
    case .nobody: CustomerWords.noSuchCustomer
    case .several: CustomerWords.severalCustomers
    case .one: nil
    }
  }
}
