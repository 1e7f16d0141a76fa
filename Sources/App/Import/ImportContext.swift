import Store
import Web

/// What the rows of an import are turned into records with.
struct ImportContext: Sendable {
  let record: Import
  let options: ImportOptions
  let settings: Settings
  let access: Access
  let ids: IDSource
  /// The time all its records are written.
  let stamp: Instant
  /// The colleagues' ids by name and e-mail, in lower case.
  let owners: [String: User.ID]
  /// Fields that a column has.
  let fields: Set<String>

  init(_ record: Import, _ setup: ImportSetup, _ services: Services, in tx: Transaction) throws {
    self.record = record
    options = setup.options
    settings = try Settings.load(in: tx)
    access = Access(user: record.uploadedBy, isAdministrator: record.uploadedBy == nil)
    ids = services.ids
    stamp = record.startedAt ?? services.clock()
    fields = Set(setup.columns.keys)
    owners = try User.all(in: tx).reversed().reduce(into: [:]) { owners, user in
      owners[user.name.lowercased()] = user.id
      owners[user.email.lowercased()] = user.id
    }
  }

  var user: User.ID? { record.uploadedBy }
  var source: String { options.source }
  var currency: String { options.currency ?? settings.currency }
}

/// What an import has made so far: a dry run finds here what a run finds in the database.
struct ImportMemory: Sendable {
  /// Customers made, or given a number, by their numbers.
  var numbers: [String: Customer.ID] = [:]
  /// The first customer made of a name, and the first that has no number yet.
  var names: [String: Customer.ID] = [:]
  var unnumbered: [String: Customer.ID] = [:]
  /// Customers of the database that were given a number.
  var adopted: Set<Customer.ID> = []
  var productCodes: [String: Product.ID] = [:]
  var productNames: [String: Product.ID] = [:]
  var tags: [String: Tag.ID] = [:]
}

/// Finds the customers that rows speak of: by number, else by name among those of the same source.
struct CustomerFinder {
  enum Match {
    case found(Customer.ID)
    /// Known by name so far, and without a number: this is the number.
    case adopted(Customer.ID)
  }

  private struct Candidate {
    let id: Customer.ID
    let hasNumber: Bool
  }

  private var numbers: [String: Customer.ID] = [:]
  private var names: [String: [Candidate]] = [:]

  /// Asks the database about all of them at once.
  init(_ wanted: some Sequence<(number: String, name: String)>, _ context: ImportContext, in tx: Transaction) throws {
    let wanted = Array(wanted)
    let numbers = Array(Set(wanted.map(\.number)).subtracting([""]))
    try tx.each(
      """
      SELECT id, outside_id FROM customer
      WHERE outside_source = \(context.source) AND outside_id IN \(in: numbers) AND \(context.access.customers)
      """
    ) { self.numbers[try $0[1]] = try $0[0] }
    let open = wanted.lazy.filter { [found = self.numbers] in found[$0.number] == nil && $0.name != $0.number }
    let keys = Array(Set(open.map { Pinyin.sortKey($0.name) }))
    guard !keys.isEmpty else { return }
    try tx.each(
      """
      SELECT id, name, CASE WHEN outside_id IS NULL THEN 0 ELSE 1 END FROM customer
      WHERE outside_source = \(context.source) AND sort_name IN \(in: keys) AND \(context.access.customers) ORDER BY id
      """
    ) { names[try $0[1], default: []].append(Candidate(id: try $0[0], hasNumber: try $0[2])) }
  }

  func find(number: String, name: String, _ memory: ImportMemory) -> Match? {
    if !number.isEmpty, let id = numbers[number] ?? memory.numbers[number] { return .found(id) }
    guard name != number, !name.isEmpty else { return nil }
    let known = names[name] ?? []
    if number.isEmpty { return (known.first?.id ?? memory.names[name]).map(Match.found) }
    let free = known.first { !$0.hasNumber && !memory.adopted.contains($0.id) }?.id ?? memory.unnumbered[name]
    return free.map(Match.adopted)
  }
}

extension ImportMemory {
  mutating func made(_ customer: Customer) {
    if let number = customer.outsideId { numbers[number] = customer.id }
    names[customer.name] = names[customer.name] ?? customer.id
    if customer.outsideId == nil { unnumbered[customer.name] = unnumbered[customer.name] ?? customer.id }
  }

  mutating func adopted(_ id: Customer.ID, number: String, name: String) {
    numbers[number] = id
    adopted.insert(id)
    if unnumbered[name] == id { unnumbered[name] = nil }
  }
}
