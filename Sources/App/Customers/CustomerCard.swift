import Foundation
import Store
import Web

/// The customer data card: everything about one customer at a glance.
struct CustomerCard: Codable, Equatable, Sendable, Tagged {
  struct Query: Codable, Sendable {
    /// The timeline goes on with the days before this one.
    var before: Day?
  }

  struct Month: Codable, Equatable, Sendable {
    /// `YYYY-MM`
    let month: String
    let amount: Money
  }

  let id: Customer.ID
  let facts: CustomerInput
  let name: String
  let kind: Customer.Kind
  let roles: [Customer.Role]
  let owner: String
  let region: String
  let phones: [PhoneNumber]
  let updatedAt: Instant
  let totals: Totals
  let amount: Money
  let margin: Money
  let standing: Standing
  let explanation: StandingExplanation?
  let forecast: CardForecast?
  let relation: Relation
  let tags: [Tag]
  let contacts: [Contact]
  let pinned: [NoteView]
  let months: [Month]
  let latestOrders: [Timeline.OrderEntry]
  let timeline: Timeline

  var tag: String? { updatedAt.description }

  static let monthsShown = 24
  private static let ordersShown = 5

  static func read(
    _ id: Customer.ID, _ query: Query, _ access: Access, _ shelves: CardShelves, today: Day, reader: Reader,
    in tx: Transaction
  ) throws -> CustomerCard? {
    let (found, fields, tags, contacts, pinned, last, facts, relation, versions) =
      try tx.ask(
        Customer.valued(id, access), CustomField.all, Tag.on(id), Contact.of(id),
        NoteView.of(id, "pinned_at IS NOT NULL ORDER BY pinned_at DESC, note.id"),
        Timeline.last(of: id, before: query.before, in: reader.timeZone), CardForecast.Facts.of(id, until: today),
        Relation.Facts.of(id, access), CardShelves.versions(today: today))
    guard let (found, owner) = found else { return nil }
    let (run, fit) = try shelves.contents(versions, in: tx)
    let latest =
      query.before == nil
      ? Array(last.lazy.compactMap(\.order).prefix(ordersShown))
      : try Timeline.OrderEntry.latest(of: id, limit: ordersShown, in: tx)
    let customer = found.customer
    return CustomerCard(
      id: id, facts: CustomerInput(customer, fields), name: customer.name, kind: customer.kind,
      roles: customer.roles, owner: owner, region: Region.shown(customer.regionCode, typed: customer.region),
      phones: customer.phones, updatedAt: customer.updatedAt, totals: found.totals,
      amount: Money(found.totals.amount, reader.currency),
      margin: Money(found.totals.amount.subtractingReportingOverflow(found.totals.cost).partialValue, reader.currency),
      standing: found.standing, explanation: Standing.explanation(for: found, run),
      forecast: customer.kind == .walkIn
        ? nil : fit.flatMap { CardForecast(id, facts, $0, asOf: versions.lastOrder ?? today, reader) },
      relation: Relation(relation, purchaseDays: found.totals.purchaseDays), tags: tags, contacts: contacts,
      pinned: pinned,
      months: months(of: facts.orders, until: today, reader.currency), latestOrders: latest, timeline: Timeline(last))
  }

  /// What was ordered in each of the last months, the oldest first.
  private static func months(of orders: [CustomerOrderDay], until today: Day, _ currency: String) -> [Month] {
    let now = today.year * 12 + today.month - 1
    let sums = orders.reduce(into: [Int: Int64]()) { sums, order in
      let month = order.orderedOn.year * 12 + order.orderedOn.month - 1
      sums[month] = (sums[month] ?? 0).clampedPlus(order.baseAmount)
    }
    return (now - monthsShown + 1...now).map { month in
      let name = "\(month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)"
      return Month(month: name, amount: Money(sums[month] ?? 0, currency))
    }
  }
}

/// What all cards are explained by.
struct CardShelves: Sendable {
  struct Versions: Sendable {
    let run: Instant?
    let fit: LifetimeFit.ID?
    /// The day of the firm's last order that is not after today.
    let lastOrder: Day?
  }

  private let runs = Shelf<Instant, StandingRun>()
  private let fits = FitShelf()

  /// Cards are asked for all the time, so all in one statement.
  static func versions(today: Day) -> Question<Versions> {
    Question<[Versions]>.map(
      "SELECT (\(StandingRun.lastFinish)), (\(LifetimeFit.newest)), (\(OrderSpan.last(today: today)))"
    ) { Versions(run: try $0[0], fit: try $0[1], lastOrder: try $0[2]) }
    .then { $0[0] }
  }

  func contents(_ versions: Versions, in tx: Transaction) throws -> (StandingRun?, CurrentFit?) {
    (try runs.content(versions.run) { try StandingRun.last(in: tx) }, try fits.latest(versions.fit, in: tx))
  }
}
