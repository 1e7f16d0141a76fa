/// One row of an answer, valid only while it is being read.
public struct Row {
  let cursor: any Cursor

  /// The column at a position counted from 0.
  /// - Throws: ``StoreError/column(_:_:)`` when it is null or of another kind.
  public subscript<Wanted: Bindable>(_ index: Int) -> Wanted {
    get throws {
      let value = cursor.value(at: index)
      guard let wanted = Wanted(value: value) else {
        throw StoreError.column(cursor.columns.name(at: index), "\(value) is not a \(Wanted.self)")
      }
      return wanted
    }
  }

  /// The column at a position, nil when it is null.
  public subscript<Wanted: Bindable>(_ index: Int) -> Wanted? {
    get throws {
      if case .null = cursor.value(at: index) { return nil }
      let wanted: Wanted = try self[index]
      return wanted
    }
  }

  /// A whole number at a position without further checks of its kind: for loops over a million rows.
  public func integer(_ index: Int) -> Int64 { cursor.integer(at: index) }
}

/// The names of an answer's columns and where they stand.
final class Columns {
  let names: [String]
  private(set) lazy var index = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })

  init(_ names: [String]) { self.names = names }

  func name(at index: Int) -> String { names.indices.contains(index) ? names[index] : "column \(index)" }
}

/// What an engine offers of the row it stands on.
protocol Cursor: AnyObject {
  var columns: Columns { get }
  func value(at index: Int) -> Value
  func integer(at index: Int) -> Int64
}
