import Foundation

/// A place in a sorted list: the sort value and id of the row next to it. Survives rows coming and going.
public struct Position: Sendable, Equatable {
  public let key: Value
  public let id: Int64
  /// Whether the slice ends before this row instead of beginning after it.
  public let isBefore: Bool
  /// In which list, by ``Order/list``.
  public let list: UInt32

  public init(key: Value, id: Int64, isBefore: Bool = false, in list: UInt32) {
    self.key = key
    self.id = id
    self.isBefore = isBefore
    self.list = list
  }
}

/// Opaque in a URL; a text that is not one of ours reads as nil.
extension Position: LosslessStringConvertible, Codable {
  private struct Token: Codable {
    var n: Int64?
    var r: Double?
    var t: String?
    var id: Int64
    var b: Bool?
    var l: UInt32
  }

  public var description: String {
    var token = Token(id: id, b: isBefore ? true : nil, l: list)
    switch key {
    case .integer(let number): token.n = number
    case .real(let number): token.r = number
    case .text(let text): token.t = text
    case .null, .blob: break
    }
    let data = (try? JSONEncoder().encode(token)) ?? Data()
    return data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
      "=", with: "")
  }

  public init?(_ text: String) {
    let plain = text.replacing("-", with: "+").replacing("_", with: "/")
    let padded = plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: padded),
      let token = try? JSONDecoder().decode(Token.self, from: data)
    else { return nil }
    let key = token.n.map(Value.integer) ?? token.r.map(Value.real) ?? token.t.map(Value.text) ?? .null
    self.init(key: key, id: token.id, isBefore: token.b ?? false, in: token.l)
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let position = Position(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\"\(text)\" is not a place in a list"))
    }
    self = position
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// How a list is sorted: by a column that is never null, then by id.
public struct Order: Sendable {
  /// What the column holds.
  public enum Key: Sendable { case integer, real, text }

  private(set) var column: SQL
  private(set) var id: SQL
  let isDescending: Bool
  private let key: Key
  /// Tells lists apart: a place in one of them is none in another, nor in the same list in another order.
  public let list: UInt32

  public init(by column: SQL, _ key: Key, id: SQL = "id", descending: Bool = false) {
    self.column = column
    self.id = id
    self.key = key
    isDescending = descending
    list = (column + (descending ? " DESC" : "")).mark
  }

  /// The same, not to be read from an index.
  public var unindexed: Order { by(.unindexed(column), id: id) }

  /// The same where the columns have other names.
  func by(_ column: SQL, id: SQL) -> Order {
    var order = self
    (order.column, order.id) = (column, id)
    return order
  }

  /// Places come back from addresses, where anybody may have changed them.
  func has(_ position: Position) -> Bool {
    guard position.list == list else { return false }
    return switch (position.key, key) {
    case (.integer, .integer), (.real, .real): true
    case (.text(let text), .text): !text.utf8.contains(0)
    default: false
    }
  }
}

extension SQL {
  /// Of its text, the same on every machine (FNV-1a).
  fileprivate var mark: UInt32 {
    Statement(self, for: .sqlite).text.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}

/// A page of a list and the ways on from it.
public struct Slice<Item> {
  public var items: [Item]
  public var previous: Position?
  public var next: Position?

  public init(items: [Item], previous: Position? = nil, next: Position? = nil) {
    self.items = items
    self.previous = previous
    self.next = next
  }

  public func map<Other>(_ make: (Item) throws -> Other) rethrows -> Slice<Other> {
    Slice<Other>(items: try items.map(make), previous: previous, next: next)
  }
}

extension Slice: Sendable where Item: Sendable {}
extension Slice: Equatable where Item: Equatable {}
extension Slice: Codable where Item: Codable {}

extension Transaction {
  /// A page of a list by keyset: cost does not grow with how far in it is.
  /// - Parameters:
  ///   - select: `SELECT … FROM …` without `WHERE`.
  ///   - conditions: all must hold.
  ///   - position: where to go on, nil for the start.
  ///   - limit: 1 to 10,000 items; what lies outside is brought inside.
  ///   - key: the sort value and id of a row, as the order's columns have them.
  public func slice<Item: Decodable>(
    _ select: SQL, where conditions: [SQL] = [], by order: Order, at position: Position?, limit: Int,
    key: (Item) -> (Value, Int64)
  ) throws -> Slice<Item> {
    let stretch = try Stretch(order, position, limit)
    return stretch.slice(
      try all("\(select)\((conditions + stretch.beginning).whereClause) \(stretch.sorting)"), key: key)
  }

  /// The ids of a page of a list. Many rows are looked at to fill a page; what it shows is then read of those on it
  /// alone.
  /// - Parameters:
  ///   - rows: `FROM …` without `WHERE`.
  ///   - parts: conditions of which every row fulfils one, for an index that begins with what they tell apart: each part
  ///     has the order from it, and they are merged.
  public func slice<Kind>(
    idsFrom rows: SQL, inParts parts: [SQL] = [], where conditions: [SQL] = [], by order: Order,
    at position: Position?, limit: Int
  ) throws -> Slice<ID<Kind>> {
    let stretch = try Stretch(order, position, limit)
    return stretch.slice(
      try places(stretch.places(in: rows, parts, where: conditions + stretch.beginning, count: stretch.count)))
  }

