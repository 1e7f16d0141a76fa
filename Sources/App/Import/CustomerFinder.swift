import Store

/// What a row says of whom it means.
struct SoughtCustomer: Hashable, Sendable {
  var number = ""
  var name = ""
  /// In their normal form.
  var phones: [String] = []
  /// In lower case.
  var email = ""

  /// By what it can be reached, where customers are matched by that.
  func reach(_ match: ImportOptions.Match) -> [String] {
    switch match {
    case .phone: phones
    case .email: email.isEmpty ? [] : [email]
    case .number, .name: []
    }
  }
}

/// Finds the customers that rows speak of: by what was chosen to match them by, else by number, else by name among
/// those of the same source.
struct CustomerFinder {
  enum Match {
    case found(Customer.ID)
    /// Known without a number so far: this is the number.
    case adopted(Customer.ID)
    case several
  }

  private struct Candidate {
    let id: Customer.ID
    let hasNumber: Bool
  }

  private let match: ImportOptions.Match
  private var numbers: [String: Customer.ID] = [:]
  private var names: [String: [Candidate]] = [:]
  private var reached: [String: Set<Customer.ID>] = [:]

  /// Asks the database about all of them at once.
  init(_ sought: some Sequence<SoughtCustomer>, _ context: ImportContext, in tx: Transaction) throws {
    match = context.match
    let sought = Array(sought)
    let numbers = Set(sought.map(\.number)).subtracting([""]).sorted()
    try tx.each(
      """
      SELECT customer.id, outside_id FROM \(.rows(numbers)) CROSS JOIN customer
      WHERE outside_id = listed.value AND outside_source = \(context.source) AND \(context.access.customers)
      """
    ) { self.numbers[try $0[1]] = try $0[0] }
    try findNames(sought, context, in: tx)
    try findReached(Set(sought.flatMap { $0.reach(context.match) }), context, in: tx)
  }

  private mutating func findNames(_ sought: [SoughtCustomer], _ context: ImportContext, in tx: Transaction) throws {
    let open = sought.lazy.filter { [numbers, match] in
      $0.name != $0.number && (match == .name || numbers[$0.number] == nil)
    }
    let keys = Array(Set(open.flatMap { Pinyin.sortKeys($0.name) }))
    guard !keys.isEmpty else { return }
    // By name alone they are looked for among all; else a name of another source may be somebody else's.
    let ofSource: SQL = match == .name ? "1 = 1" : "outside_source = \(context.source)"
    try tx.each(
      """
      SELECT id, name, CASE WHEN outside_id IS NULL THEN 0 ELSE 1 END FROM customer
      WHERE \(ofSource) AND sort_name IN \(in: keys) AND \(context.access.customers) ORDER BY id
      """
    ) { names[try $0[1], default: []].append(Candidate(id: try $0[0], hasNumber: try $0[2])) }
  }

  /// The search index knows who may be meant; their phones and addresses say who is.
  private mutating func findReached(_ reach: Set<String>, _ context: ImportContext, in tx: Transaction) throws {
    var likely: Set<Customer.ID> = []
    for text in reach {
      guard let query = SearchQuery(text) else { continue }
      likely.formUnion(
        try tx.values(
          """
          SELECT id FROM customer WHERE id IN \(SQL.matching(query)) AND \(context.access.customers)
          LIMIT 100
          """))
    }
    guard !likely.isEmpty else { return }
    func note(_ id: Customer.ID, _ phones: [PhoneNumber], _ email: String) {
      for text in phones.map(\.normal) + [email.lowercased()] where reach.contains(text) {
        reached[text, default: []].insert(id)
      }
    }
    let known = try KnownCustomers(likely.sorted(), in: tx)
    for customer in known.customers.values { note(customer.id, customer.phones, customer.email) }
    for contact in known.contacts.values.joined() { note(contact.customerId, contact.phones, contact.email) }
  }

  func find(_ sought: SoughtCustomer, _ memory: ImportMemory) -> Match? {
    let (number, name) = (sought.number, sought.name)
    let fitting = sought.reach(match).reduce(into: Set<Customer.ID>()) { ids, text in
      ids.formUnion(reached[text] ?? [])
      if let made = memory.reached[text] { ids.insert(made) }
    }
    if fitting.count > 1 { return .several }
    if let id = fitting.first { return .found(id) }
    let known = names[name] ?? []
    if match == .name, let first = known.first?.id ?? memory.names[name] {
      return known.count > 1 ? .several : .found(first)
    }
    if !number.isEmpty, let id = numbers[number] ?? memory.numbers[number] { return .found(id) }
    guard name != number, !name.isEmpty else { return nil }
    if number.isEmpty { return (known.first?.id ?? memory.names[name]).map(Match.found) }
    let free = known.first { !$0.hasNumber && !memory.adopted.contains($0.id) }?.id ?? memory.unnumbered[name]
    return free.map(Match.adopted)
  }
}

extension ImportMemory {
  mutating func made(_ customer: Customer, reachedBy reach: [String] = []) {
    if keepsNumbers, let number = customer.outsideId { numbers[number] = customer.id }
    if keepsNames { names[customer.name] = names[customer.name] ?? customer.id }
    if customer.outsideId == nil { unnumbered[customer.name] = unnumbered[customer.name] ?? customer.id }
    for text in reach { reached[text] = reached[text] ?? customer.id }
  }

  mutating func adopted(_ id: Customer.ID, number: String, name: String) {
    if keepsNumbers { numbers[number] = id }
    adopted.insert(id)
    if unnumbered[name] == id { unnumbered[name] = nil }
  }
}
