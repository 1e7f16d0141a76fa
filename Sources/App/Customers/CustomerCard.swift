import Foundation
import Store
import Web

/// The customer data card: everything about one customer at a glance.
struct CustomerCard: Codable, Equatable, Sendable {
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
  let latestDays: [Day]
  let timeline: Timeline

  static let monthsShown = 24

  static func read(
    _ id: Customer.ID, _ query: Query, _ access: Access, _ shelves: CardShelves, today: Day, reader: Reader,
    in tx: Transaction
  ) throws -> CustomerCard? {
    let (months, days) = (months(until: today), Timeline.Days(of: id, before: query.before, in: reader.timeZone))
    let (found, owner, fields, tags, contacts, pinned, sums, latest, dated, facts, relation, last, versions) =
      try tx.ask(
        Customer.valued(id, access), Customer.owner(of: id), CustomField.all, Tag.on(id), Contact.of(id),
        NoteView.of(id, "pinned_at IS NOT NULL ORDER BY pinned_at DESC, note.id"),
        Customer.months(of: id, since: months[0]), Timeline.OrderEntry.latest(of: id, limit: 5), days.all,
        CardForecast.Facts.of(id, until: today), Relation.Facts.of(id, access), OrderSpan.last(today: today),
        CardShelves.versions)
    guard let found else { return nil }
    let (run, fit) = try shelves.contents(versions, in: tx)
    let customer = found.customer
    return CustomerCard(
      id: id, facts: CustomerInput(customer, fields), name: customer.name, kind: customer.kind,
      roles: customer.roles, owner: owner ?? "", region: Region.shown(customer.regionCode, typed: customer.region),
      phones: customer.phones, updatedAt: customer.updatedAt, totals: found.totals,
      amount: Money(found.totals.amount, reader.currency),
      margin: Money(found.totals.amount.subtractingReportingOverflow(found.totals.cost).partialValue, reader.currency),
      standing: found.standing, explanation: Standing.explanation(for: found, run),
      forecast: fit.flatMap { CardForecast(id, facts, $0, asOf: last ?? today, reader) },
      relation: Relation(relation, purchaseDays: found.totals.purchaseDays), tags: tags, contacts: contacts,
      pinned: pinned,
      months: months.map { Month(month: $0, amount: Money(sums[$0] ?? 0, reader.currency)) },
      latestOrders: latest.map(\.1), latestDays: latest.map(\.0),
      timeline: try Timeline.read(days, dated, in: tx))
  }

  /// The last months as `YYYY-MM`, oldest first.
  private static func months(until today: Day) -> [String] {
    let now = today.year * 12 + today.month - 1
    return (0..<monthsShown).reversed().map { back in
      let month = now - back
      return "\(month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)"
    }
  }
}

/// What all cards are explained by.
struct CardShelves: Sendable {
  private let runs = Shelf<Instant, StandingRun>()
  private let fits = FitShelf()

  static var versions: Question<(Instant?, LifetimeFit.ID?)> { StandingRun.lastFinish.and(LifetimeFit.newest) }

  func contents(
    _ versions: (Instant?, LifetimeFit.ID?), in tx: Transaction
  ) throws -> (StandingRun?, CurrentFit?) {
    (try runs.content(versions.0) { try StandingRun.last(in: tx) }, try fits.latest(versions.1, in: tx))
  }
}
