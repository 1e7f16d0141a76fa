import Store

extension Tag {
  static var all: Question<[Tag]> { .all("SELECT * FROM tag ORDER BY sort_name, id") }

  /// The names of the tags on each of these customers.
  static func names(of customers: [Customer.ID]) -> Question<[Customer.ID: [String]]> {
    Question<[(Customer.ID, String)]>.map(
      """
      SELECT customer_tag.customer_id, tag.name FROM customer_tag JOIN tag ON tag.id = customer_tag.tag_id
      WHERE customer_tag.customer_id IN \(in: customers) ORDER BY tag.sort_name, tag.id
      """
    ) { (try $0[0], try $0[1]) }
    .then { Dictionary(grouping: $0, by: \.0).mapValues { $0.map(\.1) } }
  }

  /// The tags on one customer.
  static func on(_ customer: Customer.ID) -> Question<[Tag]> {
    .all(
      """
      SELECT tag.* FROM tag JOIN customer_tag ON customer_tag.tag_id = tag.id
      WHERE customer_tag.customer_id = \(customer) ORDER BY tag.sort_name, tag.id
      """)
  }

  /// The tag of this name, made if there was none.
  static func named(_ name: String, ids: IDSource, in tx: Transaction) throws -> Tag {
    if let tag: Tag = try tx.first("SELECT * FROM tag WHERE name = \(name)") { return tag }
    let tag = Tag(id: ids.next(), name: name)
    try tx.insert(tag)
    return tag
  }

  func put(on customer: Customer.ID, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO customer_tag (customer_id, tag_id) VALUES (\(customer), \(id))
      ON CONFLICT (customer_id, tag_id) DO NOTHING
      """)
  }

  static func take(_ tag: Tag.ID, off customer: Customer.ID, in tx: Transaction) throws {
    try tx.run("DELETE FROM customer_tag WHERE customer_id = \(customer) AND tag_id = \(tag)")
  }
}
