import Store

/// A customer as a file tells it, put together from its rows.
struct FiledCustomer: Equatable, Sendable {
  /// A contact with the ways to reach it.
  struct Person: Equatable, Sendable {
    let person: CustomerRow.Person
    let phones: [PhoneNumber]
    let email: String
    let wechat: String
  }

  /// Each value from the first row that has it.
  var row: CustomerRow
  var people: [Person] = []
  /// The rows of the file it was put together from.
  let lines: [Int]

  var sought: SoughtCustomer {
    SoughtCustomer(number: row.number, name: row.name, phones: row.phones.map(\.key), email: row.email.lowercased())
  }

  /// Nil when there is no row.
  init?(_ rows: [CustomerRow]) {
    guard let first = rows.first else { return nil }
    row = first
    lines = rows.map(\.line)
    for next in rows.dropFirst() { fill(from: next) }
    for row in rows { add(row) }
  }

  /// Rows of one name, by whom they mean: who has another phone or address is somebody else, unless a number or the name of
  /// a firm says that they are one.
  static func apart(_ rows: [CustomerRow]) -> [[CustomerRow]] {
    guard rows.count > 1 else { return rows.isEmpty ? [] : [rows] }
    var people = Namesakes<[CustomerRow]>()
    var numbers: [String: Int] = [:]
    for row in rows {
      let isOne = row.contact != nil || FirmName.isOne(row.name)
      let known = numbers[row.number] ?? (isOne && people.count > 0 ? 0 : nil)
      let place = known ?? people.sure(row.reach).first ?? people.open(row.reach, most: 1).first
      if let place {
        people[place].append(row)
        people.learn(row.reach, at: place)
      } else {
        people.add([row], row.reach)
      }
      if !row.number.isEmpty { numbers[row.number] = place ?? people.count - 1 }
    }
    return people.members.map(\.member)
  }

  private mutating func fill(from next: CustomerRow) {
    func fill(_ path: WritableKeyPath<CustomerRow, String>) {
      if row[keyPath: path].isEmpty { row[keyPath: path] = next[keyPath: path] }
    }
    let texts: [WritableKeyPath<CustomerRow, String>] = [
      \.number, \.email, \.wechat, \.region, \.address, \.industry, \.source, \.owner, \.author, \.remark,
    ]
    for text in texts { fill(text) }
    if row.name == row.number { row.name = next.name }
    row.kind = row.kind ?? next.kind
    row.birthday = row.birthday ?? next.birthday
    row.createdOn = row.createdOn ?? next.createdOn
    row.roles += next.roles.filter { !row.roles.contains($0) }
    row.more.merge(next.more) { first, _ in first }
    row.tags += next.tags.filter { !row.tags.contains($0) }
    row.phones = row.phones.adding(next.phones)
    row.unread += next.unread.filter { !row.unread.contains($0) }
  }

  /// What of the rows cannot all be true of one customer.
  static func conflicts(_ rows: [CustomerRow]) -> [ImportProblem] {
    guard let first = rows.first else { return [] }
    return rows.dropFirst().compactMap { row in
      if row.name != first.name, row.name != row.number, first.name != first.number {
        return ImportProblem(.otherName, line: row.line, value: row.name, otherLine: first.line, isWarning: true)
      }
      let isElsewhere =
        row.contact == nil && !row.phones.isEmpty && !first.phones.isEmpty
        && !row.phones.contains { phone in first.phones.contains { $0.key == phone.key } }
      guard row.number.isEmpty, isElsewhere else { return nil }
      return ImportProblem(.sameName, line: row.line, value: row.name, otherLine: first.line, isWarning: true)
    }
  }

  private mutating func add(_ row: CustomerRow) {
    guard let person = row.contact, !people.contains(where: { $0.person.name == person.name }) else { return }
    people.append(Person(person: person, phones: row.phones, email: row.email, wechat: row.wechat))
  }
}
