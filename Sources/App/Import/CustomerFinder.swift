import Store

/// What a row says of whom it means.
struct SoughtCustomer: Hashable, Sendable {
  var number = ""
  var name = ""
  /// Their keys.
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

  var reach: Reach { Reach(phones, email) }
}

/// By what a customer can be reached, short enough to be kept of very many.
struct Reach: Equatable, Sendable {
  private(set) var phones: [Int]
  private(set) var email: Int?

  init(_ phones: [String], _ email: String) {
    self.phones = phones.map(\.hashValue)
    self.email = email.isEmpty ? nil : email.hashValue
  }

  var isEmpty: Bool { phones.isEmpty && email == nil }
  var keys: [Int] { phones + [email].compactMap(\.self) }

  enum Comparison { case same, other, open }

  /// Whether two of one name are one: a phone or an address that both have tells; where they have neither in common, they
  /// are two.
  func compared(with other: Reach) -> Comparison {
    if phones.contains(where: other.phones.contains) || (email != nil && email == other.email) { return .same }
    let differ = !phones.isEmpty && !other.phones.isEmpty || email != nil && other.email != nil
    return differ ? .other : .open
  }

  mutating func add(_ other: Reach) {
    phones += other.phones.filter { !phones.contains($0) }
    email = email ?? other.email
  }
}

/// Finds the customers that rows speak of: by what was chosen to match them by, else by number, else by name among
/// those of the same source.
struct CustomerFinder {
  enum Match {
    case found(Customer.ID)
    /// The same, by nothing but the name.
    case named(Customer.ID)
    /// Known without a number so far: this is the number.
    case adopted(Customer.ID)
    case several
  }

  /// A customer of the database, as far as it is compared.
  private struct Named: Decodable {
    let id: Customer.ID
    let name: String
    let outsideId: String?
    let phones: [PhoneNumber]
    let email: String
    let updatedAt: Instant
  }

  struct Candidate: Sendable {
    let id: Customer.ID
    var hasNumber: Bool
    /// Whether it was there before this import.
    let isOld: Bool
  }

