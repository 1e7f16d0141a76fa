import Store
import Web

/// Which orders a list shows: the query of its address, field by field. Newest first.
struct OrderFilter: Codable, Equatable, Sendable {
  enum Period: String, Codable, CaseIterable, Sendable {
    case days30 = "30d"
    case days365 = "365d"
    case month, quarter, year
    case lastYear = "last_year"

    /// First and last day.
    func days(until today: Day) -> ClosedRange<Day> {
      func first(_ year: Int, _ month: Int) -> Day { Day(year: year, month: month, day: 1) ?? today }
      return switch self {
      case .days30: today.adding(days: -29)...today
      case .days365: today.adding(days: -364)...today
      case .month: first(today.year, today.month)...today
      case .quarter: first(today.year, (today.month - 1) / 3 * 3 + 1)...today
      case .year: first(today.year, 1)...today
      case .lastYear:
        first(max(today.year - 1, 1), 1)...(Day(year: max(today.year - 1, 1), month: 12, day: 31) ?? today)
      }
    }
  }

  var q: String?
  var period: Period?
  /// First and last day, in place of a named period.
  var from: Day?
  var to: Day?
  var customer: Customer.ID?
  var product: Product.ID?
  /// Only what came back.
  var returns: Bool?
  var position: Position?
  var count: ListSum.Counting?

  static let order = Store.Order(by: "sales_order.ordered_on", .text, id: "sales_order.id", descending: true)

  /// Orders with their customers.
  static let rows: SQL = "sales_order JOIN customer ON customer.id = sales_order.customer_id"

  /// The ids of a page, where the newest who fit are soon met from today on, or else are found among all.
  /// - Parameters:
  ///   - met: what holds of an order that is met.
  ///   - all: the same, told so that they are found without meeting the others.
  func page(met: [SQL], all: [SQL], today: Day, limit: Int, in tx: Transaction) throws -> Slice<Order.ID> {
    // The orders of one customer are few.
    guard customer == nil else {
      return try tx.slice(idsFrom: Self.rows, where: met, by: Self.order, at: position, limit: limit)
    }
    let (orders, byDay): (SQL, SQL) = ("sales_order", "sales_order_by_day")
    return try tx.slice(
      idsFrom: .walk(orders, by: byDay, with: "customer", on: "customer.id = sales_order.customer_id"),
      for: [1_000, 20_000], along: .walk(orders, by: byDay), within: days(today: today), thenAllOf: Self.rows,
      where: met,
      or: all, by: Self.order, at: position, limit: limit)
  }

  /// What a row must fulfil besides what is searched for.
  /// - Parameter isMet: of a row at hand, rather than to find it.
  func conditions(_ access: Access, today: Day, isMet: Bool = false) -> [SQL] {
    var conditions = [access.customers] + days(today: today)
    if let customer { conditions.append("sales_order.customer_id = \(customer)") }
    if let product {
      conditions.append(
        isMet
          ? """
          (SELECT line.order_id FROM sales_order_line AS line
            WHERE line.order_id = sales_order.id AND \(SQL.unindexed("line.product_id")) = \(product) LIMIT 1) IS NOT NULL
          """ : "sales_order.id IN (SELECT order_id FROM sales_order_line WHERE product_id = \(product))")
    }
    if returns == true { conditions.append(Order.isReturnRow) }
    return conditions
  }

  /// What its day must fulfil.
  func days(today: Day) -> [SQL] {
    var conditions: [SQL] = []
    if let period {
      let days = period.days(until: today)
      conditions.append("ordered_on BETWEEN \(days.lowerBound) AND \(days.upperBound)")
    }
    if let from { conditions.append("ordered_on >= \(from)") }
    if let to { conditions.append("ordered_on <= \(to)") }
    return conditions
  }

  /// The ids of what is searched for, each once: by the order's number or its customer's name, phone or number.
  static func found(_ text: String, _ query: SearchQuery, in tx: Transaction) throws -> SQL {
    """
    SELECT numbered.id FROM \(try Order.numbered(text, in: tx)) AS numbered
    UNION ALL SELECT theirs.id FROM \(SQL.matching(query)) AS buyer
      CROSS JOIN sales_order AS theirs WHERE theirs.customer_id = buyer.id AND NOT \(Order.isNumbered(text, "theirs"))
    """
  }

  /// The same of a row at hand.
  static func holds(_ text: String, _ query: SearchQuery) -> SQL {
    "(\(Order.isNumbered(text, "sales_order")) OR \(SQL.holding(query, id: "sales_order.customer_id")))"
  }

  /// Whether its orders are all those of some days.
  var isOfDays: Bool { query == nil && customer == nil && product == nil && returns != true }

  /// Whether its orders are all those with some product.
  var isOfProduct: Bool { fields.with("product", nil).pairs.isEmpty }

  var query: SearchQuery? { q.flatMap(SearchQuery.init(typed:)) }

  /// As the query of an address.
  var fields: Fields {
    Fields()
      .with("q", q).with("period", period?.rawValue).with("from", from?.description).with(
        "to", to?.description
      )
      .with("customer", customer?.description).with("product", product?.description)
      .with("returns", returns == true ? "true" : nil)
  }

  /// Whether anything narrows the list.
  var isNarrow: Bool { !fields.pairs.isEmpty }
}
