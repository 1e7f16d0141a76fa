import Synchronization

/// One row of an answer, valid only while it is being read.
public struct Row {
  let rows: Rows

  /// The column at a position counted from 0.
  /// - Throws: ``StoreError/column(_:_:)`` when it is null or of another kind.
  public subscript<Wanted: Bindable>(_ index: Int) -> Wanted {
    get throws {
      let value = rows.value(at: index)
      guard let wanted = Wanted(value: value) else {
        throw StoreError.column(rows.columns.name(at: index), "\(value) is not a \(Wanted.self)")
      }
      return wanted
    }
  }

  /// The column at a position, nil when it is null.
  public subscript<Wanted: Bindable>(_ index: Int) -> Wanted? {
    get throws {
      if case .null = rows.value(at: index) { return nil }
      let wanted: Wanted = try self[index]
      return wanted
    }
  }

  /// The whole row as a record; columns are found by name (`firstOrderOn` is `first_order_on`).
  public func record<Result: Decodable>(as type: Result.Type = Result.self) throws -> Result {
    try Result(from: RowDecoder(self))
  }

  /// The column at a position as it is.
  public func value(_ index: Int) -> Value { rows.value(at: index) }

  /// A whole number at a position without further checks of its kind: for loops over a million rows.
  public func integer(_ index: Int) -> Int64 { rows.integer(at: index) }
}

/// The rows of an answer while they are read, one at a time. When something else is asked meanwhile, the rest
/// is kept here first: PostgreSQL gives one answer at a time on a connection, and SQLite leaves open whether a
/// running query sees a change.
final class Rows {
  private let cursor: any Cursor
  private var kept: [[Value]]?
  private var position = 0

  init(_ cursor: any Cursor) { self.cursor = cursor }

  var columns: Columns { cursor.columns }
  var changed: Int { cursor.changed }

  /// Goes on to the next row; false when there is none.
  func next() throws -> Bool {
    guard let kept else { return try cursor.step() }
    position += 1
    return position < kept.count
  }

  /// Reads this and all further rows into memory, so that the engine is free for another statement.
  func keep() throws {
    guard kept == nil else { return }
    let width = columns.names.indices
    var rows = [width.map(cursor.value(at:))]
    while try cursor.step() { rows.append(width.map(cursor.value(at:))) }
    kept = rows
  }

  func close() { cursor.close() }
  func abandon() { cursor.abandon() }

  func value(at index: Int) -> Value {
    guard let kept else { return cursor.value(at: index) }
    guard kept.indices.contains(position), kept[position].indices.contains(index) else { return .null }
    return kept[position][index]
  }

  func integer(at index: Int) -> Int64 {
    guard kept != nil else { return cursor.integer(at: index) }
    guard case .integer(let number) = value(at: index) else { return 0 }
    return number
  }
}

/// The names of an answer's columns and where they stand.
final class Columns: Sendable {
  /// What was found out for the first row that asked; all others ask the same.
  private struct Known {
    var positions: [String: Int?] = [:]
    var bindables: [ObjectIdentifier: (any Bindable.Type)?] = [:]
  }

  let names: [String]
  private let index: [String: Int]
  private let known = Mutex(Known())

  init(_ names: [String]) {
    self.names = names
    index = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The same ones wherever columns have these names.
  static func named(_ names: [String]) -> Columns {
    all.withLock { all in
      if let columns = all[names] { return columns }
      if all.count >= mostKept { all.removeAll() }
      let columns = Columns(names)
      all[names] = columns
      return columns
    }
  }

  private static let all = Mutex<[[String]: Columns]>([:])
  private static let mostKept = 1_000

  func name(at index: Int) -> String { names.indices.contains(index) ? names[index] : "column \(index)" }

  /// The type as one that a column holds as it is; nil when it is kept as JSON. Asking the runtime takes long.
  func bindable(_ type: Any.Type) -> (any Bindable.Type)? {
    known.withLock { known in
      if let bindable = known.bindables[ObjectIdentifier(type)] { return bindable }
      let bindable = type as? any Bindable.Type
      known.bindables[ObjectIdentifier(type)] = .some(bindable)
      return bindable
    }
  }

  /// Where the column of a property stands: `firstOrderOn` is `first_order_on`.
  func position(of property: String) -> Int? {
    known.withLock { known in
      if let position = known.positions[property] { return position }
      let position = index[property.snakeCased]
      known.positions[property] = .some(position)
      return position
    }
  }
}
