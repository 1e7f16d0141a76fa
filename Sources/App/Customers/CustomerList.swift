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

  /// The page, and how many there are: among all that fit while they are few, else by walking through everybody in the
  /// order of the list.
  private static func look(
    _ filter: CustomerFilter, _ access: Access, today: Day, in tx: Transaction
  ) throws -> (ids: Slice<Customer.ID>, found: ListSum) {
    let conditions = filter.conditions(access, today: today)
    let (query, amount): (SearchQuery?, SQL) = (filter.query, "customer_total.amount")
    let finding = try query.map { try tx.finding($0, id: filter.id) }
    let searched = conditions + (finding.map { [$0.condition] } ?? [])
    if finding?.isFew == true {
      let few: (page: Slice<Customer.ID>, count: Int, sum: Int64) = try tx.slice(
        ofFew: filter.rows, where: searched, by: filter.order, at: filter.place, limit: pageSize, adding: amount)
      return (few.page, ListSum(count: few.count, sums: [few.sum], isWhole: true))
    }
    let found = try count(filter, conditions, finding, amount, in: tx)
    let isFew = found.isWhole && found.count <= ListSum.most
    let page: Slice<Customer.ID> =
      try isFew
      ? tx.slice(idsFrom: filter.rows, where: searched, by: filter.order, at: filter.place, limit: pageSize)
      : filter.page(where: searched, in: tx)
    return (page, found)
  }

  /// Nobody is walked to be counted: very many are told by the first that a search finds.
  private static func count(
    _ filter: CustomerFilter, _ conditions: [SQL], _ finding: SearchHits?, _ amount: SQL, in tx: Transaction
  ) throws -> ListSum {
    func read(_ searched: [SQL]) throws -> ListSum {
      try ListSum.read([amount], from: filter.all, where: conditions + searched, filter.count, in: tx)
    }
    guard let finding, let query = filter.query else { return try read([]) }
    if filter.count != .all {
      let first = try read([finding.among])
      if !first.isWhole { return first }
    }
    return try read(["\(filter.id) IN \(SQL.matching(query))"])
  }

  /// The columns a row of the list is made from.
  private struct Stored: Decodable {
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

    static func of(_ ids: [Customer.ID]) -> Question<[Customer.ID: Stored]> {
      Question<[Stored]>.all(
        """
        SELECT id, name, kind, value_class, recency_score, frequency_score, monetary_score, segment, last_on,
          order_count, amount, region_code, region, owner_id
        FROM \(SQL.customersWithTotals) WHERE customer.id IN \(in: ids)
        """
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
