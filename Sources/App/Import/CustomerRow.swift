import Store

/// One row of a file of customers: a customer, or one contact of it.
struct CustomerRow: Equatable, Sendable {
  struct Person: Equatable, Sendable {
    var name = ""
    var role = Contact.Role.unknown
    var title = ""
  }

  let line: Int
  var number = ""
  var name = ""
  var kind: Customer.Kind?
  var roles: [Customer.Role] = []
  var contact: Person?
  var phones: [PhoneNumber] = []
  var email = ""
  var wechat = ""
  var region = ""
  var address = ""
  var industry = ""
  var source = ""
  var owner = ""
  /// Who made the record where it comes from.
  var author = ""
  var tags: [String] = []
  var birthday: Day?
  var remark = ""
  /// What stood where phones were wanted and is none; it is added to the remark.
  var unread: [String] = []
  var createdOn: Day?
  /// What goes into the firm's own fields, by its column.
  var more: [Int: String] = [:]

  var reach: Reach { Reach(phones.map(\.key), email.lowercased()) }
}

/// Reads rows of customers.
struct CustomerRowReader: RowReader {
  let layout: RowLayout<CustomerField>
  var match = ImportOptions.Match.number

  /// By what customers are matched by, else by number, else by name. A row with a name alone goes with the first of
  /// that name that has a number.
  func key(of record: CSVRecord) -> Int? {
    if let reach = reach(record) { return reach.hashValue }
    return isUnnumbered(record) ? nameKey(record) : ("#" + number(record)).hashValue
  }

  func isUnnumbered(_ record: CSVRecord) -> Bool { match == .name || number(record).isEmpty }

  func alias(of record: CSVRecord) -> Int? {
    match != .number || number(record).isEmpty ? nil : nameKey(record)
  }

  /// A number that lost its digits is nobody's.
  private func number(_ record: CSVRecord) -> String {
    let number = text(.id, record)
    return LostDigits.areIn(number) ? "" : number
  }

  private func reach(_ record: CSVRecord) -> String? {
    switch match {
    case .phone: try? PhoneNumber.parseAll(layout.text(of: .phone, in: record)).first?.key
    case .email: text(.email, record).isEmpty ? nil : "@" + text(.email, record).address.lowercased()
    case .number, .name: nil
    }
  }

  private func nameKey(_ record: CSVRecord) -> Int? {
    let name = text(.name, record)
    return name.isEmpty ? nil : name.hashValue
  }

  private func text(_ field: CustomerField, _ record: CSVRecord) -> String {
    layout.text(of: field, in: record).onOneLine
  }

  /// What a customer may have and a row of totals has not.
  private static let ofOne: [CustomerField] = [
    .phone, .otherPhone, .email, .wechat, .contactName, .address, .region, .industry, .birthday, .createdOn,
  ]

  func read(_ record: CSVRecord) -> ReadRow<CustomerRow> {
    var cells = Cells(record, layout)
    if cells.isTotal(naming: [.id, .name], without: Self.ofOne) {
      return ReadRow(row: nil, line: record.line, problems: cells.problemsOfTotal)
    }
    var row = CustomerRow(line: record.line)
    row.number = cells.id(.id)
    row.name = cells.line(.name, limit: 200)
    row.phones = cells.phones(.phone)
    row.phones = row.phones.adding(cells.phones(.otherPhone))
    row.unread = cells.unread
    row.wechat = cells.line(.wechat, limit: 100)
    row.region = cells.line(.region, limit: 100)
    row.address = cells.line(.address, limit: 300)
    row.industry = cells.line(.industry, limit: 100)
    row.source = cells.line(.source, limit: 100)
    row.owner = cells.line(.owner, limit: 200)
    row.author = cells.line(.author, limit: 200)
    row.remark = cells.text(.remark, limit: 10_000)
    for (name, value) in cells.others(layout.remarks) {
      row.remark += (row.remark.isEmpty ? "" : "\n") + "\(name): \(value)"
    }
    row.birthday = cells.day(.birthday, since: 1900, isWarning: true)?.day
    row.createdOn = cells.day(.createdOn, isWarning: true)?.day
    row.more = cells.own(limit: CustomField.valueLimit)
    readEmail(&cells, &row)
    readTags(&cells, &row)
    readPeople(&cells, &row)
    readWords(&cells, &row)
    if row.name.isEmpty { row.name = row.number }
    if row.name.isEmpty, !cells.isRejected { cells.note(.noName, cells.has(.name) ? .name : .id) }
    return ReadRow(row: cells.isRejected ? nil : row, line: record.line, problems: cells.problems)
  }

  private func readEmail(_ cells: inout Cells<CustomerField>, _ row: inout CustomerRow) {
    let text = cells.line(.email, limit: 200).address
    if text.isEmpty || CellKind.isEmail(text) {
      row.email = text
    } else {
      cells.note(.notAnEmail, .email, isWarning: true)
    }
  }

