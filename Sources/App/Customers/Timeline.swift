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
    var lines = ""
    let note: String
  }

  let entries: [Entry]
  /// Go on with the days before this one.
  let earlier: Day?

  private static let pageSize = 30

  /// The days that a page of it begins from.
  struct Days {
    let customer: Customer.ID
    /// Only days before this one.
    let end: Day
    let zone: TimeZone

    init(of customer: Customer.ID, before: Day?, in zone: TimeZone) {
      (self.customer, end, self.zone) = (customer, before ?? Day(number: .max), zone)
    }

    /// Of orders and notes.
    var all: Question<[Day]> { ofOrders.and(ofNotes).then { $0.0 + $0.1 } }

    private var ofOrders: Question<[Day]> {
      .values(
        """
        SELECT ordered_on FROM sales_order WHERE customer_id = \(customer) AND ordered_on < \(end)
        ORDER BY ordered_on DESC LIMIT \(pageSize + 1)
        """)
    }

    private var ofNotes: Question<[Day]> {
      let times: Question<[Instant]> = .values(
        """
        SELECT happened_at FROM note WHERE customer_id = \(customer) AND happened_at < \(Instant(startOf: end, in: zone))
        ORDER BY happened_at DESC LIMIT \(pageSize + 1)
        """)
      return times.then { times in times.map { $0.day(in: zone) } }
    }
  }

  /// - Parameter days: what `asked` was answered.
  static func read(_ asked: Days, _ days: [Day], in tx: Transaction) throws -> Timeline {
    let days = days.sorted(by: >)
    let first = days.count > pageSize ? days[pageSize - 1] : Day(number: .min)
    let span = Span(customer: asked.customer, from: first, to: asked.end, zone: asked.zone)
    let (lines, orders, notes) = try tx.ask(span.lines, span.orders, span.notes)
    let entries =
      orders.map { Entry(kind: .order, day: $0, note: nil, order: $1.with(lines[$1.id] ?? [])) }
      + notes.map { Entry(kind: .note, day: $0.happenedAt.day(in: asked.zone), note: $0, order: nil) }
    return Timeline(
      entries: entries.sorted { ($0.day, $0.moment) > ($1.day, $1.moment) },
      earlier: days.count > pageSize && days.last.map { $0 < first } ?? false ? first : nil)
  }

  /// What is asked of the days from one to before another.
  private struct Span {
    let customer: Customer.ID
    let from: Day
    let to: Day
    let zone: TimeZone

    private var days: SQL { "ordered_on >= \(from) AND ordered_on < \(to)" }

    var orders: Question<[(Day, OrderEntry)]> { OrderEntry.of(customer, days) }

    var lines: Question<[Order.ID: [String]]> {
      let lines: Question<[(Order.ID, String)]> = .map(
        """
        SELECT order_id, product_name, quantity FROM sales_order_line
        WHERE order_id IN (SELECT id FROM sales_order WHERE customer_id = \(customer) AND \(days))
        ORDER BY order_id, position
        """
      ) { row in
        let (name, quantity): (String, Quantity) = (try row[1], try row[2])
        return (try row[0], "\(name) × \(quantity.description.replacing("-", with: ""))")
      }
      return lines.then { Dictionary(grouping: $0, by: \.0).mapValues { $0.map(\.1) } }
    }

    var notes: Question<[NoteView]> {
      NoteView.of(
        customer,
        "happened_at >= \(Instant(startOf: from, in: zone)) AND happened_at < \(Instant(startOf: to, in: zone))")
    }
  }
}

extension Timeline.Entry {
  /// Within a day: notes by their time, orders before them.
  fileprivate var moment: Int64 { note?.happenedAt.milliseconds ?? order.map { $0.id.raw >> 21 } ?? 0 }
}

extension Timeline.OrderEntry {
  /// With their days.
  static func of(_ customer: Customer.ID, _ rest: SQL) -> Question<[(Day, Self)]> {
    .map(
      """
      SELECT ordered_on, id, outside_id, amount, quantity, currency, note FROM sales_order
      WHERE customer_id = \(customer) AND \(rest)
      """
    ) { row in
      let (id, number): (Order.ID, String?) = (try row[1], try row[2])
      let entry = Self(
        id: id, number: Order.number(number, id), amount: Money(row.integer(3), try row[5]),
        isReturn: row.integer(3) < 0 || row.integer(4) < 0, note: try row[6])
      return (try row[0], entry)
    }
  }

  static func latest(of customer: Customer.ID, limit: Int) -> Question<[(Day, Self)]> {
    of(customer, "1 = 1 ORDER BY ordered_on DESC, id DESC LIMIT \(limit)")
  }

  func with(_ lines: [String]) -> Self {
    var entry = self
    entry.lines = lines.prefix(4).joined(separator: "，") + (lines.count > 4 ? "…" : "")
    return entry
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
