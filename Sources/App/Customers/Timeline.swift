import Foundation
import Store
import Web

/// Everything that happened with a customer, newest first, in whole days.
struct Timeline: Codable, Equatable, Sendable {
  struct Entry: Codable, Equatable, Sendable {
    enum Kind: String, Codable, CaseIterable, Sendable { case note, order }

    let kind: Kind
    let day: Day
    let note: NoteView?
    let order: OrderEntry?
  }

  struct OrderEntry: Codable, Equatable, Sendable {
    let id: Order.ID
    let orderedOn: Day
    let number: String
    let amount: Money
    let isReturn: Bool
    /// What was in it.
    fileprivate(set) var lines: [String] = []
    let note: String
  }

  let entries: [Entry]
  /// Go on with the days before this one.
  let earlier: Day?

  private static let pageSize = 30

  /// - Parameter entries: what ``last(of:before:in:)`` was answered.
  init(_ entries: [Entry]) {
    let first = entries.count > Self.pageSize ? entries[Self.pageSize - 1].day : Day(number: .min)
    self.entries = Array(entries.prefix { $0.day >= first })
    earlier = self.entries.count < entries.count ? first : nil
  }
}

extension Timeline {
  /// The last entries before a day, newest first: of orders and of notes whole days that fill a page each, and something
  /// of a day before those if there is any.
  static func last(of customer: Customer.ID, before end: Day?, in zone: TimeZone) -> Question<[Entry]> {
    let end = end ?? Day(number: .max)
    return orders(of: customer, before: end).and(notes(of: customer, before: Instant(startOf: end, in: zone)))
      .then { orders, notes in
        let entries =
          orders.map { Entry(kind: .order, day: $0.orderedOn, note: nil, order: $0) }
          + notes.map { Entry(kind: .note, day: $0.happenedAt.day(in: zone), note: $0, order: nil) }
        return entries.sorted { ($0.day, $0.moment) > ($1.day, $1.moment) }
      }
  }

  private static func orders(of customer: Customer.ID, before end: Day) -> Question<[OrderEntry]> {
    let past: SQL = "sales_order WHERE customer_id = \(customer) AND ordered_on <"
    return OrderEntry.of(
      """
      customer_id = \(customer) AND ordered_on < \(end) AND ordered_on >= coalesce((SELECT max(ordered_on) FROM \(past)
        (SELECT ordered_on FROM \(past) \(end) ORDER BY ordered_on DESC LIMIT 1 OFFSET \(lastOfPage))), '')
      """)
  }

  /// A note's day is another in another zone, so to be sure of whole days those of 25 hours more are taken: clocks are
  /// put back by an hour at most.
  private static func notes(of customer: Customer.ID, before end: Instant) -> Question<[NoteView]> {
    let past: SQL = "note WHERE customer_id = \(customer) AND happened_at <"
    return NoteView.of(
      customer,
      """
      happened_at < \(end) AND happened_at >= coalesce((SELECT max(happened_at) FROM \(past)
        (SELECT happened_at FROM \(past) \(end) ORDER BY happened_at DESC LIMIT 1 OFFSET \(lastOfPage)) - 90000000), \(earliest))
      """)
  }

  /// Part of the text, so that PostgreSQL plans it once.
  private static let lastOfPage: SQL = "29"
  /// Before any note, in milliseconds.
  private static let earliest: SQL = "-9000000000000000"
}

extension Timeline.Entry {
  /// Within a day: notes by their time, orders before them.
  fileprivate var moment: Int64 { note?.happenedAt.milliseconds ?? order.map { $0.id.raw >> 21 } ?? 0 }
}

extension Timeline.OrderEntry {
  /// The last ones, newest first.
  static func latest(of customer: Customer.ID, limit: Int, in tx: Transaction) throws -> [Self] {
    try tx.ask(
      of(
        """
        sales_order.id IN (
          SELECT id FROM sales_order WHERE customer_id = \(customer) ORDER BY ordered_on DESC, id DESC LIMIT \(limit))
        """))
  }

  /// Orders with their lines, newest first.
  fileprivate static func of(_ condition: SQL) -> Question<[Self]> {
    Question<[(Self, line: String?)]>.map(
      """
      SELECT sales_order.id, ordered_on, outside_id, sales_order.amount, sales_order.quantity, currency, note,
        product_name, sales_order_line.quantity
      FROM sales_order LEFT JOIN sales_order_line ON sales_order_line.order_id = sales_order.id
      WHERE \(condition) ORDER BY ordered_on DESC, sales_order.id DESC, position
      """, withLine
    )
    .then { rows in
      rows.reduce(into: []) { entries, row in
        if entries.last?.id != row.0.id { entries.append(row.0) }
        if let line = row.line { entries[entries.count - 1].lines.append(line) }
      }
    }
  }

  private static func withLine(_ row: Row) throws -> (Self, line: String?) {
    let (id, number, product): (Order.ID, String?, String?) = (try row[0], try row[2], try row[7])
    let entry = Self(
      id: id, orderedOn: try row[1], number: Order.number(number, id), amount: Money(row.integer(3), try row[5]),
      isReturn: row.integer(3) < 0 || row.integer(4) < 0, note: try row[6])
    let line = try product.map { name in
      let quantity: Quantity = try row[8]
      return "\(name) × \(quantity.description.replacing("-", with: ""))"
    }
    return (entry, line)
  }
}

/// A note with the name of who wrote it.
struct NoteView: Codable, Equatable, Sendable {
  let id: Note.ID
  let kind: Note.Kind
  let topic: Note.Topic
  let text: String
  let happenedAt: Instant
  let isPinned: Bool
  let author: String

  static func of(_ customer: Customer.ID, _ condition: SQL) -> Question<[NoteView]> {
    .map(
      """
      SELECT app_user.name, note.* FROM note LEFT JOIN app_user ON app_user.id = note.created_by
      WHERE customer_id = \(customer) AND \(condition)
      """
    ) { row in
      let author: String? = try row[0]
      return NoteView(try row.record(), author: author ?? "")
    }
  }

  private init(_ note: Note, author: String) {
    id = note.id
    kind = note.kind
    topic = note.topic
    text = note.text
    happenedAt = note.happenedAt
    isPinned = note.pinnedAt != nil
    self.author = author
  }
}
