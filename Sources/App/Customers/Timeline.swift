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
    let number: String
    let amount: Money
    let isReturn: Bool
    /// What was in it, the first few lines.
    let lines: String
    let note: String
  }

  let entries: [Entry]
  /// Go on with the days before this one.
  let earlier: Day?

  private static let pageSize = 30

  /// - Parameter before: only days before this one.
  static func read(
    of customer: Customer.ID, before: Day?, in zone: TimeZone, _ tx: Transaction
  ) throws -> Timeline {
    let end = before ?? Day(number: .max)
    let edge = Instant(startOf: end, in: zone)
    let orderDays: [Day] = try tx.values(
      """
      SELECT ordered_on FROM sales_order WHERE customer_id = \(customer) AND ordered_on < \(end)
      ORDER BY ordered_on DESC LIMIT \(pageSize + 1)
      """)
    let noteTimes: [Instant] = try tx.values(
      """
      SELECT happened_at FROM note WHERE customer_id = \(customer) AND happened_at < \(edge)
      ORDER BY happened_at DESC LIMIT \(pageSize + 1)
      """)
    let days = (orderDays + noteTimes.map { $0.day(in: zone) }).sorted(by: >)
    let first = days.count > pageSize ? days[pageSize - 1] : Day(number: .min)
    let entries =
      try orders(of: customer, from: first, to: end, tx) + notes(of: customer, from: first, to: end, in: zone, tx)
    return Timeline(
      entries: entries.sorted { ($0.day, $0.moment) > ($1.day, $1.moment) },
      earlier: days.count > pageSize && days.last.map { $0 < first } ?? false ? first : nil)
  }

  private static func notes(
    of customer: Customer.ID, from: Day, to: Day, in zone: TimeZone, _ tx: Transaction
  ) throws -> [Entry] {
    let notes: [Note] = try tx.all(
      """
      SELECT * FROM note WHERE customer_id = \(customer)
      AND happened_at >= \(Instant(startOf: from, in: zone)) AND happened_at < \(Instant(startOf: to, in: zone))
      """)
    let names = try User.names(of: notes.compactMap(\.createdBy), in: tx)
    return notes.map {
      Entry(kind: .note, day: $0.happenedAt.day(in: zone), note: NoteView($0, names: names), order: nil)
    }
  }

  private static func orders(
    of customer: Customer.ID, from: Day, to: Day, _ tx: Transaction
  ) throws -> [Entry] {
    var lines: [Order.ID: [String]] = [:]
    try tx.each(
      """
      SELECT order_id, product_name, quantity FROM sales_order_line WHERE order_id IN (
        SELECT id FROM sales_order WHERE customer_id = \(customer) AND ordered_on >= \(from) AND ordered_on < \(to))
      ORDER BY order_id, position
      """
    ) { row in
      let (name, quantity): (String, Quantity) = (try row[1], try row[2])
      lines[try row[0], default: []].append("\(name) × \(quantity.description.replacing("-", with: ""))")
    }
    return try tx.map(
      """
      SELECT id, ordered_on, outside_id, amount, quantity, currency, note FROM sales_order
      WHERE customer_id = \(customer) AND ordered_on >= \(from) AND ordered_on < \(to)
      """
    ) { row in
      let (id, day, number): (Order.ID, Day, String?) = (try row[0], try row[1], try row[2])
      let sold = lines[id] ?? []
      let order = OrderEntry(
        id: id, number: Order.number(number, id), amount: Money(row.integer(3), try row[5]),
        isReturn: row.integer(3) < 0 || row.integer(4) < 0,
        lines: sold.prefix(4).joined(separator: "，") + (sold.count > 4 ? "…" : ""), note: try row[6])
      return Entry(kind: .order, day: day, note: nil, order: order)
    }
  }
}

extension Timeline.Entry {
  /// Within a day: notes by their time, orders before them.
  fileprivate var moment: Int64 { note?.happenedAt.milliseconds ?? order.map { $0.id.raw >> 21 } ?? 0 }
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

  init(_ note: Note, names: [User.ID: String]) {
    id = note.id
    kind = note.kind
    topic = note.topic
    text = note.text
    happenedAt = note.happenedAt
    isPinned = note.pinnedAt != nil
    author = note.createdBy.flatMap { names[$0] } ?? ""
  }
}
