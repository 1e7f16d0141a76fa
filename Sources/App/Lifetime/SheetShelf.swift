import Analytics
import Store
import Web

/// Which customers of which day a page is about.
struct ValueQuery: Codable, Equatable, Sendable {
  var asOf: Day?
  var segment: RFMSegment?
  var region: String?
  var owner: User.ID?
  /// First bought from this day on, and before that one: a cohort.
  var began: Day?
  var beganBefore: Day?
  /// Bought again from this day on, and before that one.
  var bought: Day?
  var boughtBefore: Day?

  /// What a row of `customer` must fulfil; nil where everybody is meant.
  func condition(_ access: Access, asOf day: Day, today: Day) -> SQL? {
    var conditions = filter.isNarrow ? [filter.condition("customer.id", access, today: today)] : []
    if let began, let beganBefore {
      conditions.append(
        "id IN (SELECT customer_id FROM customer_total WHERE first_on >= \(began) AND first_on < \(beganBefore))")
    }
    if let bought, let boughtBefore {
      conditions.append(
        """
        EXISTS (SELECT 1 FROM sales_order WHERE customer_id = customer.id AND ordered_on >= \(bought)
          AND ordered_on < \(boughtBefore) AND ordered_on <= \(day) AND NOT \(Order.isReturnRow))
        """)
    }
    return conditions.isEmpty ? nil : conditions.joined(" AND ")
  }

  /// Whether not everybody is meant.
  var isNarrow: Bool { filter.isNarrow || began != nil || bought != nil }

  /// As a list of customers would be narrowed.
  var filter: CustomerFilter {
    var filter = CustomerFilter()
    (filter.segment, filter.region, filter.owner) = (segment, region, owner)
    return filter
  }

  func link(_ path: String, _ extra: [(name: String, value: String)] = []) -> String {
    let days = [
      ("as_of", asOf), ("began", began), ("began_before", beganBefore), ("bought", bought),
      ("bought_before", boughtBefore),
    ].compactMap { field in field.1.map { (name: field.0, value: $0.description) } }
    return Fields(days + filter.fields.pairs.map { (name: $0.name, value: $0.value) } + extra).link(path)
  }
}

/// Sheets of everybody looked at lately.
final class SheetShelf: Sendable {
  private struct Key: Hashable {
    let day: Day
    let sight: Access.Sight
  }

  /// Changes whenever orders do or a new fit is made.
  private struct Version: Equatable {
    let orders: OrderVersion
    let fit: LifetimeFit.ID
  }

  /// Entries weigh 40 bytes each.
  private let kept = Shelves<Key, Version, ValueSheet>(most: 3_000_000) { $0.entries.count }

  /// Those whom the query means, as the fit sees them; never of a day to come. Who that is may change without any
  /// order, and is asked each time.
  func sheet(
    _ query: ValueQuery, _ fit: CurrentFit, today: Day, _ access: Access, in tx: Transaction
  ) throws -> ValueSheet {
    let span = try OrderSpan.find(today: today, in: tx)
    let day = min(query.asOf ?? span.last ?? today, today)
    let version = Version(orders: try OrderVersion.find(span, in: tx), fit: fit.id)
    let everybody = try kept.content(Key(day: day, sight: access.sight), of: version) {
      let buyers = try Buyer.all(
        asOf: day, newest: span.newest, recentDays: fit.model.recentDays, access, in: tx)
      return ValueSheet(
        buyers, try fit.model.days(of: buyers.count, asOf: day, in: tx), asOf: day, fit: fit.id, fit.model)
    }
    guard let condition = query.condition(access, asOf: day, today: today) else { return everybody }
    let ids: [Int64] = try tx.values(
      "SELECT id FROM customer WHERE \(condition) AND \(access.customers) ORDER BY id")
    return everybody.only(ids)
  }
}