  private func readTags(_ cells: inout Cells<CustomerField>, _ row: inout CustomerRow) {
    let parts = cells.raw(.tags).split(whereSeparator: { ",，、;；|/\n\r\r\n".contains($0) }).prefix(50)
    let others = cells.others(layout.tags).compactMap { name, value in
      switch YesNo(value) {
      case .yes: name
      case .no: nil
      case nil: value
      }
    }
    for tag in parts.map({ String($0).trimmed }) + others where !tag.isEmpty && !row.tags.contains(tag) {
      if tag.count > 40 { cells.note(.tooLong, .tags, isWarning: true) } else { row.tags.append(tag) }
    }
  }

  /// Given and family name make a person: the contact beside a company's name, else the customer itself.
  private func readPeople(_ cells: inout Cells<CustomerField>, _ row: inout CustomerRow) {
    let family = cells.line(.familyName, limit: 100)
    let given = cells.line(.givenName, limit: 100)
    let isHan = (family + given).unicodeScalars.contains { $0.properties.isIdeographic }
    let parts = (isHan ? [family, given] : [given, family]).filter { !$0.isEmpty }
    var person = cells.line(.contactName, limit: 100)
    if person.isEmpty { person = parts.joined(separator: isHan ? "" : " ") }
    // A number beside an empty name means a customer who has a name already: the person is not its new one.
    let isKnownByNumber = cells.has(.name) && !row.number.isEmpty
    if row.name.isEmpty, !isKnownByNumber {
      row.name = person
      if !parts.isEmpty, !person.isEmpty { row.kind = .person }
    } else if !person.isEmpty, person != row.name {
      let title = cells.line(.contactRole, limit: 100)
      let role = RoleWords.role(of: title)
      row.contact = CustomerRow.Person(name: person, role: role ?? .unknown, title: role == nil ? title : "")
    }
  }

  private func readWords(_ cells: inout Cells<CustomerField>, _ row: inout CustomerRow) {
    let kind = cells.raw(.kind)
    if !kind.isEmpty {
      row.kind = RoleWords.kind(of: kind)
      if row.kind == nil { cells.note(.unknownWord, .kind, isWarning: true) }
    }
    let direction = cells.raw(.direction)
    guard !direction.isEmpty else { return }
    row.roles = RoleWords.roles(of: direction)
    if row.roles.isEmpty { cells.note(.unknownWord, .direction, isWarning: true) }
  }
}

/// An answer in a cell; a column of such answers makes one tag, of the column's name.
enum YesNo {
  case yes, no

  init?(_ text: String) {
    switch text.halfWidth.lowercased() {
    case "是", "有", "对", "√", "✓", "yes", "y", "true", "1", "x": self = .yes
    case "", "否", "无", "没有", "×", "no", "n", "false", "0", "-": self = .no
    default: return nil
    }
  }
}

/// Words of files for what customers and contacts are.
enum RoleWords {
  static func kind(of text: String) -> Customer.Kind? {
    let word = text.halfWidth.lowercased()
    if WalkIn.isName(text) { return .walkIn }
    if ["个人", "自然人", "会员", "person", "individual", "consumer", "private"].contains(where: word.contains) {
      return .person
    }
    let firm = ["公司", "企业", "单位", "机构", "法人", "个体", "company", "business", "organi", "corporate", "firm"]
    return firm.contains(where: word.contains) ? .company : nil
  }

  static func roles(of text: String) -> [Customer.Role] {
    let word = text.halfWidth.lowercased()
    let words: [(Customer.Role, [String])] = [
      (.supplier, ["供应", "供货", "上游", "supplier", "vendor", "upstream"]),
      (.distributor, ["分销", "经销", "代理", "批发", "distributor", "dealer", "reseller"]),
      (.partner, ["合作", "伙伴", "partner"]),
      (.endCustomer, ["终端", "最终", "下游", "客户", "customer", "client", "downstream", "end user"]),
    ]
    return words.filter { $0.1.contains(where: word.contains) }.map(\.0)
  }

  static func role(of text: String) -> Contact.Role? {
    switch text.halfWidth.lowercased() {
    case "决策者", "决策人", "decider", "decision maker": .decider
    case "影响者", "influencer": .influencer
    case "使用者", "使用人", "用户", "user": .user
    case "把关者", "把关人", "gatekeeper": .gatekeeper
    default: nil
    }
  }
}

extension Customer.Kind {
  /// What a name sounds like: two or three Chinese characters are a person.
  static func guess(_ name: String) -> Customer.Kind {
    if WalkIn.isName(name) { return .walkIn }
    let isShortHan = (2...3).contains(name.count) && name.unicodeScalars.allSatisfy(\.properties.isIdeographic)
    return isShortHan && !["公司", "集团", "银行", "学校", "医院", "厂", "店", "部", "局", "院"].contains(where: name.hasSuffix)
      ? .person : .company
  }
}
