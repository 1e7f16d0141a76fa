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
    case .amount: Store.Order(by: "customer_total.amount", id: "customer_total.customer_id", descending: true)
    case .name: Store.Order(by: "customer.sort_name", id: "customer.id")
    case .last: Store.Order(by: "customer_total.last_on", id: "customer_total.customer_id", descending: true)
    case .orders: Store.Order(by: "customer_total.order_count", id: "customer_total.customer_id", descending: true)
    case .newest: Store.Order(by: "customer.id", id: "customer.id", descending: true)
    }
  }

  /// Whether totals alone tell who is listed, and in which order.
  var isOfTotals: Bool {
    let isSorted = ![.name, .newest].contains(sort ?? .amount)
    return isSorted && fields.with("q", nil).with("bought", nil).with("sort", nil).pairs.isEmpty
  }

  /// Where the listed are found, whatever the order, and the column of their ids.
  var rows: SQL { isOfTotals ? "customer_total" : .customersWithTotals }
  var id: SQL { isOfTotals ? "customer_total.customer_id" : "customer.id" }

  /// The same rows in this order, one after the other.
  var walk: SQL {
    let (totals, customers): (SQL, SQL) = ("customer_total", "customer")
    let isSame: SQL = "customer_total.customer_id = customer.id"
    func walkTotals(by index: SQL) -> SQL {
      isOfTotals ? .walk(totals, by: index) : .walk(totals, by: index, with: customers, on: isSame)
    }
    return switch sort ?? .amount {
    case .amount: walkTotals(by: "customer_total_by_amount")
    case .last: walkTotals(by: "customer_total_by_last_order")
    case .orders: walkTotals(by: "customer_total_by_order_count")
    case .name: .walk(customers, by: "customer_by_name", with: totals, on: isSame)
    case .newest: .walk(customers, by: nil, with: totals, on: isSame)
    }
  }

  /// The place to go on from, unless it comes from a list sorted by something of another kind.
  var place: Position? {
    position.flatMap { position in
      switch (sort ?? .amount, position.key) {
      case (.amount, .integer), (.orders, .integer), (.newest, .integer), (.name, .text), (.last, .text): position
      default: nil
      }
    }
  }

  var query: SearchQuery? { q.flatMap(SearchQuery.init) }

  /// What a customer must fulfil besides what is searched for.
  func conditions(_ access: Access, today: Day) -> [SQL] { [access.customers] + narrowings(today: today) }

  /// The same of ``rows``.
  func rowConditions(_ access: Access, today: Day) -> [SQL] {
    [isOfTotals ? access.totals : access.customers] + narrowings(today: today)
  }

  private func narrowings(today: Day) -> [SQL] {
    var conditions: [SQL] = []
    if let kind { conditions.append("customer.kind = \(kind)") }
    if let role { conditions.append("customer.roles LIKE \("%\"\(role.rawValue)\"%")") }
    if let valueClass { conditions.append("customer.value_class = \(valueClass.rawValue)") }
    if let segment { conditions.append("customer.segment = \(segment.rawValue)") }
    if let owner { conditions.append("customer.owner_id = \(owner)") }
    if let region, !region.isEmpty { conditions.append(Self.isIn(region)) }
    if let tag {
      conditions.append("customer.id IN (SELECT customer_id FROM customer_tag WHERE tag_id = \(tag))")
    }
    if let bought { conditions.append(Self.condition(bought, today)) }
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

  private static func condition(_ bought: Bought, _ today: Day) -> SQL {
    let edge = today.adding(days: -bought.days)
    return switch bought {
    case .in30, .in90, .in365: "customer_total.last_on > \(edge)"
    case .notIn90, .notIn365: "customer_total.last_on <= \(edge) AND customer_total.last_on <> ''"
    case .never: "customer_total.last_on = ''"
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
  var isNarrow: Bool { !fields.with("sort", nil).pairs.isEmpty }
}
