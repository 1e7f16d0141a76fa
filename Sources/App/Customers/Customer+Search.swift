import Store

extension Customer {
  /// Makes customers findable by what they and their contacts are called, their numbers and ids, and the values of
  /// the firm's own fields.
  static func index(_ ids: [ID], in tx: Transaction) throws {
    let customers: [Customer] = try tx.all("SELECT * FROM customer WHERE id IN \(in: ids)")
    let contacts: [Contact] = try tx.all("SELECT * FROM contact WHERE customer_id IN \(in: ids)")
    let byCustomer = Dictionary(grouping: contacts, by: \.customerId)
    let fields = customers.allSatisfy(\.more.isEmpty) ? [] : try tx.ask(CustomField.all)
    try tx.index(all: customers.map { $0.document(with: byCustomer[$0.id] ?? [], fields) })
  }

  private func document(with contacts: [Contact], _ fields: [CustomField]) -> SearchDocument {
    var called = SearchTerms()
    called.name(name)
    var more = SearchTerms()
    for phone in phones { more.phone(phone) }
    for code in [outsideId ?? "", email, wechat] { more.code(code) }
    for contact in contacts {
      more.name(contact.name)
      for phone in contact.phones { more.phone(phone) }
      for code in [contact.email, contact.wechat] { more.code(code) }
    }
    for (_, value) in self.more.filled(of: fields) { more.name(value) }
    return SearchDocument(id: id.raw, kind: .customer, name: called, more: more)
  }

  /// Whom a text means, the likeliest first: who is called just that, in characters or as it is spoken, whose own
  /// name holds it, and then who has it in a contact's name, a phone or a number; of each the largest first.
  static func likeliest(
    _ text: String, _ access: Access, limit: Int, in tx: Transaction
  ) throws -> [ValuedCustomer] {
    guard let query = SearchQuery(typed: text) else { return [] }
    var found: [ValuedCustomer] = []
    func add(
      from totals: SQL = "customer_total", where condition: SQL,
      by order: SQL = "amount DESC, customer_id DESC"
    ) throws {
      guard found.count < limit else { return }
      found += try tx.all(
        """
        SELECT * FROM customer JOIN (
          SELECT customer_total.* FROM \(totals) WHERE \(condition)
            AND customer_id NOT IN \(in: found.map(\.customer.id)) AND \(access.totals)
          ORDER BY \(order) LIMIT \(limit - found.count)
        ) AS customer_total ON customer_total.customer_id = customer.id
        ORDER BY customer_total.amount DESC, customer_total.customer_id DESC
        """)
    }
    try add(where: "customer_id IN (SELECT id FROM customer WHERE sort_name IN \(in: Pinyin.sortKeys(text)))")
    if let exact = SearchQuery(extensionsIn: text) {
      try add(where: "customer_total.customer_id IN \(in: tx.first(100, of: exact, in: .all))")
    }
    for scope in [SearchScope.wholeName, .name, .all] where found.count < limit {
      try add(
        from: "\(SQL.ranked(query, in: scope)) AS hit CROSS JOIN customer_total",
        where: "customer_total.customer_id = hit.id", by: "hit.place")
      guard found.count < limit else { break }
      try add(where: "customer_total.customer_id IN \(in: tx.first(6_000, of: query, in: scope))")
    }
    return found
  }
}
