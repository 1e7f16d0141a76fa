import Foundation
import Store
import Web

/// One page of the customer list, with what the whole filter adds up to.
struct CustomerList: Codable, Equatable, Sendable {
  struct Row: Codable, Equatable, Sendable {
    let id: Customer.ID
    let name: String
    let kind: Customer.Kind
    let valueClass: String
    let recencyScore: Int
    let frequencyScore: Int
    let monetaryScore: Int
    let segment: String
    let lastOn: Day?
    let orderCount: Int
    let amount: Money
    let region: String
    let owner: String
    let tags: [String]
  }

  /// Something a filter can be set to.
  struct Choice: Codable, Equatable, Sendable {
    let value: String
    let name: String

    static func owner(_ user: User) -> Choice { Choice(value: user.id.description, name: user.name) }
    static var owners: Question<[Choice]> { User.all.then { $0.map(owner) } }

    static let regions = Region.provinces.map { Choice(value: $0.code, name: $0.shortName) }
  }

  let filter: CustomerFilter
  let customers: Slice<Row>
  let count: Int
  /// Nil where not everything was counted.
  let amount: Money?
  /// Whether `count` is how many there are; else there are more, and the query `count=all` counts them.
  let isCounted: Bool
  /// Owners, tags and regions to filter by.
  let owners: [Choice]
  let tags: [Choice]
  let regions: [Choice]

  static let pageSize = 50

  static func read(
    _ filter: CustomerFilter, _ access: Access, today: Day, currency: String, in tx: Transaction
  ) throws -> CustomerList {
    let (ids, found) = try look(filter, access, today: today, in: tx)
    let (stored, tagged, users, tags) = try tx.ask(
      Stored.of(ids.items), Tag.names(of: ids.items), User.all, Tag.all)
    let names = Dictionary(users.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    let page = Slice(items: ids.items.compactMap { stored[$0] }, previous: ids.previous, next: ids.next)
    return CustomerList(
      filter: filter,
      customers: page.map { $0.row(tags: tagged[$0.id] ?? [], owners: names, currency: currency) },
      count: found.count, amount: found.isWhole ? Money(found.sums[0], currency) : nil, isCounted: found.isWhole,
      owners: users.map(Choice.owner),
      tags: tags.map { Choice(value: $0.id.description, name: $0.name) },
      regions: Choice.regions)
  }

  /// The page, and how many there are.
  private static func look(
    _ filter: CustomerFilter, _ access: Access, today: Day, in tx: Transaction
  ) throws -> (ids: Slice<Customer.ID>, found: ListSum) {
    let conditions = filter.conditions(access, today: today)
    if filter.isOfCustomers, filter.count != .all {
      return try look(amongCustomersOf: filter, where: conditions, in: tx)
    }
    guard let query = filter.query else {
      return try look(
        filter, where: conditions, count(filter, filter.conditions(access, today: today, counting: true), in: tx),
        in: tx)
    }
    let slice: CandidateSlice<Customer> = try tx.slice(
      of: .found(query), from: filter.rows, where: conditions, by: filter.order, at: filter.position, limit: pageSize,
      adding: [amount])
    switch slice {
    case .few(let page, let count, let sums): return (page, ListSum(count: count, sums: sums, isWhole: true))
    case .many(let first):
      // Very many are told by the first of them, and nobody is walked to be counted.
      let some = filter.count == .all ? nil : try count(filter, conditions + ["\(filter.id) IN \(in: first)"], in: tx)
      let matching = conditions + ["\(filter.id) IN \(SQL.matching(query))"]
      let found = if let some, !some.isWhole { some } else { try count(filter, matching, in: tx) }
      return try look(filter, where: conditions + [.holding(query, id: filter.id)], or: matching, found, in: tx)
    }
  }

  /// Very many are told without looking up what they add up to.
  private static func look(
    amongCustomersOf filter: CustomerFilter, where conditions: [SQL], in tx: Transaction
  ) throws -> (ids: Slice<Customer.ID>, found: ListSum) {
    let slice: CandidateSlice<Customer> = try tx.slice(
      of: "SELECT id FROM customer\(conditions.whereClause)", few: ListSum.most, from: filter.rows, where: [],
      by: filter.order, at: filter.position, limit: pageSize, adding: [amount])
    switch slice {
    case .few(let page, let count, let sums): return (page, ListSum(count: count, sums: sums, isWhole: true))
    case .many: return try look(filter, where: conditions, .many, in: tx)
    }
  }

  private static let amount: SQL = "customer_total.amount"

  private static func count(_ filter: CustomerFilter, _ conditions: [SQL], in tx: Transaction) throws -> ListSum {
    try ListSum.read([amount], from: filter.countedRows, where: conditions, filter.count, in: tx)
  }

  /// Among all that fit while they are few, else by walking through everybody in the order of the list.
  private static func look(
    _ filter: CustomerFilter, where conditions: [SQL], or others: [SQL]? = nil, _ found: ListSum, in tx: Transaction
  ) throws -> (ids: Slice<Customer.ID>, found: ListSum) {
    let isFew = found.isWhole && found.count <= ListSum.most
    // Few are found by what they are, which SQLite would pass over for an index that has their order.
    let order = filter.isNarrow ? filter.order.unindexed : filter.order
    let page: Slice<Customer.ID> =
      try isFew
      ? tx.slice(idsFrom: filter.rows, where: conditions, by: order, at: filter.position, limit: pageSize)
      : filter.page(where: conditions, or: others, in: tx)
    return (page, found)
  }

  /// The columns a row of the list is made from.
  private struct Stored {
    let id: Customer.ID
    let name: String
    let kind: Customer.Kind
    let valueClass: String
    let recencyScore: Int
    let frequencyScore: Int
    let monetaryScore: Int
    let segment: String
    let lastOn: String
    let orderCount: Int
    let amount: Int64
    let regionCode: String
    let region: String
    let ownerId: User.ID?

    /// By position: a list is asked for all the time.
    private init(_ row: Store.Row) throws {
      (id, name, kind) = (try row[0], try row[1], try row[2])
      (valueClass, segment) = (try row[3], try row[4])
      (recencyScore, frequencyScore, monetaryScore) = (try row[5], try row[6], try row[7])
      (lastOn, orderCount, amount) = (try row[8], try row[9], try row[10])
      (regionCode, region, ownerId) = (try row[11], try row[12], try row[13])
    }

    static func of(_ ids: [Customer.ID]) -> Question<[Customer.ID: Stored]> {
      Question<[Stored]>.map(
        """
        SELECT id, name, kind, value_class, segment, recency_score, frequency_score, monetary_score, last_on,
          order_count, amount, region_code, region, owner_id
        FROM \(SQL.customersWithTotals) WHERE customer.id IN \(in: ids)
        """, Stored.init
      )
      .then { Dictionary($0.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }) }
    }

    func row(tags: [String], owners: [User.ID: String], currency: String) -> Row {
      Row(
        id: id, name: name, kind: kind, valueClass: valueClass, recencyScore: recencyScore,
        frequencyScore: frequencyScore, monetaryScore: monetaryScore, segment: segment, lastOn: Day(lastOn),
        orderCount: orderCount, amount: Money(amount, currency),
        region: Region.shown(regionCode, typed: region),
        owner: ownerId.flatMap { owners[$0] } ?? "", tags: tags)
    }
  }
}