  /// The same where those who fit may all stand far from the place: the rows are walked through stretch by stretch until the
  /// page is full. Where the last stretch did not fill it, all who fit beyond are looked at, whose number has its limits.
  /// - Parameters:
  ///   - walk: the rows in the order of the list.
  ///   - parts: of the walk, as above. One in which nobody fits is walked to the end of each stretch and no further.
  ///   - steps: how many rows each stretch has.
  ///   - way: the table of the order alone, in that order; what holds there of all who fit is not stepped over.
  ///   - conditions: all must hold of a row that is met on the walk.
  ///   - others: the same of `rows`, where it is told otherwise.
  public func slice<Kind>(
    idsFrom walk: SQL, inParts parts: [SQL] = [], for steps: [Int], along way: SQL, within: [SQL] = [],
    thenAllOf rows: SQL, where conditions: [SQL], or others: [SQL]? = nil, by order: Order, at position: Position?,
    limit: Int
  ) throws -> Slice<ID<Kind>> {
    let stretch = try Stretch(order, position, limit)
    let all = try Stretch(order.unindexed, position, limit)
    var found: [Place] = []
    var (beginning, rest) = (stretch.beginning, all.beginning)
    for far in steps {
      let end = try places(stretch.places(in: way, parts, where: within + beginning, after: far, count: 1)).first
      let near = conditions + beginning + (end.map { [stretch.upTo($0)] } ?? [])
      found += try places(stretch.places(in: walk, parts, where: near, count: stretch.count - found.count))
      guard let end, found.count < stretch.count else { return stretch.slice(found) }
      (beginning, rest) = ([stretch.beyond(end)], [all.beyond(end)])
    }
    found += try places(
      all.places(in: rows, [], where: (others ?? conditions) + rest, count: stretch.count - found.count))
    return stretch.slice(found)
  }

  private func places(_ query: SQL) throws -> [Place] {
    try map(query) { row in Place(id: row.integer(0), key: row.value(1)) }
  }
}

/// The id and sort value of a row.
struct Place {
  let id: Int64
  let key: Value
}

/// A page's length of a list from a place on, forward or back, and one row more, to know whether it goes on.
struct Stretch {
  private let order: Order
  private let position: Position?
  private let limit: Int
  private let goesDown: Bool
  let isBackward: Bool
  /// What holds of the rows from there on.
  private(set) var beginning: [SQL] = []

  /// - Throws: ``StoreError/position`` for a place that the list does not have.
  init(_ order: Order, _ position: Position?, _ limit: Int) throws {
    (self.order, self.position, self.limit) = (order, position, min(max(limit, 1), 10_000))
    isBackward = position?.isBefore ?? false
    goesDown = order.isDescending != isBackward
    guard let position else { return }
    guard order.has(position) else { throw StoreError.position }
    beginning = [beyond(Place(id: position.id, key: position.key))]
  }

  /// How many rows tell the page and whether it goes on.
  var count: Int { limit + 1 }

  /// In the order of the list, so many and no more.
  var sorting: SQL { "\(sorted(order.column, order.id)) LIMIT \(count)" }

  /// The ids and sort values of rows in the order of the list.
  /// - Parameters:
  ///   - rows: `FROM …` without `WHERE`.
  ///   - parts: conditions of which every row fulfils one.
  ///   - steps: so many rows are stepped over.
  func places(in rows: SQL, _ parts: [SQL], where conditions: [SQL], after steps: Int = 0, count: Int) -> SQL {
    let select: SQL = "SELECT \(order.id), \(order.column) FROM \(rows)"
    let each = (parts.isEmpty ? [conditions] : parts.map { [$0] + conditions }).map { conditions -> SQL in
      "\(select)\(conditions.whereClause)"
    }
    return .merged(each, sorted("2", "1"), limit: count, offset: steps)
  }

  private func sorted(_ column: SQL, _ id: SQL) -> SQL {
    let direction: SQL = goesDown ? "DESC" : "ASC"
    return "ORDER BY \(column) \(direction), \(id) \(direction)"
  }

  /// What holds of the rows as far as this one, and of those after it.
  func upTo(_ place: Place) -> SQL { rows(goesDown ? ">=" : "<=", place) }
  func beyond(_ place: Place) -> SQL { rows(goesDown ? "<" : ">", place) }

  private func rows(_ comparison: SQL, _ place: Place) -> SQL {
    "(\(order.column), \(order.id)) \(comparison) (\(SQL(parts: [.value(place.key)])), \(place.id))"
  }

  func slice<Kind>(_ places: [Place]) -> Slice<ID<Kind>> {
    slice(places) { ($0.key, $0.id) }.map { ID(raw: $0.id) }
  }

  /// - Parameter items: sorted by ``sorting``.
  func slice<Item>(_ items: [Item], key: (Item) -> (Value, Int64)) -> Slice<Item> {
    let hasMore = items.count > limit
    var items = Array(items.prefix(limit))
    if isBackward { items.reverse() }
    func place(_ item: Item?, before: Bool) -> Position? {
      item.map(key).map { Position(key: $0.0, id: $0.1, isBefore: before, in: order.list) }
    }
    return Slice(
      items: items,
      previous: (isBackward ? hasMore : position != nil) ? place(items.first, before: true) : nil,
      next: (isBackward || hasMore) ? place(items.last, before: false) : nil)
  }
}
