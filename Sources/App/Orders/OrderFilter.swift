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

  /// Where to go on; a place in another list is none in this one.
  var place: Position? { position.flatMap { Day(value: $0.key) == nil ? nil : $0 } }

  static let order = Store.Order(by: "sales_order.ordered_on", id: "sales_order.id", descending: true)

  /// What a row must fulfil.
  func conditions(_ access: Access, today: Day, in tx: Transaction) throws -> [SQL] {
    var conditions = [access.customers]
    if let q, let query = SearchQuery(q) { conditions.append(try Self.matches(q, query, in: tx)) }
    if let period {
      let days = period.days(until: today)
      conditions.append("sales_order.ordered_on BETWEEN \(days.lowerBound) AND \(days.upperBound)")
    }
    if let from { conditions.append("sales_order.ordered_on >= \(from)") }
    if let to { conditions.append("sales_order.ordered_on <= \(to)") }
    if let customer { conditions.append("sales_order.customer_id = \(customer)") }
    if let product {
      conditions.append(
        "sales_order.id IN (SELECT order_id FROM sales_order_line WHERE product_id = \(product))")
    }
    if returns == true { conditions.append(Order.isReturnRow) }
    return conditions
  }

  /// By the order's number or its customer's name, phone or number.
  private static func matches(_ text: String, _ query: SearchQuery, in tx: Transaction) throws -> SQL {
    """
    sales_order.id IN (
      SELECT numbered.id FROM sales_order AS numbered WHERE numbered.id IN \(try Order.numbered(text, in: tx))
      UNION SELECT theirs.id FROM sales_order AS theirs
        WHERE theirs.customer_id IN \(SQL.matching(query)))
    """
  }

  /// Whether the totals of customers say what the orders shown add up to.
  var isOfWholeCustomers: Bool {
    q.flatMap(SearchQuery.init) == nil && period == nil && from == nil && to == nil && product == nil
      && returns != true
  }

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
