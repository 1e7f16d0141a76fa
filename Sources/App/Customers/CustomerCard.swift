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
  let tags: [Tag]
  let contacts: [Contact]
  let pinned: [NoteView]
  let months: [Month]
  let latestOrders: [Timeline.OrderEntry]
  let latestDays: [Day]
  let timeline: Timeline

  static let monthsShown = 24

  static func read(
    _ id: Customer.ID, _ query: Query, _ access: Access, _ fit: CurrentFit?, today: Day, reader: Reader,
    in tx: Transaction
  ) throws -> CustomerCard? {
    guard let found = try Customer.valued(id, access, in: tx) else { return nil }
    let customer = found.customer
    let orders = try Order.latest(of: id, limit: 5, in: tx)
    let pinned: [Note] = try tx.all(
      "SELECT * FROM note WHERE customer_id = \(id) AND pinned_at IS NOT NULL ORDER BY pinned_at DESC, id")
    let names = try User.names(of: pinned.compactMap(\.createdBy) + [customer.ownerId].compactMap(\.self), in: tx)
    return CustomerCard(
      id: id, facts: CustomerInput(customer, try CustomField.all(in: tx)), name: customer.name, kind: customer.kind,
      roles: customer.roles,
      owner: customer.ownerId.flatMap { names[$0] } ?? "",
      region: Region.shown(customer.regionCode, typed: customer.region),
      phones: customer.phones, updatedAt: customer.updatedAt, totals: found.totals,
      amount: Money(found.totals.amount, reader.currency),
      margin: Money(found.totals.amount.subtractingReportingOverflow(found.totals.cost).partialValue, reader.currency),
      standing: found.standing, explanation: try Standing.explanation(for: found, in: tx),
      forecast: try CardForecast.read(id, fit, today: today, reader: reader, in: tx),
      tags: try Tag.on(id, in: tx), contacts: try Contact.of(id, in: tx),
      pinned: pinned.map { NoteView($0, names: names) },
      months: try months(of: id, today: today, currency: reader.currency, in: tx),
      latestOrders: orders.map { Timeline.OrderEntry($0, lines: "") }, latestDays: orders.map(\.orderedOn),
      timeline: try Timeline.read(of: id, before: query.before, in: reader.timeZone, tx))
  }

  /// The last months, also those without an order, oldest first.
  private static func months(
    of id: Customer.ID, today: Day, currency: String, in tx: Transaction
  ) throws -> [Month] {
    let now = today.year * 12 + today.month - 1
    let names = (0..<monthsShown).reversed().map { back -> String in
      let month = now - back
      return "\(month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)"
    }
    guard let first = names.first.flatMap({ Day($0 + "-01") }) else { return [] }
    let sums = try Customer.months(of: id, since: first, in: tx)
    return names.map { Month(month: $0, amount: Money(sums[$0] ?? 0, currency)) }
  }
}

extension Timeline.OrderEntry {
  init(_ order: Order, lines: String) {
    self.init(
      id: order.id, number: order.number, amount: Money(order.amount, order.currency),
      isReturn: order.isReturn, lines: lines, note: order.note)
  }
}
