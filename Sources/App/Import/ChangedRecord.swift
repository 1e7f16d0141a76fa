import Store
import Web

/// A record that an import changes, value by value.
struct ChangedRecord: Codable, Equatable, Sendable {
  struct Value: Codable, Equatable, Sendable {
    let field: Word
    let before: Word
    let after: Word
  }

  let kind: ImportChange.Kind
  let name: String
  /// Where it is shown.
  let place: String
  let values: [Value]
  /// Whether somebody changed it after the import; then `after` is what it says now.
  var isEditedSince = false

  init(_ kind: ImportChange.Kind, _ name: String, at place: String, _ before: [Told], _ after: [Told]) {
    self.kind = kind
    self.name = name
    self.place = place
    values = zip(before, after).compactMap { before, after in
      before.text == after.text ? nil : Value(field: before.field, before: before.text, after: after.text)
    }
  }
}

/// One value of a record in words.
struct Told {
  let field: Word
  let text: Word

  init(_ field: String, _ text: String) { self.init(field, Word(same: text)) }

  init(_ field: String, _ text: Word) { self.init(ImportWords.field(field), text) }

  init(_ field: Word, _ text: Word) {
    self.field = field
    self.text = text
  }
}

/// What ids in records stand for.
struct NamesOfIDs: Sendable {
  var users: [User.ID: String] = [:]
  var customers: [Customer.ID: String] = [:]
  /// The firm's own fields, all of them.
  var fields: [CustomField] = []
}

extension Customer {
  /// What an import may change of it.
  func told(_ names: NamesOfIDs) -> [Told] {
    [
      Told("name", name), Told("id", outsideId ?? ""), Told("kind", CustomerWords.kind(kind)),
      Told("direction", Word.list(roles.map(CustomerWords.role))),
      Told("owner", ownerId.flatMap { names.users[$0] } ?? ""), Told("phone", phones.typed), Told("email", email),
      Told("wechat", wechat), Told("region", Region.shown(regionCode, typed: region)), Told("address", address),
      Told("industry", industry), Told("source", source), Told("birthday", birthday?.description ?? ""),
      Told("remark", description),
    ] + names.fields.map { Told(Word(same: $0.name), Word(same: more[$0.id])) }
  }
}

extension Contact {
  func told() -> [Told] {
    [
      Told(ContactWords.role, ContactWords.role(role)), Told("contact_role", title), Told("phone", phones.typed),
      Told("email", email), Told("wechat", wechat),
    ]
  }
}

extension OrderImage {
  func told(_ names: NamesOfIDs) -> [Told] {
    [
      Told("customer_name", names.customers[order.customerId] ?? ""), Told("date", order.orderedOn.description),
      Told("amount", Money(order.amount, order.currency).decimal),
      Told("cost", Money(order.cost, order.currency).decimal),
      Told("currency", order.currency), Told("quantity", order.quantity.description), Told("note", order.note),
      Told("product_name", lines.map { "\($0.productName) × \($0.quantity)" }.joined(separator: "\n")),
    ]
  }
}

extension [PhoneNumber] {
  fileprivate var typed: String { map(\.shown).joined(separator: ", ") }
}

extension Word {
  fileprivate static func list(_ words: [Word]) -> Word {
    Word(words.map(\.zh).joined(separator: "、"), words.map(\.en).joined(separator: ", "))
  }
}

extension ImportPlan {
  /// The first records that are there already and change.
  /// - Parameter made: the firm's own fields that a dry run would have made by now.
  func changedRecords(limit: Int, _ made: [CustomField], in tx: Transaction) throws -> [ChangedRecord] {
    let (customers, contacts) = (changedCustomers.prefix(limit), changedContacts.prefix(limit))
    let orders = changedOrders.prefix(limit)
    var names = try NamesOfIDs(
      customers.flatMap { [$0.before, $0.after] }, orders.flatMap { [$0.before, $0.after] }, in: tx)
    if customers.contains(where: { $0.before.more != $0.after.more }) {
      names.fields = try tx.ask(CustomField.all) + made.sorted { $0.id < $1.id }
    }
    let records =
      customers.map { ChangedRecord($0.before, $0.after, names) } + contacts.map { ChangedRecord($0.before, $0.after) }
      + orders.map { ChangedRecord($0.before, $0.after, names) }
    return Array(records.filter { !$0.values.isEmpty }.prefix(limit))
  }
}

extension ChangedRecord {
  init(_ before: Customer, _ after: Customer, _ names: NamesOfIDs) {
    self.init(.customer, after.name, at: "/customers/\(after.id)", before.told(names), after.told(names))
  }

  init(_ before: Contact, _ after: Contact) {
    self.init(.contact, after.name, at: "/customers/\(after.customerId)", before.told(), after.told())
  }

  init(_ before: OrderImage, _ after: OrderImage, _ names: NamesOfIDs) {
    self.init(.order, after.order.number, at: "/orders/\(after.order.id)", before.told(names), after.told(names))
  }
}

extension NamesOfIDs {
  init(_ customers: [Customer], _ orders: [OrderImage], in tx: Transaction) throws {
    users = try User.names(of: customers.compactMap(\.ownerId), in: tx)
    try tx.each("SELECT id, name FROM customer WHERE id IN \(in: orders.map(\.order.customerId))") {
      self.customers[try $0[0]] = try $0[1]
    }
  }
}
