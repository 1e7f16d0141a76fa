import Analytics
import Store
import Web

/// Which customers a list shows and how it is sorted: the query of its address, field by field.
struct CustomerFilter: Codable, Equatable, Sendable {
  /// When somebody last bought.
  enum Bought: String, Codable, CaseIterable, Sendable {
    case in30 = "30", in90 = "90", in365 = "365"
    case notIn90 = "not90", notIn365 = "not365"
    case never

    var days: Int {
      switch self {
      case .in30: 30
      case .in90, .notIn90: 90
      case .in365, .notIn365: 365
      case .never: 0
      }
    }
  }

  enum Sort: String, Codable, CaseIterable, Sendable { case amount, name, last, orders, newest }

  var q: String?
  var kind: Customer.Kind?
  var role: Customer.Role?
  var valueClass: ValueClass?
  var segment: RFMSegment?
  var owner: User.ID?
  /// An administrative division; customers in any of its parts are meant.
  var region: String?
  var tag: Tag.ID?
  var bought: Bought?
  var sort: Sort?
  var position: Position?
  var count: ListSum.Counting?

  var order: Store.Order {
    switch sort ?? .amount {
    case .amount: Store.Order(by: "customer_total.amount", .integer, id: "customer_total.customer_id", descending: true)
    case .name: Store.Order(by: "customer.sort_name", .text, id: "customer.id")
    case .last: Store.Order(by: "customer_total.last_on", .text, id: "customer_total.customer_id", descending: true)
    case .orders:
      Store.Order(by: "customer_total.order_count", .integer, id: "customer_total.customer_id", descending: true)
    case .newest: Store.Order(by: "customer.id", .integer, id: "customer.id", descending: true)
    }
  }

  /// Whether totals alone tell who is listed, and in which order.
  var isOfTotals: Bool {
    let isSorted = ![.name, .newest].contains(sort ?? .amount)
    return isSorted && isNarrowed(only: ["q", "value_class", "segment", "bought"])
  }

  /// Whether customers alone tell who of them is listed.
  var isOfCustomers: Bool { isNarrow && isNarrowed(only: ["kind", "role", "owner", "region", "tag"]) }

  /// Whether something else than totals and kinds tells who is listed, for which there is an index.
  private var isFoundByCustomer: Bool { region != nil || owner != nil || tag != nil || query != nil }

  /// Where the listed are found, whatever the order, and the column of their ids.
  var rows: SQL { isOfTotals ? "customer_total" : .customersWithTotals }
  var id: SQL { isOfTotals ? "customer_total.customer_id" : "customer.id" }

  /// The same for counting them.
  var countedRows: SQL { isCountedByWalking ? .walk("customer_total", by: nil) : rows }

  /// Of a class, who bought lately is soon met in any order; where very many may fit and all are counted, everybody is
  /// looked at sooner than they are found by an index.
  private var isCountedByWalking: Bool {
    guard isFoundByWalking else { return false }
    return count == .all || valueClass != nil && [.in30, .in90, .in365].contains(bought)
  }

  private var isFoundByWalking: Bool { isOfTotals && query == nil && segment == nil && bought != .never }

  private var allRows: SQL { isFoundByWalking ? .walk("customer_total", by: nil) : rows }

  /// The index of the totals that has this order.
  private var indexOfTotals: SQL? {
    switch sort ?? .amount {
    case .amount: "customer_total_by_amount"
    case .last: "customer_total_by_last_order"
    case .orders: "customer_total_by_order_count"
    case .name, .newest: nil
    }
  }

  /// What parts of the totals have this order in that index.
  private var parts: [SQL] {
    guard (sort ?? .amount) == .amount else { return [] }
    return valueClass.map { [Totals.isOf($0)] } ?? Totals.classes
  }

  /// The same rows in this order, one after the other.
  private var walk: SQL {
    let (totals, customers): (SQL, SQL) = ("customer_total", "customer")
    let isSame: SQL = "customer_total.customer_id = customer.id"
    guard let indexOfTotals else {
      return .walk(customers, by: sort == .name ? "customer_by_name" : nil, with: totals, on: isSame)
    }
    return isOfTotals ? .walk(totals, by: indexOfTotals) : .walk(totals, by: indexOfTotals, with: customers, on: isSame)
  }

