import Store

extension Customer {
  /// Makes customers findable by what they and their contacts are called, their numbers and ids.
  static func index(_ ids: [ID], in tx: Transaction) throws {
    let customers: [Customer] = try tx.all("SELECT * FROM customer WHERE id IN \(in: ids)")
    let contacts: [Contact] = try tx.all("SELECT * FROM contact WHERE customer_id IN \(in: ids)")
    let byCustomer = Dictionary(grouping: contacts, by: \.customerId)
    try tx.index(all: customers.map { $0.document(with: byCustomer[$0.id] ?? []) })
  }

  private func document(with contacts: [Contact]) -> SearchDocument {
    var terms = SearchTerms()
    terms.name(name)
    for phone in phones { terms.digits(phone.normal) }
    for code in [outsideId ?? "", email, wechat] { terms.code(code) }
    for contact in contacts {
      terms.name(contact.name)
      for phone in contact.phones { terms.digits(phone.normal) }
      for code in [contact.email, contact.wechat] { terms.code(code) }
    }
    return SearchDocument(id: id.raw, kind: "customer", terms: terms)
  }
}
