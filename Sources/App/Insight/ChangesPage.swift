import Analytics
import Store
import Web

/// Which classes are compared, and which way is asked for.
struct ChangesQuery: Codable, Equatable, Sendable {
  /// A class, or nobody's: without an order in the window.
  enum Place: String, Codable, CaseIterable, Sendable {
    case a = "A"
    case b = "B"
    case c = "C"
    case none

    var valueClass: ValueClass? { ValueClass(rawValue: rawValue) }
    init(_ valueClass: ValueClass?) { self = valueClass.flatMap { Place(rawValue: $0.rawValue) } ?? .none }
  }

  var from: Day?
  var to: Day?
  /// Days; none for all history.
  var window: Int?
  var by: AnalysisParameters.Measure?
  /// The class at the first date and at the second; without both, everybody whose class changed.
  var before: Place?
  var after: Place?
  /// From 1.
  var page: Int?

  func link(_ path: String, before: Place? = nil, after: Place? = nil, page: Int? = nil) -> String {
    let own: [(name: String, value: String?)] = [
      ("from", from?.description), ("to", to?.description), ("window", window.map(String.init)),
      ("by", by?.rawValue), ("before", before?.rawValue), ("after", after?.rawValue),
      ("page", page.map(String.init)),
    ]
    return Fields(own.compactMap { field in field.value.map { (name: field.name, value: $0) } }).link(path)
  }
}

/// ABC classes at two dates: how many went where, and who.
struct ChangesPage: Codable, Equatable, Sendable {
  struct Way: Codable, Equatable, Sendable {
    let before: ChangesQuery.Place
    let after: ChangesQuery.Place
    let customers: Int
  }

  struct Move: Codable, Equatable, Sendable {
    let id: Customer.ID
    let name: String
    let before: ChangesQuery.Place
    let after: ChangesQuery.Place
    let valueBefore: Figure
    let valueAfter: Figure
    let difference: Figure
  }

  var parameters: ChangesQuery
  let from: Day
  let to: Day
  let hasOrders: Bool
  /// All sixteen, those that nobody went too.
  let ways: [Way]
  /// Of this way, or of everybody whose class changed.
  let count: Int
  let page: Int
  let pages: Int
  /// The greatest differences first.
  let moves: [Move]
}

extension ChangesPage {
  static let size = 50
  /// What people compare when they have not said: a year.
  static let usualDays = 365

  init(
    _ before: Analysis, _ after: Analysis, _ query: ChangesQuery, hasOrders: Bool, currency: String,
    _ access: Access, in tx: Transaction
  ) throws {
    let unit = after.parameters.unit(currency)
    let changes = ClassChanges(before: before.classes, after: after.classes)
    let found = Self.found(changes, before, after, query)
    parameters = query
    from = before.asOf
    to = after.asOf
    self.hasOrders = hasOrders
    ways = ChangesQuery.Place.allCases.flatMap { from in
      ChangesQuery.Place.allCases.map { to in
        Way(before: from, after: to, customers: changes.count(from: from.valueClass, to: to.valueClass))
      }
    }
    count = found.count
    let part = try RankPage(query.page, of: found.count, size: Self.size)
    (page, pages) = (part.page, part.pages)
    let shown = part.shown(found)
    let names = try AnalysedName.find(shown, access, in: tx)
    moves = shown.compactMap { id in names[id].map { Move($0, before, after, unit) } }
  }

  /// Whom the query asks for, the greatest difference first.
  private static func found(
    _ changes: ClassChanges<ValueClass>, _ before: Analysis, _ after: Analysis, _ query: ChangesQuery
  ) -> [Int64] {
    let ids: [Int64]
    if let from = query.before, let to = query.after {
      ids =
        from == to
        ? after.columns.ids.filter {
          before.valueClass(of: $0) == from.valueClass && after.valueClass(of: $0) == to.valueClass
        }
        : changes.moves.filter { $0.from == from.valueClass && $0.to == to.valueClass }.map(\.id)
    } else {
      ids = changes.moves.map(\.id)
    }
    let sized = ids.map { id in
      (id: id, size: after.value(of: id).clampedMinus(before.value(of: id)).magnitude)
    }
    return sized.sorted { $0.size == $1.size ? $0.id < $1.id : $0.size > $1.size }.map(\.id)
  }
}

extension ChangesPage.Move {
  fileprivate init(_ name: AnalysedName, _ before: Analysis, _ after: Analysis, _ unit: Figure.Unit) {
    let values = (Figure(before.value(of: name.id.raw), unit), Figure(after.value(of: name.id.raw), unit))
    self.init(
      id: name.id, name: name.name, before: .init(before.valueClass(of: name.id.raw)),
      after: .init(after.valueClass(of: name.id.raw)), valueBefore: values.0, valueAfter: values.1,
      difference: values.1 - values.0)
  }
}

extension Analysis {
  /// Everybody's class, by id.
  fileprivate var classes: [(id: Int64, class: ValueClass)] {
    guard let abc else { return [] }
    return columns.indices.map { (columns.ids[$0], abc.standings[$0].valueClass) }
  }

  fileprivate func valueClass(of id: Int64) -> ValueClass? {
    guard let abc else { return nil }
    return columns.index(of: id).map { abc.standings[$0].valueClass }
  }

  fileprivate func value(of id: Int64) -> Int64 { columns.index(of: id).map { columns.values[$0] } ?? 0 }
}