  /// A page of those who fit, where they are many, by going through everybody in this order. Classes and segments go with
  /// the order: whoever is asked for may come late in it.
  /// - Parameters:
  ///   - conditions: of somebody who is met.
  ///   - others: the same of all who fit, where it is told otherwise.
  ///   - steps: how many are gone through, and how many then, before all who fit are looked at.
  func page(where conditions: [SQL], or others: [SQL]? = nil, steps: [Int]? = nil, in tx: Transaction) throws
    -> Slice<Customer.ID>
  {
    let limit = CustomerList.pageSize
    let isFoundOtherwise = isOfTotals || isFoundByCustomer
    guard let indexOfTotals, isNarrow, isFoundOtherwise || parts.count > 1 else {
      return try tx.slice(idsFrom: walk, inParts: parts, where: conditions, by: order, at: position, limit: limit)
    }
    return try tx.slice(
      idsFrom: walk, inParts: parts, for: steps ?? (isFoundOtherwise ? [500, 10_000] : Self.asFarAsItTakes),
      along: .walk("customer_total", by: indexOfTotals), thenAllOf: allRows, where: conditions, or: others, by: order,
      at: position, limit: limit)
  }

  /// More than there are customers, and no stretch much longer than those before it.
  private static let asFarAsItTakes = (0..<12).map { 500 << (2 * $0) }

  var query: SearchQuery? { q.flatMap(SearchQuery.init(typed:)) }

  /// What a row of ``rows`` must fulfil besides what is searched for.
  /// - Parameter counting: a row of ``countedRows``.
  func conditions(_ access: Access, today: Day, counting: Bool = false) -> [SQL] {
    let lastOn: SQL = counting && isCountedByWalking ? .unindexed(Self.lastOn) : Self.lastOn
    return [isOfTotals ? access.totals : access.customers] + narrowings(today: today, lastOn: lastOn)
  }

  private static let lastOn: SQL = "customer_total.last_on"

  /// That a customer is meant, by the column of its id, where its rows are not at hand.
  func condition(_ id: SQL, _ access: Access, today: Day) -> SQL {
    let conditions = [access.customers] + narrowings(today: today)
    return "\(id) IN (SELECT customer.id FROM \(SQL.customersWithTotals)\(conditions.whereClause))"
  }

  private func narrowings(today: Day, lastOn: SQL = lastOn) -> [SQL] {
    var conditions: [SQL] = []
    if let kind { conditions.append("customer.kind = \(kind)") }
    if let role { conditions.append("customer.roles LIKE \("%\"\(role.rawValue)\"%")") }
    if let valueClass { conditions.append(Totals.isOf(valueClass, first: !isFoundByCustomer)) }
    if let segment {
      conditions.append("customer_total.segment = \(segment.rawValue)")
      // The index begins with the class.
      if valueClass == nil { conditions.append("(\(Totals.classes.joined(" OR ")))") }
    }
    if let owner { conditions.append("customer.owner_id = \(owner)") }
    if let region, !region.isEmpty { conditions.append(Self.isIn(region)) }
    if let tag {
      conditions.append("customer.id IN (SELECT customer_id FROM customer_tag WHERE tag_id = \(tag))")
    }
    if let bought { conditions.append(Self.condition(bought, lastOn, today)) }
    return conditions
  }

  /// Codes of parts begin with the code of the whole: 33 the province, 3301 the city, 330106 the district.
  private static func isIn(_ region: String) -> SQL {
    let stem =
      region.hasSuffix("0000") ? region.prefix(2) : region.hasSuffix("00") ? region.prefix(4) : region.prefix(6)
    let padding = 6 - stem.count
    let first = stem + String(repeating: "0", count: padding)
    let last = stem + String(repeating: "9", count: padding)
    return "customer.region_code BETWEEN \(String(first)) AND \(String(last))"
  }

  private static func condition(_ bought: Bought, _ lastOn: SQL, _ today: Day) -> SQL {
    let edge = today.adding(days: -bought.days)
    return switch bought {
    case .in30, .in90, .in365: "\(lastOn) > \(edge)"
    case .notIn90, .notIn365: "\(lastOn) <= \(edge) AND \(lastOn) <> ''"
    case .never: "\(lastOn) = ''"
    }
  }

  /// As the query of an address.
  var fields: Fields {
    Fields()
      .with("q", q).with("kind", kind?.rawValue).with("role", role?.rawValue)
      .with("value_class", valueClass?.rawValue).with("segment", segment?.rawValue)
      .with("owner", owner?.description).with("region", region).with("tag", tag?.description)
      .with("bought", bought?.rawValue).with("sort", sort?.rawValue)
  }

  /// Whether anything narrows the list.
  var isNarrow: Bool { !isNarrowed(only: []) }

  private func isNarrowed(only by: [String]) -> Bool {
    (by + ["sort"]).reduce(fields) { $0.with($1, nil) }.pairs.isEmpty
  }
}