  private let match: ImportOptions.Match
  private var numbers: [String: Customer.ID] = [:]
  private var names: [String: Namesakes<Candidate>] = [:]
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
    let matchesNames = context.options.matchesNames ?? true
    let ofSource: SQL = match == .name ? "1 = 1" : "outside_source = \(context.source)"
    let found: [Named] = try tx.all(
      """
      SELECT id, name, outside_id, phones, email, updated_at FROM customer
      WHERE \(ofSource) AND sort_name IN \(in: keys) AND \(context.access.customers) ORDER BY id
      """)
    for customer in found {
      let isOld = customer.updatedAt != context.stamp
      if isOld, !matchesNames, match != .name { continue }
      names[customer.name, default: Namesakes()].add(
        Candidate(id: customer.id, hasNumber: customer.outsideId != nil, isOld: isOld),
        Reach(customer.phones.map(\.key), customer.email.lowercased()))
    }
  }

  /// The search index knows who may be meant; their phones and addresses say who is.
  private mutating func findReached(_ reach: Set<String>, _ context: ImportContext, in tx: Transaction) throws {
    var likely: Set<Customer.ID> = []
    for text in reach {
      guard let query = SearchQuery(of: text) else { continue }
      likely.formUnion(
        try tx.values(
          """
          SELECT id FROM customer WHERE id IN \(SQL.matching(query)) AND \(context.access.customers)
          LIMIT 100
          """))
    }
    guard !likely.isEmpty else { return }
    func note(_ id: Customer.ID, _ phones: [PhoneNumber], _ email: String) {
      for text in phones.map(\.key) + [email.lowercased()] where reach.contains(text) {
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
    if match == .name {
      let known = names[name]
      if let first = known?[0].id ?? memory.names[name]?[0].id {
        return (known?.count ?? 0) > 1 ? .several : .found(first)
      }
    }
    if !number.isEmpty, let id = numbers[number] ?? memory.numbers[number] { return .found(id) }
    guard name != number, !name.isEmpty else { return nil }
    return number.isEmpty ? named(sought, memory) : free(sought, memory)
  }

  /// Those of a name who surely are the one, and else those who are not somebody else for all that is known: two of them,
  /// if there are more.
  private func candidates(_ sought: SoughtCustomer, _ memory: ImportMemory) -> (sure: [Candidate], open: [Candidate]) {
    let all = [names[sought.name], memory.names[sought.name]].compactMap(\.self)
    let reach = sought.reach
    if FirmName.isOne(sought.name) { return ([], all.flatMap { $0.members.prefix(2).map(\.member) }) }
    let sure = all.flatMap { known in known.sure(reach).map { known[$0] } }
    if let learned = memory.learnedBy(reach, sought.name), !sure.contains(where: { $0.id == learned.id }) {
      return (sure + [learned], [])
    }
    if !sure.isEmpty { return (sure, []) }
    let open = all.flatMap { known in known.open(reach).map { known[$0] } }
    return ([], open.filter { memory.learned[$0.id].map { $0.compared(with: reach) == .open } ?? true })
  }

  /// Where nothing but the name speaks, several of it cannot be told apart.
  private func named(_ sought: SoughtCustomer, _ memory: ImportMemory) -> Match? {
    let (sure, open) = candidates(sought, memory)
    if let first = sure.first { return sure.count > 1 ? .several : .found(first.id) }
    guard let first = open.first else { return nil }
    if open.count > 1, !FirmName.isOne(sought.name) { return .several }
    return first.isOld ? .named(first.id) : .found(first.id)
  }

  /// One of the name who has no number yet, where it is the only one.
  private func free(_ sought: SoughtCustomer, _ memory: ImportMemory) -> Match? {
    let (sure, open) = candidates(sought, memory)
    // Who can be reached is no walk-in customer, whatever the name.
    if WalkIn.isName(sought.name) {
      return names[sought.name]?.open(Reach([], "")).first.flatMap { walkIn($0, sought.name) }
    }
    func unnumbered(_ all: [Candidate]) -> [Candidate] {
      all.filter { !$0.hasNumber && !memory.adopted.contains($0.id) }
    }
    if let one = unnumbered(sure).first { return .adopted(one.id) }
    let fitting = unnumbered(open)
    if fitting.count > 1, !FirmName.isOne(sought.name) { return .several }
    return fitting.first.map { .adopted($0.id) }
  }

  private func walkIn(_ place: Int, _ name: String) -> Match? {
    guard let known = names[name], known.members[place].reach.isEmpty, !known[place].hasNumber else { return nil }
    return .adopted(known[place].id)
  }
}

/// Names that belong to one firm alone, so that another phone is another phone of it and not another customer.
enum FirmName {
  static func isOne(_ name: String) -> Bool {
    if han.contains(where: name.contains) { return true }
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.last.map { latin.contains(String($0)) } ?? false
  }

  private static let han = [
    "公司", "集团", "工厂", "银行", "医院", "学校", "大学", "学院", "研究院", "研究所", "事务所", "委员会", "合作社", "株式会社", "有限",
  ]
  private static let latin: Set<String> = [
    "ltd", "limited", "inc", "llc", "gmbh", "corp", "corporation", "co", "company", "plc", "ag", "bv", "oy", "ab",
    "sarl",
    "srl", "spa", "pty", "pte", "kk", "llp", "group", "university", "bank",
  ]
}

extension ImportMemory {
  mutating func made(_ customer: Customer, reachedBy reach: [String] = []) {
    if keepsNumbers, let number = customer.outsideId { numbers[number] = customer.id }
    if keepsNames || customer.outsideId == nil {
      names[customer.name, default: Namesakes()].add(
        CustomerFinder.Candidate(id: customer.id, hasNumber: customer.outsideId != nil, isOld: false),
        Reach(customer.phones.map(\.key), customer.email.lowercased()))
    }
    for text in reach { reached[text] = reached[text] ?? customer.id }
  }

  mutating func adopted(_ id: Customer.ID, number: String) {
    if keepsNumbers { numbers[number] = id }
    adopted.insert(id)
  }

  /// Keeps what a row says of somebody, so that the next of the name is compared with it.
  mutating func learn(_ sought: SoughtCustomer, of id: Customer.ID) {
    let reach = sought.reach
    guard !reach.isEmpty else { return }
    learned[id, default: Reach([], "")].add(reach)
    for key in reach.keys { learnedKeys[Self.key(key, sought.name)] = id }
  }

  /// Who was learned to be reached so.
  func learnedBy(_ reach: Reach, _ name: String) -> CustomerFinder.Candidate? {
    if learnedKeys.isEmpty { return nil }
    let id = reach.keys.lazy.compactMap { learnedKeys[Self.key($0, name)] }.first
    return id.map { CustomerFinder.Candidate(id: $0, hasNumber: false, isOld: false) }
  }

  private static func key(_ reach: Int, _ name: String) -> Int {
    var hasher = Hasher()
    hasher.combine(reach)
    hasher.combine(name)
    return hasher.finalize()
  }
}
