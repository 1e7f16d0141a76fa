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

    static func owners(in tx: Transaction) throws -> [Choice] {
      try User.all(in: tx).map { Choice(value: $0.id.description, name: $0.name) }
    }

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
    let (found, rows, conditions) = try look(filter, access, today: today, in: tx)
    let ids: Slice<Customer.ID> = try tx.slice(
      idsFrom: rows, where: conditions, by: filter.order, at: filter.place, limit: pageSize)
    let stored = try Stored.all(ids.items, in: tx)
    let tags = try Tag.names(of: ids.items, in: tx)
    let owners = try User.names(of: stored.values.compactMap(\.ownerId), in: tx)
    let page = Slice(items: ids.items.compactMap { stored[$0] }, previous: ids.previous, next: ids.next)
    return CustomerList(
      filter: filter,
      customers: page.map { $0.row(tags: tags[$0.id] ?? [], owners: owners, currency: currency) },
      count: found.count, amount: found.isWhole ? Money(found.sums[0], currency) : nil, isCounted: found.isWhole,
      owners: try Choice.owners(in: tx),
      tags: try Tag.all(in: tx).map { Choice(value: $0.id.description, name: $0.name) },
      regions: Choice.regions)
  }

  /// How many there are, and where to look for the page: among all that fit while they are few, else by walking through
  /// everybody in the order of the list.
  private static func look(
    _ filter: CustomerFilter, _ access: Access, today: Day, in tx: Transaction
  ) throws -> (found: ListSum, rows: SQL, conditions: [SQL]) {
    let conditions = filter.rowConditions(access, today: today)
    let query = filter.query
    let finding = try query.map { try tx.finding($0, id: filter.id) }
    let searched: [SQL] = finding.map { [$0.condition] } ?? []
    // Nobody is walked to be counted.
    var counted = searched
    if let query, finding?.isFew == false { counted = ["\(filter.id) IN \(SQL.matching(query))"] }
    let found = try ListSum.read(
      ["customer_total.amount"], from: filter.rows, where: conditions + counted, filter.count, in: tx)
    let isFew = finding?.isFew == true || found.isWhole && found.count <= ListSum.most
    return (found, isFew ? filter.rows : filter.walk, conditions + searched)
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

    static func all(_ ids: [Customer.ID], in tx: Transaction) throws -> [Customer.ID: Stored] {
      let rows: [Stored] = try tx.all(
        """
        SELECT id, name, kind, value_class, recency_score, frequency_score, monetary_score, segment, last_on,
          order_count, amount, region_code, region, owner_id
        FROM \(SQL.customersWithTotals) WHERE customer.id IN \(in: ids)
        """)
      return Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
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
